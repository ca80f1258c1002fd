"""What a journey is: a talk with an open question, that can be left and come back to."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from afterword.talk import Message, State, Turn


class JourneyKind(Protocol):
    """One kind of journey. `turn.state.journey` holds the step and data of the one under way."""

    name: str
    free_steps: frozenset[str]  # the steps whose question any words answer

    def start(self, turn: Turn, **data: Any) -> None:
        """Says the first thing and asks the first question."""

    def answers(self, message: Message, state: State) -> bool:
        """Whether the message answers the open question, rather than being about something else."""

    def go_on(self, turn: Turn) -> None:
        """Takes the answer: says, keeps, asks the next question or closes."""

    def ask_again(self, turn: Turn) -> None:
        """Asks the open question again after a digression, in other words."""


@runtime_checkable
class Certain(Protocol):
    """A journey that knows some answers for certain, whatever they sound like elsewhere."""

    def is_certain(self, message: Message, state: State) -> bool:
        """Whether the message is an answer and cannot be a command."""
