"""Listening to what is told."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.talk import Turn


class ActionListenClosely(TurnAction):
    """Answers a message that tells or vents."""

    action_name = "action_listen_closely"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Acknowledges, offers a cause or asks one question."""
        capabilities.listener.listen(turn, capabilities.journeys)
