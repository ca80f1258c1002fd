"""Starts, leaves, resumes and ends journeys; one is under way, others wait behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afterword.journeys.base import Certain, JourneyKind
from afterword.talk import Message, State, Turn
from afterword.talk.routing import is_command, is_greeting
from afterword.talk.state import Journey
from afterword.talk.turn import MOST_MESSAGES

AGAIN = "asked_again"  # in a journey's data: its question was repeated after a digression
PAGE = "page"  # the step in which a page is written
MOST_PARKED = 3  # more than that nobody means to come back to


class Journeys:
    """The journeys there are, by name."""

    def __init__(self, kinds: Mapping[str, JourneyKind]) -> None:
        self._kinds = dict(kinds)

    def under_way(self, turn: Turn) -> JourneyKind | None:
        """The journey under way, if any; one that no longer exists counts as none."""
        return self._kinds.get(turn.state.journey.name)

    def start(self, turn: Turn, name: str, **data: Any) -> None:
        """Begins a journey; the one under way waits behind it.

        Raises:
            KeyError: there is no journey of that name.
        """
        kind = self._kinds[name]
        current = turn.state.journey
        parked = [item for item in current.parked if item["name"] != name]
        if current.name and current.name != name:
            parked.append({"name": current.name, "step": current.step, "data": current.data})
        turn.state.journey = Journey(name=name, parked=parked[-MOST_PARKED:])
        turn.moved = True
        kind.start(turn, **data)

    def takes(self, message: Message, state: State) -> bool:
        """Whether the journey under way takes this message as the answer to its question."""
        kind = self._kinds.get(state.journey.name)
        if kind is None:
            return False
        if isinstance(kind, Certain) and kind.is_certain(message, state):
            return True
        open_step = state.journey.step
        if is_command(message, open_step in kind.free_steps, page=open_step == PAGE):
            return False
        if is_greeting(message) and not _is_writing(message, state.journey):
            return False
        return kind.answers(message, state)

    def go_on(self, turn: Turn) -> None:
        """Hands the message to the journey under way, and resumes what waited if it ended."""
        kind = self.under_way(turn)
        if kind is None:
            return
        turn.moved = True
        turn.state.journey.data.pop(AGAIN, None)
        kind.go_on(turn)
        if not turn.state.journey.name:
            self._resume(turn)

    def remind(self, turn: Turn) -> None:
        """After a digression: asks the open question again, once; a second time would nag."""
        journey = turn.state.journey
        if turn.moved or not journey.name or journey.data.get(AGAIN):
            return
        journey.data = {**journey.data, AGAIN: True}
        self.ask_again(turn)

    def ask_again(self, turn: Turn) -> None:
        """Asks the open question again where there is room for it."""
        kind = self.under_way(turn)
        if kind is not None and len(turn.said) < MOST_MESSAGES:
            kind.ask_again(turn)

    def take_up(self, turn: Turn) -> bool:
        """Makes what waits the journey under way where none is, without asking; says if it did."""
        parked = turn.state.journey.parked
        if turn.state.journey.name or not parked:
            return False
        turn.state.journey = Journey(**parked[-1], parked=parked[:-1])
        return True

    def _resume(self, turn: Turn) -> None:
        parked = turn.state.journey.parked
        if not parked or len(turn.said) >= MOST_MESSAGES:
            return
        last = parked[-1]
        turn.state.journey = Journey(**last, parked=parked[:-1])
        self.ask_again(turn)


def _is_writing(message: Message, journey: Journey) -> bool:
    """Whether a page is being written just now; a letter may begin with a greeting."""
    until = journey.data.get("until") if journey.step == PAGE else None
    return until is not None and message.now < datetime.fromisoformat(until)


def close(turn: Turn) -> None:
    """Ends the journey under way; what waited stays and is resumed by the flow."""
    turn.moved = True
    turn.state.journey = Journey(parked=turn.state.journey.parked)


def step(turn: Turn, name: str, **data: Any) -> None:
    """Moves the journey under way to another open question, adding to its data."""
    journey = turn.state.journey
    journey.step = name
    journey.data = {**journey.data, **data}
