"""Whether safety takes a message, and why: before any rule, story or journey is asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Optional

from afterword.safety.helplines import Helplines
from afterword.safety.holds import Hold, SafetyState
from afterword.safety.settings import Settings
from afterword.talk.answers import yes_no
from afterword.talk.message import Message

Why = Literal["failed", "risk", "button", "plan", "answer", "country", "misread", "held"]
UNDER_18 = "under18"  # the button of the first notice
BUTTONS = ("help_", "country_", "safe_", UNDER_18)  # of data/replies/{safety,help,privacy}.yml
MISREAD = "misread"  # the act heard in "you misunderstood me"
_SAYS_ADULT = "misread.says_adult"
_COUNTRY_WORDS = 5  # an answer to "which country" is short
# Asked of somebody who may be in danger: silence and other words are answers too.
_UNANSWERED_COUNTS = ("ask:self_harm", "check:self_harm", "misread:self_harm")


class Wants:
    """Decides; changes nothing."""

    def __init__(self, settings: Settings, lines: Helplines) -> None:
        self._settings = settings
        self._lines = lines

    def why(self, message: Message, safety: SafetyState) -> Optional[Why]:
        """Why safety takes the message; None leaves it to the others."""
        if message.guard_failed:
            return "failed"
        if message.risk and self._risk_counts(message, safety):
            return "risk"
        if message.value and message.value.startswith(BUTTONS):
            return "button"
        if message.intent in self._settings.always_free:
            return None
        if safety.question.startswith("plan:") and self.takes_answer(message, safety):
            return "plan"
        if self.country(message, safety):
            return "country"  # before yes and no: a bare "uk" is easily taken for one of them
        if safety.question and self.takes_answer(message, safety):
            return "answer"
        if self._is_misread(message, safety):
            return "misread"
        return "held" if self.withholding(message.intent, safety, message.now) else None

    def withholding(self, intent: str, safety: SafetyState, now: datetime) -> Optional[Hold]:
        """The first standing hold that withholds what the intent asks for."""
        for hold in sorted(safety.standing(now), key=lambda one: self._settings.rank(one.name)):
            if self._settings.classes[hold.name].withheld(intent, hold.eased):
                return hold
        return None

    def takes_answer(self, message: Message, safety: SafetyState) -> bool:
        """Whether the message answers the open question."""
        if safety.question.startswith("plan:"):
            return bool(message.text.strip()) and not message.is_button
        if message.is_button and not message.value:
            return False  # a command by button is something else
        return yes_no(message) is not None or safety.question in _UNANSWERED_COUNTS

    def country(self, message: Message, safety: SafetyState) -> Optional[str]:
        """The country a short message names, once it was asked for or lines were shown."""
        matters = safety.country_asked or safety.holds or safety.question
        if not matters or message.is_button:
            return None
        if len(message.text.split()) > _COUNTRY_WORDS:
            return None
        return self._lines.country_in(message.text, asked=not safety.country)

    def _risk_counts(self, message: Message, safety: SafetyState) -> bool:
        """Weak evidence is not asked about again where it is held, or was just answered with no."""
        risk = message.risk or {}
        name = risk["class"]
        if risk.get("strength") == "strong" or name == "self_harm":
            return True
        hold = safety.hold(name)
        if hold is not None and hold.stands(message.now):
            return False
        answered = safety.checked.get(name)
        pause = timedelta(hours=self._settings.ask_again_after_hours)
        return answered is None or message.now - answered >= pause

    def _is_misread(self, message: Message, safety: SafetyState) -> bool:
        """A denial where something is held; "I'm 25" is one only where the age is in question."""
        rules = {found.rule for found in message.heard("act") if found.id == MISREAD}
        standing = {hold.name for hold in safety.standing(message.now)}
        if rules <= {_SAYS_ADULT}:
            return bool(rules) and "minor" in standing
        return bool(standing)
