"""A policy that takes a turn with one action, or leaves it to the others."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker


class SingleActionPolicy(Policy):
    """Predicts one action for the turns it wants, and to listen afterwards.

    The prediction says that it used no user message (`is_no_user_prediction`): that is what lets
    it come before the rules, whatever they say.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Subclasses set their priority; rules have 6."""
        return {"priority": 7}

    def wanted_action(self, tracker: DialogueStateTracker) -> Optional[str]:
        """The action this turn needs, or None to leave the turn to other policies."""
        raise NotImplementedError(f"{type(self).__name__} wants nothing")

    def own_actions(self) -> List[str]:
        """The actions after which this policy listens."""
        raise NotImplementedError(f"{type(self).__name__} owns nothing")

    def train(
        self,
        training_trackers: List[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """There is nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predicts the wanted action with certainty, or nothing."""
        probabilities = self._default_predictions(domain)
        action = self._action(tracker)
        if action is None or action not in domain.action_names_or_texts:
            return self._prediction(probabilities)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, is_no_user_prediction=True)

    def _action(self, tracker: DialogueStateTracker) -> Optional[str]:
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            return self.wanted_action(tracker)
        if tracker.latest_action_name in self.own_actions():
            return ACTION_LISTEN_NAME
        return None

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SingleActionPolicy:
        """Nothing was stored, so nothing is loaded."""
        return cls(config, model_storage, resource, execution_context)
