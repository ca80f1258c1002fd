"""Honest contact: the check before, the review of a draft, templates, and clearing the air."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.talk import Turn

_JOURNEYS = {
    "ask_contact": "contact",
    "ask_draft_review": "draft",
    "ask_message_help": "template",
    "clear_air": "clear_air",
}


class ActionContact(TurnAction):
    """Starts what the message asks for."""

    action_name = "action_contact"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Hands over to the journey of the intent."""
        capabilities.journeys.start(turn, _JOURNEYS.get(turn.message.intent, "contact"))
