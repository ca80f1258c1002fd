"""What is said while something is withheld, and how each hold may ease or end."""

from __future__ import annotations

from datetime import timedelta
from typing import Optional

from afterword.safety.helpmenu import HelpMenu
from afterword.safety.holds import Hold, SafetyState
from afterword.safety.settings import Settings
from afterword.talk.turn import Turn

EASED_FOR = timedelta(hours=72)  # protocol, self_harm: three gentle days after the safe answer
_HELD_BY = {
    "reset": "abuse_victim",
    "known": "ex_threatens_suicide",
    "wrote": "no_contact_boundary",
}


class WaysBack:
    """The column "way back" of the protocol's table."""

    def __init__(self, settings: Settings, menu: HelpMenu) -> None:
        self._settings = settings
        self._menu = menu

    def refuse(self, turn: Turn, safety: SafetyState) -> None:
        """Says that what was asked is withheld and why; asks for the way back where it is time."""
        hold = self._withholding(turn, safety)
        if hold is None:
            self._menu.show(turn, safety)
            return
        way = self._settings.classes[hold.name].way_back
        safety.question = ""
        if way == "safe_day" and turn.message.now.date() > hold.heard.date() and not hold.eased:
            turn.say(f"safety.{hold.name}.ask_back")
            safety.question = f"back:{hold.name}"
        elif way == "others_know" and hold.eased:
            turn.say(f"safety.{hold.name}.template")
        elif hold.name == "minor":
            hold.shown += 1
            turn.say(f"safety.minor.{'reminder' if hold.shown <= 2 else 'brief'}")
        else:
            turn.say(f"safety.{hold.name}.withheld")

    def ask_for(self, turn: Turn, safety: SafetyState, what: str) -> None:
        """A button asks for a way back; where nothing is held, there is nothing to give back."""
        hold = safety.hold(_HELD_BY[what])
        if hold is None:
            turn.say("safety.check_cleared")
        elif what == "known":
            hold.eased = True
            safety.question = ""
            turn.say("safety.ex_threatens_suicide.eased")
        else:
            turn.say(f"safety.{hold.name}.ask_back")
            safety.question = f"back:{hold.name}"

    def answered(self, turn: Turn, safety: SafetyState, name: str, said: Optional[str]) -> None:
        """Takes the answer to the question of a way back; anything unclear keeps the hold."""
        if name == "self_harm":
            self._safe_day(turn, safety, said)
        elif name == "abuse_victim":
            self._ends_if(turn, safety, name, said == "yes")
        elif name == "no_contact_boundary":
            self._ends_if(turn, safety, name, said == "no")

    def _safe_day(self, turn: Turn, safety: SafetyState, said: Optional[str]) -> None:
        hold = safety.hold("self_harm")
        if hold is not None and said == "yes":
            hold.eased, hold.until = True, turn.message.now + EASED_FOR
            turn.say("safety.self_harm.eased")
            return
        turn.say("safety.self_harm.after_unsure")
        self._menu.say_lines(turn, safety, "crisis")
        safety.question = "with:self_harm"

    @staticmethod
    def _ends_if(turn: Turn, safety: SafetyState, name: str, ends: bool) -> None:
        if ends:
            safety.drop(name)
        turn.say(f"safety.{name}.{'back' if ends else 'stays'}")

    def _withholding(self, turn: Turn, safety: SafetyState) -> Optional[Hold]:
        held = [
            hold
            for hold in safety.standing(turn.message.now)
            if self._settings.classes[hold.name].withheld(turn.message.intent, hold.eased)
        ]
        return min(held, key=lambda hold: self._settings.rank(hold.name), default=None)
