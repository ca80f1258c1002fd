"""The trained model's understanding alone: no stores, no actions, no server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Sequence

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from afterword.sense.hearing import Hearing

BATCH = 64  # messages run through the graph together; more gains nothing


class Understander:
    """Parses texts as the agent would, several at a time."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor

    @classmethod
    def load(cls, model: Path) -> Understander:
        """Loads the newest model at a path.

        Raises:
            ModelNotFound: there is no model there; `make train` makes one.
        """
        from rasa.core.agent import Agent

        agent = Agent.load(str(model), tracker_store=InMemoryTrackerStore(Domain.empty()))
        return cls(agent.processor)

    @property
    def hearing(self) -> Hearing:
        """The rules the model's reader runs, and the sense beside them."""
        from addons.components.reader import EvidenceReader

        return next(iter(EvidenceReader.hearing_of.values()))

    def parse(self, texts: Sequence[str]) -> List[Dict[str, Any]]:
        """The parse results of the texts, in their order."""
        told = [text for text in texts if text.strip()]
        results = iter(self._run(told))
        return [next(results) if text.strip() else _nothing(text) for text in texts]

    def _run(self, texts: Sequence[str]) -> List[Dict[str, Any]]:
        found: List[Dict[str, Any]] = []
        target = self._processor.model_metadata.nlu_target
        nobody = DialogueStateTracker.from_events("parse", [])
        for start in range(0, len(texts), BATCH):
            messages = [UserMessage(text) for text in texts[start : start + BATCH]]
            inputs = {PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: nobody}
            results = self._processor.graph_runner.run(inputs=inputs, targets=[target])
            found += [_plain(message) for message in results[target]]
        return found


def _nothing(text: str) -> Dict[str, Any]:
    """Blank text has no features, which the classifier cannot take; nothing was said."""
    intent = {"name": "nlu_fallback", "confidence": 1.0}
    return {"text": text, "intent": intent, "evidence": [], "risk": None, "believed": {}}


def _plain(message: Any) -> Dict[str, Any]:
    """The parse result, and beside it what the classifier believed before the rules."""
    believed = message.get("believed") or {}
    return {**message.as_dict(only_output_properties=True), "believed": believed}
