"""The pause."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.journeys.pause import say_status
from afterword.talk import Turn


class ActionPause(TurnAction):
    """Starts a pause, tells its day, or ends it, as the message asks."""

    action_name = "action_pause"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Hands over to the journey of the intent."""
        if turn.message.intent == "pause_status":
            say_status(turn)
        elif turn.message.intent == "pause_stop":
            capabilities.journeys.start(turn, "pause_stop")
        else:
            capabilities.journeys.start(turn, "pause")
