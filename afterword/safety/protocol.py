"""The response protocol: what is said this turn, and which holds are set, eased or ended.

Full text once, then a short reminder, then little more than the help button (protocol rule 7).
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Callable, Dict, Optional

from afterword.notebook.errors import NotebookError
from afterword.privacy.notice import EMPTIED
from afterword.safety.helplines import Helplines, helplines_of
from afterword.safety.helpmenu import HelpMenu
from afterword.safety.holds import MINOR, Hold, SafetyState
from afterword.safety.settings import Settings, settings_of
from afterword.safety.wants import UNDER_18, Wants, Why
from afterword.safety.waysback import WaysBack
from afterword.talk.answers import yes_no
from afterword.talk.state import Journey, State
from afterword.talk.turn import Turn

log = logging.getLogger(__name__)

_MOST_PARKED = 3


class Safety:
    """Safety as a capability: asked before all others whether it takes a message."""

    def __init__(self, settings: Settings, lines: Helplines) -> None:
        self.settings = settings
        self.wants = Wants(settings, lines)
        self.menu = HelpMenu(lines)
        self._ways_back = WaysBack(settings, self.menu)
        self._doing: Dict[Why, Callable[[Turn, SafetyState], None]] = {
            "failed": self._failed,
            "risk": self._risk,
            "button": self._button,
            "plan": self.menu.take_plan_line,
            "answer": self._answer,
            "country": self._country,
            "misread": self._misread,
            "held": self._ways_back.refuse,
        }

    @classmethod
    def load(cls, data: Path) -> Safety:
        """Reads protocol and help lines of a content folder.

        Raises:
            FileError: one of them is wrong.
        """
        return cls(settings_of(data), helplines_of(data))

    def takes(self, message: Any, plain: Dict[str, Any]) -> bool:
        """Whether safety takes the message; `plain` is the state's `safety`."""
        return self.wants.why(message, SafetyState.from_plain(plain)) is not None

    def answer(self, turn: Turn) -> None:
        """Answers a message that `takes` wanted; a message it did not want gets the help menu."""
        safety = remembered(turn)
        why = self.wants.why(turn.message, safety) or "failed"
        safety.forget_what_ended(turn.message.now)
        if why not in ("country", "failed"):
            safety.country = safety.country or self.menu.country_of(turn.message.text)
        self._doing[why](turn, safety)
        if safety.hold(MINOR) is not None:  # heard beside something graver, or not deleted then
            let_go(turn)
        self._keep(turn, safety)
        turn.moved = True

    def _keep(self, turn: Turn, safety: SafetyState) -> None:
        """Puts the state back, and the holds into the store that outlives the conversation."""
        turn.state.safety = safety.to_plain()
        try:
            turn.notebook.keep_holds(safety.to_keep(), safety.kept_until())
        except NotebookError as error:  # the slot still has it; the reply must not wait for a store
            log.error("holds_not_kept error=%s", type(error).__name__)

    def help(self, turn: Turn) -> None:
        """The help menu, asked for by word or button; works everywhere."""
        safety = remembered(turn)
        safety.question = ""
        self.menu.answer(turn, safety)
        self._keep(turn, safety)

    def _failed(self, turn: Turn, safety: SafetyState) -> None:
        turn.say("help.guard_failed")
        self.menu.say_lines(turn, safety, "crisis")

    def _risk(self, turn: Turn, safety: SafetyState) -> None:
        risk = turn.message.risk or {}
        name = risk["class"]
        self._count(turn, name, risk["rule"])
        for other in risk.get("also", []):
            safety.set_hold(other, risk["rule"], turn.message.now, self.settings)
        if risk.get("strength") == "weak" and safety.hold(name) is None:
            self.leave_journey(turn, name)
            turn.say(f"safety.{name}.check")
            safety.question = f"check:{name}"
            return
        self.run(turn, safety, name, risk["rule"], bool(risk.get("immediate")))

    @staticmethod
    def _count(turn: Turn, name: str, rule: str) -> None:
        try:
            turn.notebook.count_risk(name, rule, turn.message.now)
        except NotebookError as error:
            log.error("risk_not_counted error=%s", type(error).__name__)

    def run(
        self, turn: Turn, safety: SafetyState, name: str, rule: str, immediate: bool = False
    ) -> None:
        """Runs the protocol of a class: sets its hold and says what is due this time."""
        hold = safety.set_hold(name, rule, turn.message.now, self.settings)
        self.leave_journey(turn, name)
        safety.question = ""
        hold.shown += 1
        if immediate and turn.voice.knows(f"safety.{name}.now"):
            turn.say(f"safety.{name}.now")
            self.menu.say_lines(turn, safety, self._topic(name), immediate=True)
            safety.question = f"with:{name}" if name == "self_harm" else f"ask:{name}"
        elif hold.shown == 1:
            self._full_text(turn, safety, hold)
        else:
            self._again(turn, safety, hold)

    def _full_text(self, turn: Turn, safety: SafetyState, hold: Hold) -> None:
        name = hold.name
        turn.say(f"safety.{name}.first")
        if name == MINOR and let_go(turn):
            turn.say("safety.minor.let_go")
        for extra in ("second", "watched"):
            if turn.voice.knows(f"safety.{name}.{extra}"):
                turn.say(f"safety.{name}.{extra}")
        if name == "no_contact_boundary" and hold.rule.endswith(".order"):
            turn.say("safety.no_contact_boundary.order")
        if self.settings.classes[name].lines and not self.settings.classes[name].asks_first:
            self.menu.say_lines(turn, safety, self._topic(name))
        if name not in ("no_contact_boundary", MINOR):
            safety.question = f"ask:{name}"

    def _again(self, turn: Turn, safety: SafetyState, hold: Hold) -> None:
        if hold.shown == 2:
            turn.say(f"safety.{hold.name}.reminder")
            if self.settings.classes[hold.name].lines:
                self.menu.say_lines(turn, safety, self._topic(hold.name), ask_country=False)
        else:
            turn.say(f"safety.{hold.name}.brief")

    def leave_journey(self, turn: Turn, name: str) -> None:
        """Parks the journey under way; those the class withholds end, parked ones too."""
        journey = turn.state.journey
        ends = self.settings.classes[name].ends
        waiting = [item for item in journey.parked if not ends(item["name"])]
        if journey.name and not ends(journey.name):
            waiting.append({"name": journey.name, "step": journey.step, "data": journey.data})
        turn.state.journey = Journey(parked=waiting[-_MOST_PARKED:])

    def _button(self, turn: Turn, safety: SafetyState) -> None:
        value = turn.message.value or ""
        if value.startswith("country_"):
            safety.country = value[len("country_") :]
            self.menu.say_lines(turn, safety, self._open_topic(safety))
        elif value == UNDER_18:
            self.run(turn, safety, MINOR, "minor.said_so")
        elif value.startswith("help_"):
            self.menu.press(turn, safety, value[len("help_") :])
        elif value in ("safe_reset", "safe_known", "safe_wrote"):
            self._ways_back.ask_for(turn, safety, value[len("safe_") :])
        elif safety.question:
            self._answer(turn, safety)
        else:
            self.menu.show(turn, safety)

    def _answer(self, turn: Turn, safety: SafetyState) -> None:
        kind, _, name = safety.question.partition(":")
        safety.question = ""
        said = answer_of(turn)
        if kind == "check":
            self._checked(turn, safety, name, said)
        elif kind == "misread":
            self._misread_answered(turn, safety, name, said)
        elif kind == "back":
            self._ways_back.answered(turn, safety, name, said)
        elif kind == "with":
            turn.say(f"safety.{name}.with_{'yes' if said == 'yes' else 'no'}")
        elif name == "self_harm":
            self._self_harm_answered(turn, safety, said)
        else:
            self._asked(turn, safety, name, said)

    def _asked(self, turn: Turn, safety: SafetyState, name: str, said: Optional[str]) -> None:
        """The question after the full text: are you safe, have you stepped away?"""
        safe = said == "yes"
        turn.say(f"safety.{name}.after_{'yes' if safe else 'no'}")
        if not safe:
            topic = "abuse" if name == "ex_threatens_suicide" else self._topic(name)
            self.menu.say_lines(turn, safety, topic, immediate=True)

    def _self_harm_answered(self, turn: Turn, safety: SafetyState, said: Optional[str]) -> None:
        if said == "no":
            hold = safety.hold("self_harm")
            if hold is not None:
                hold.denials += 1  # one denial does not end it (protocol rule 5)
            turn.say("safety.self_harm.after_no")
        else:
            known = {"yes": "after_yes", "unsure": "after_unsure", "partly": "after_unsure"}
            turn.say(f"safety.self_harm.{known.get(said or '', 'unanswered')}")
            safety.question = "with:self_harm"
        self.menu.say_lines(turn, safety, "crisis", immediate=said == "yes")

    def _checked(self, turn: Turn, safety: SafetyState, name: str, said: Optional[str]) -> None:
        now = turn.message.now
        if name == "self_harm" and said != "no":
            safety.set_hold(name, f"{name}.check_in", now, self.settings).shown += 1
            self._self_harm_answered(turn, safety, said)
        elif said == "yes":
            self.run(turn, safety, name, f"{name}.check_in")
        elif said == "no":
            safety.checked[name] = now
            turn.say("safety.check_cleared")
        else:
            turn.say("safety.check_unsure")
            self.menu.say_lines(turn, safety, self._topic(name))

    def _misread(self, turn: Turn, safety: SafetyState) -> None:
        """Thanks, apologises and asks once, plainly; after that it listens (protocol rule 5)."""
        standing = safety.standing(turn.message.now)
        age_only = all(found.rule.endswith("says_adult") for found in turn.message.heard("act"))
        asked = [hold for hold in standing if hold.name == MINOR or not age_only]
        hold = min(asked, key=lambda one: self.settings.rank(one.name))
        hold.denials += 1
        if hold.misread_asked:
            turn.say("safety.misread_kept")
            return
        hold.misread_asked = True
        turn.say(f"safety.{hold.name}.misread_ask")
        self.menu.say_lines(turn, safety, self._topic(hold.name), ask_country=False)
        safety.question = f"misread:{hold.name}"

    def _misread_answered(
        self, turn: Turn, safety: SafetyState, name: str, said: Optional[str]
    ) -> None:
        if said == "no" and self.settings.classes[name].misread_clears:
            safety.drop(name)
            if name == MINOR:
                turn.state.privacy = {}  # a grown-up after all: may be asked, and may agree
            turn.say("safety.misread_cleared")
        elif said == "no":
            turn.say("safety.misread_kept")
        elif name == "self_harm":
            self._self_harm_answered(turn, safety, said)
        else:
            self.run(turn, safety, name, f"{name}.check_in")

    def _country(self, turn: Turn, safety: SafetyState) -> None:
        safety.country = self.wants.country(turn.message, safety) or safety.country
        self.menu.say_lines(turn, safety, self._open_topic(safety))

    def _topic(self, name: str) -> str:
        return self.settings.classes[name].lines or "crisis"

    def _open_topic(self, safety: SafetyState) -> str:
        """The lines that matter now: those of the first class held, else crisis lines."""
        held = sorted(safety.holds, key=lambda hold: self.settings.rank(hold.name))
        return self._topic(held[0].name) if held else "crisis"


def let_go(turn: Turn) -> bool:
    """At the hand-off of a minor age and chat go; the hold alone stays (protocol, "minor").

    Returns:
        whether something was kept of them and is deleted now.
    """
    kept = turn.notebook.consented
    if turn.state.privacy.get(EMPTIED) and not kept:
        return False
    turn.state = State(talk=turn.state.talk, privacy={"consent": "no", EMPTIED: True})
    try:
        turn.notebook.disagree()
    except NotebookError as error:  # tried again with their next message
        log.error("minor_not_deleted error=%s", type(error).__name__)
        return False
    return kept


def remembered(turn: Turn) -> SafetyState:
    """The safety state: the slot's, or where the conversation lost it, the store's holds."""
    if turn.state.safety:
        return SafetyState.from_plain(turn.state.safety)
    try:
        return SafetyState.from_plain(turn.notebook.holds())
    except NotebookError as error:
        log.error("holds_not_read error=%s", type(error).__name__)
        return SafetyState()


def answer_of(turn: Turn) -> Optional[str]:
    """yes, no, unsure or partly, by button or words; None where it is none of them."""
    value = turn.message.value or ""
    if value.startswith("safe_"):
        return value[len("safe_") :]
    return yes_no(turn.message)
