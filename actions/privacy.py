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
        """Hands over by intent; taking back a consent deletes, so that is asked about first."""
        intent = turn.message.intent
        if intent in ("consent_yes", "consent_no") and not consent.meant(turn.message):
            consent.tell(turn)
            return
        if intent == "forget_me" and turn.state.journey.name == "forget":
            capabilities.journeys.go_on(turn)  # said again when asked: that is a yes
            return
        if intent == "forget_me" or (intent == "consent_no" and turn.notebook.consented):
            capabilities.journeys.start(turn, "forget")
            return
        answers = {
            "consent_yes": consent.agree,
            "consent_no": consent.disagree,
            "my_data": consent.give_data,
            "link_devices": linking.link,
        }
        answers.get(intent, consent.tell)(turn)
