"""Consent, what is kept, my data, being forgotten, linked devices."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.privacy import consent, linking
from afterword.talk import Turn


class ActionPrivacy(TurnAction):
    """Answers whatever is about what is kept."""

    action_name = "action_privacy"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Hands over by intent."""
        if turn.message.intent == "forget_me":
            capabilities.journeys.start(turn, "forget")
            return
        answers = {
            "consent_yes": consent.agree,
            "consent_no": consent.disagree,
            "my_data": consent.give_data,
            "link_devices": linking.link,
        }
        answers.get(turn.message.intent, consent.tell)(turn)
