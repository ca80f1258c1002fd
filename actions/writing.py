"""Writing things down."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.talk import Turn


class ActionWriting(TurnAction):
    """Starts a writing session, or reads pages back."""

    action_name = "action_writing"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Hands over to the journey of the intent."""
        reads = turn.message.intent == "write_read"
        capabilities.journeys.start(turn, "reading" if reads else "writing")
