"""Lets rules and classifier decide together which intent a message has."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from addons.components.reader import READING
from afterword.understanding.decide import decide


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decision(GraphComponent):
    """Replaces the classifier's intent by the decision of afterword.understanding."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Decision:
        """Creates the component; it has no settings."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Decides for each message; a button's payload is left to Rasa's own handler."""
        for message in messages:
            reading = message.get(READING)
            if reading is None or not message.get(TEXT) or message.get(TEXT).startswith("/"):
                continue
            ranking = {
                item["name"]: item["confidence"] for item in message.get(INTENT_RANKING_KEY) or []
            }
            message.set("believed", ranking)  # for those who look; not part of the result
            decision = decide(reading, ranking)
            message.set(
                INTENT,
                {"name": decision.intent, "confidence": decision.confidence},
                add_to_output=True,
            )
            message.set(INTENT_RANKING_KEY, decision.ranking_list(), add_to_output=True)
            message.set("decided_by", decision.reason, add_to_output=True)
            # The reading holds the whole document; nobody after this needs it.
            message.data.pop(READING, None)
        return messages
