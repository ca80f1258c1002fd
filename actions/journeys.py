"""The journey under way takes the message."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.talk import Turn


class ActionJourney(TurnAction):
    """Hands the message to the journey whose question is open."""

    action_name = "action_journey"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Goes on with the journey."""
        capabilities.journeys.go_on(turn)
