"""The pause: asked for, set, asked about, slipped in, ended; and the question at both its ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from afterword.journeys.flow import close, step
from afterword.notebook import Pause, StoreUnavailable
from afterword.pause.dates import (
    Problem,
    day_number,
    length,
    local_day,
    looks_like_a_day,
    read_ending,
    read_ending_in_passing,
)
from afterword.pause.picture import dots, svg
from afterword.talk import Message, State, Turn
from afterword.talk.answers import yes_no

_LENGTHS = {"week": "a week", "month": "a month"}
_PROBLEMS: dict[Problem, str] = {
    "unclear": "pause.date_unclear",
    "past": "pause.date_past",
    "far": "pause.date_far",
}
_CHOICES = {
    "on": ("on", "carry on", "go on", "keep on", "keep going", "keep counting", "continue"),
    "again": ("again", "start again", "begin again", "start fresh", "restart", "from day 1"),
}
_A_TRY = 6  # words; a longer text with a figure in it tells of something else
_SHARED = {"children": "children", "home": "a home", "work": "work"}


class PauseJourney:
    """Sets a pause: how long, the question at its start, and whether to be reminded."""

    name = "pause"
    free_steps = frozenset(("why",))

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks how long; where a pause runs already, says so instead."""
        if standing(turn):
            close(turn)
            say_status(turn, "pause.already")
            return
        shares = [_SHARED[item] for item in turn.state.person.shares if item in _SHARED]
        if shares:
            turn.say("pause.practical_stays", shared=" and ".join(shares))
        turn.say("pause.ask_length")
        step(turn, "length")
        if read_ending_in_passing(turn.message.text, _today(turn)).problem != "unclear":
            self._take_length(turn)  # "let's pause for two weeks" has said it already

    def answers(self, message: Message, state: State) -> bool:
        """A length or a date, then the answer in their own words, then a yes or no."""
        if state.journey.step == "remind":
            return yes_no(message) is not None
        if state.journey.step == "length":
            return message.value is not None or _speaks_of_a_day(message)
        return True

    def is_certain(self, message: Message, state: State) -> bool:
        """A length or a date in few words, where it was asked for."""
        few = len(message.text.split()) <= _A_TRY
        return state.journey.step == "length" and few and _reads_as_a_day(message)

    def go_on(self, turn: Turn) -> None:
        """Takes the answer to the open question."""
        handle = {
            "length": self._take_length,
            "why": self._take_why,
            "remind": self._take_remind,
        }.get(turn.state.journey.step)
        if handle is None:
            close(turn)
        else:
            handle(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question in other words."""
        key = {"why": "pause.ask_why_again", "remind": "pause.ask_remind"}
        turn.say(key.get(turn.state.journey.step, "pause.ask_length_again"))

    def _take_length(self, turn: Turn) -> None:
        value = turn.message.value or ""
        if value == "date":
            turn.say("pause.ask_date")
            return
        today = _today(turn)
        ending = read_ending(_LENGTHS.get(value, turn.message.text), today)
        turn.said = [said for said in turn.said if said.key != "pause.ask_length"]
        if ending.problem is not None:
            shown = _shown(ending.day) if ending.day else ""
            turn.say(_PROBLEMS[ending.problem], date=shown)
            return
        assert ending.day is not None  # a reading without a problem has a day
        turn.say("pause.ask_why")
        step(turn, "why", end=ending.day.isoformat())

    def _take_why(self, turn: Turn) -> None:
        skipped = turn.message.value == "skip"
        step(turn, "why", why="" if skipped else turn.message.text)
        if turn.message.can_send_first and turn.notebook.consented:
            turn.say("pause.ask_remind")
            step(turn, "remind")
        else:
            self._begin(turn, remind=False)

    def _take_remind(self, turn: Turn) -> None:
        self._begin(turn, remind=yes_no(turn.message) == "yes")

    def _begin(self, turn: Turn, remind: bool) -> None:
        data = turn.state.journey.data
        start, end = _today(turn), date.fromisoformat(data["end"])
        close(turn)
        values = {"date": _shown(end), "days": length(start, end)}
        try:
            turn.notebook.start_pause(
                Pause(
                    start=start,
                    end=end,
                    timezone=turn.message.timezone,
                    why_start=data.get("why", ""),
                    reminder_wanted=remind,
                    day_said=start,
                )
            )
        except StoreUnavailable:
            turn.say("pause.not_kept", **values)
            return
        if remind:
            turn.notebook.remember_address(turn.message.address)
        turn.say("pause.started", **values)
        if not turn.notebook.consented:
            turn.say("pause.kept_for_now")


class PauseStopJourney:
    """Ends a pause early, after asking once."""

    name = "pause_stop"
    free_steps = frozenset[str]()

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks whether to end it; without a pause there is nothing to end."""
        if not standing(turn):
            close(turn)
            turn.say("pause.none")
            return
        turn.say("pause.stop_sure", **pause_values(turn))
        step(turn, "sure")

    def answers(self, message: Message, state: State) -> bool:
        """A yes or no."""
        return yes_no(message) is not None

    def go_on(self, turn: Turn) -> None:
        """Ends the pause, or leaves it."""
        values = pause_values(turn)
        close(turn)
        if yes_no(turn.message) == "yes":
            turn.notebook.end_pause("stopped")
            turn.say("pause.stopped", **values)
        else:
            turn.say("pause.stays", **values)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the question."""
        turn.say("pause.stop_sure", **pause_values(turn))


class SlipJourney:
    """A slip: met without blame, looked at, and started again only if wanted."""

    name = "slip"
    free_steps = frozenset(("trigger",))

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks what set it off."""
        turn.say("pause.slip")
        step(turn, "trigger")

    def answers(self, message: Message, state: State) -> bool:
        """Any words for what set it off; then one of two buttons, or the same in words."""
        if state.journey.step == "choice":
            return _choice(message) is not None
        return True

    def is_certain(self, message: Message, state: State) -> bool:
        """One of the two ways on, in its own words."""
        return state.journey.step == "choice" and _said_choice(message) is not None

    def go_on(self, turn: Turn) -> None:
        """Keeps what set it off, then goes on counting or starts again."""
        if turn.state.journey.step == "trigger":
            turn.notebook.add_slip(turn.message.text)
            turn.say("pause.slip_choice", **pause_values(turn))
            step(turn, "choice")
            return
        again = _choice(turn.message) == "again"
        pause = turn.notebook.pause()
        close(turn)
        if pause is None:
            turn.say("pause.none")
            return
        if again:
            start = _today(turn)
            end = start + timedelta(days=length(pause.start, pause.end))
            turn.notebook.restart_pause(start, end)
        turn.say("pause.slip_again" if again else "pause.slip_on", **pause_values(turn))

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question."""
        if turn.state.journey.step == "choice":
            turn.say("pause.slip_choice", **pause_values(turn))
        else:
            turn.say("pause.slip")


class PauseOverJourney:
    """The end of a pause: the first question again, and both answers side by side."""

    name = "pause_over"
    free_steps = frozenset(("after",))

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks the question of the first day again."""
        pause = turn.notebook.pause()
        if pause is None:
            close(turn)
            return
        values = {"days": length(pause.start, pause.end)}
        if pause.why_start:
            turn.say("pause.over", before=pause.why_start, **values)
        else:
            turn.say("pause.over_plain", **values)
        step(turn, "after", before=pause.why_start)

    def answers(self, message: Message, state: State) -> bool:
        """Any words."""
        return True

    def go_on(self, turn: Turn) -> None:
        """Keeps the answer and shows both, without a verdict."""
        before = turn.state.journey.data.get("before", "")
        after = "" if turn.message.value == "skip" else turn.message.text
        close(turn)
        turn.notebook.end_pause("over", why_end=after)
        if before and after:
            turn.say("pause.side_by_side", before=before, after=after)
        else:
            turn.say("pause.over_thanks")

    def ask_again(self, turn: Turn) -> None:
        """Asks once more."""
        turn.say("pause.over_plain", days=turn.state.journey.data.get("days", ""))


def _said_choice(message: Message) -> str | None:
    said = message.value or message.text.strip().lower().rstrip(".!")
    return next((choice for choice, ways in _CHOICES.items() if said in ways), None)


def _choice(message: Message) -> str | None:
    """on or again, by button or words; a bare yes or no changes nothing, so it goes on."""
    return _said_choice(message) or ("on" if yes_no(message) is not None else None)


def _reads_as_a_day(message: Message) -> bool:
    today = local_day(message.now, message.timezone)
    return read_ending(message.text, today).problem != "unclear"


def _speaks_of_a_day(message: Message) -> bool:
    """Whether an answer to "how long?" is one: a day, a length, or what looks like a try at it."""
    few = len(message.text.split()) <= _A_TRY
    return _reads_as_a_day(message) or (few and looks_like_a_day(message.text))


def standing(turn: Turn) -> bool:
    """Whether a pause is running today."""
    pause = turn.notebook.pause()
    return pause is not None and _today(turn) < pause.end


def ended_unasked(turn: Turn) -> bool:
    """Whether a pause has come to its end and its question was not asked again yet."""
    pause = turn.notebook.pause()
    return pause is not None and _today(turn) >= pause.end


def say_day_once(turn: Turn) -> None:
    """Says which day of the pause it is, once on each day the person comes back."""
    pause = turn.notebook.pause()
    today = _today(turn)
    if pause is None or pause.day_said == today or not standing(turn):
        return
    turn.notebook.mark_day_said(today)
    turn.say("pause.day_today", **pause_values(turn))


def say_status(turn: Turn, key: str = "pause.status") -> None:
    """Says the day of the pause, with the picture where its button was pressed."""
    if not standing(turn):
        turn.say("pause.none")
        return
    turn.say(key, **pause_values(turn))


def show_picture(turn: Turn) -> None:
    """Draws the days as dots, and as an SVG to keep."""
    if not standing(turn):
        turn.say("pause.none")
        return
    values = pause_values(turn)
    day, days = int(values["day"]), int(values["days"])
    said = turn.say("pause.picture", dots=dots(day, days), **values)
    turn.attach("pause.svg", "image/svg+xml", svg(day, days, said.text))


def pause_values(turn: Turn) -> dict[str, Any]:
    pause = turn.notebook.pause()
    if pause is None:
        return {"day": 0, "days": 0, "left": 0, "date": ""}
    today, days = _today(turn), length(pause.start, pause.end)
    day = day_number(pause.start, today)
    return {
        "day": day,
        "days": days,
        "left": max(0, (pause.end - today).days),
        "date": _shown(pause.end),
    }


def _today(turn: Turn) -> date:
    return local_day(turn.message.now, turn.message.timezone)


def _shown(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
