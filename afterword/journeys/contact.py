"""Before getting in touch: the person's own check, ending in wait, write it unsent, or draft."""

from __future__ import annotations

from typing import Any

from afterword.journeys.flow import close, step
from afterword.journeys.pause import pause_values, standing
from afterword.safety.holds import hold_names
from afterword.talk import Message, State, Turn
from afterword.talk.answers import yes_no

# Under these no message to the ex is helped with (safety/protocol.md, "Stops").
STOPS_CONTACT = frozenset(
    (
        "self_harm",
        "abuse_victim",
        "ex_threatens_suicide",
        "harm_other_or_stalking",
        "no_contact_boundary",
        "minor",
    )
)


def contact_is_off(turn: Turn) -> bool:
    """Whether a standing hold rules out help with messages; says so kindly if it does."""
    if not STOPS_CONTACT & set(hold_names(turn.state.safety, turn.message.now)):
        return False
    turn.say("contact.refused")
    return True


class ContactJourney:
    """Asks four short questions; the answers, not the assistant, say what comes next."""

    name = "contact"
    free_steps = frozenset(("hope",))

    def start(self, turn: Turn, **data: Any) -> None:
        """Names a standing pause, then asks whether they asked for silence."""
        if contact_is_off(turn):
            close(turn)
            return
        if standing(turn):
            turn.say("contact.pause_stands", **pause_values(turn))
        turn.say("contact.begin")
        step(turn, "asked")

    def answers(self, message: Message, state: State) -> bool:
        """A yes or no, one of two buttons, or any words for the hope."""
        open_step = state.journey.step
        if open_step in ("asked", "carry"):
            return yes_no(message) is not None
        if open_step == "practical":
            return _practical(message) is not None
        return True

    def go_on(self, turn: Turn) -> None:
        """Takes the answer to the open question."""
        handle = {
            "asked": self._take_asked,
            "practical": self._take_practical,
            "hope": self._take_hope,
            "carry": self._take_carry,
        }.get(turn.state.journey.step)
        if handle is None:
            close(turn)
        else:
            handle(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question."""
        turn.say(
            {
                "practical": "contact.ask_practical_again",
                "hope": "contact.ask_hope_again",
                "carry": "contact.ask_no_again",
            }.get(turn.state.journey.step, "contact.begin_again")
        )

    def _take_asked(self, turn: Turn) -> None:
        if yes_no(turn.message) in ("yes", "partly"):
            close(turn)
            turn.say("contact.boundary")
            return
        turn.say("contact.ask_practical")
        step(turn, "practical")

    def _take_practical(self, turn: Turn) -> None:
        if _practical(turn.message):
            close(turn)
            turn.say("contact.practical")
            return
        turn.say("contact.ask_hope")
        step(turn, "hope")

    def _take_hope(self, turn: Turn) -> None:
        turn.notebook.add_line("hope", turn.message.text)
        turn.say("contact.ask_no")
        step(turn, "carry")

    def _take_carry(self, turn: Turn) -> None:
        answer = yes_no(turn.message)
        paused = standing(turn)
        close(turn)
        if answer == "yes" and not paused:
            turn.say("contact.draft")
        elif answer == "no":
            turn.say("contact.wait")
        else:
            turn.say("contact.unsent_first")


def _practical(message: Message) -> bool | None:
    """Whether the matter is practical, by button or words; None where neither is said."""
    said = (message.value or message.text).lower()
    if "practical" in said or any(
        found.id.startswith("shares_") for found in message.heard("people")
    ):
        return True
    if said == "us" or "about us" in said or "feelings" in said or "both" in said:
        return False
    return {"yes": True, "no": False}.get(yes_no(message) or "")
