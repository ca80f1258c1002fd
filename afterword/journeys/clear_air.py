"""If both want to talk: an agenda of what drove them apart, and a day to look at it again."""

from __future__ import annotations

from typing import Any

from afterword.journeys.contact import contact_is_off
from afterword.journeys.flow import close, step
from afterword.pause.dates import local_day, read_ending
from afterword.plan.page import Page, PlanSpec, as_html
from afterword.talk import Message, State, Turn
from afterword.talk.answers import yes_no

_QUESTIONS = ("mine", "ours", "questions", "rules", "review")


def say_review_day(turn: Turn) -> None:
    """On the day that was set to look at the ground rules again: says so, once."""
    today = local_day(turn.message.now, turn.message.timezone).isoformat()
    for line in turn.notebook.lines("review_day"):
        if line.text <= today:
            turn.notebook.remove_line(line.id)
            turn.say("clear_air.review_day")
            return


class ClearAirJourney:
    """Asks for the points of the talk one by one; never for one side alone."""

    name = "clear_air"
    free_steps = frozenset(_QUESTIONS)

    def __init__(self, spec: PlanSpec) -> None:
        self._words = spec.agenda

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks whether both want the talk; under a hold there is none."""
        if contact_is_off(turn):
            close(turn)
            return
        turn.say("clear_air.both_want")
        step(turn, "both")

    def answers(self, message: Message, state: State) -> bool:
        """A yes or no first, then any words."""
        if state.journey.step == "both":
            return yes_no(message) is not None
        return True

    def go_on(self, turn: Turn) -> None:
        """Takes the answer and asks for the next point, or gives the agenda."""
        open_step = turn.state.journey.step
        if open_step == "both":
            if yes_no(turn.message) != "yes":
                close(turn)
                turn.say("clear_air.not_yet")
                return
            turn.say("clear_air.ask_mine")
            step(turn, "mine")
        elif open_step in _QUESTIONS:
            self._take(turn, open_step)
        else:
            close(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question."""
        open_step = turn.state.journey.step
        turn.say(
            f"clear_air.ask_{open_step}" if open_step in _QUESTIONS else "clear_air.both_want_again"
        )

    def _take(self, turn: Turn, asked: str) -> None:
        step(turn, asked, **{f"said_{asked}": turn.message.text.strip()})
        place = _QUESTIONS.index(asked) + 1
        if place < len(_QUESTIONS):
            turn.say(f"clear_air.ask_{_QUESTIONS[place]}")
            step(turn, _QUESTIONS[place])
            return
        data = turn.state.journey.data
        review = read_ending(
            data["said_review"], local_day(turn.message.now, turn.message.timezone)
        )
        if review.problem is not None and not data.get("asked_for_day"):
            turn.say("clear_air.review_unclear")  # once; then it is taken as it was said
            step(turn, "review", asked_for_day=True)
            return
        close(turn)
        if review.day is not None and review.problem is None:
            turn.notebook.add_line("review_day", review.day.isoformat())
        for question in _QUESTIONS:
            turn.notebook.add_line(f"agenda_{question}", data[f"said_{question}"])
        turn.say("clear_air.agenda")
        turn.attach("agenda.html", "text/html", as_html(self._agenda(turn, data)))

    def _agenda(self, turn: Turn, data: dict[str, Any]) -> Page:
        causes = [*turn.state.causes.confirmed, *turn.state.causes.partly]
        names = [turn.library.causes[claim.id].name for claim in causes]
        points = [(self._words["causes"], names)] if names else []
        points += [(self._words[name], [data[f"said_{name}"]]) for name in _QUESTIONS]
        return Page(self._words["title"], points)
