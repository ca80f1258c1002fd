"""What the conversation remembers from turn to turn. Each part is kept in a slot of its own.

Lasting things (a pause, the journal, confirmed causes) live in the notebook, not here.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Extra


class Part(BaseModel):
    """A part of the state; unknown keys of an older version are dropped, not refused."""

    class Config:
        extra = Extra.ignore
        validate_assignment = True


class Person(Part):
    """What the person said about themselves and their ex, as far as replies need it."""

    pronoun: str = ""  # he, she, they; empty while unknown
    shares: list[str] = []  # children, home, work
    wants: str = ""  # back, unsure, letting_go


class Listening(Part):
    """What was heard and asked while listening."""

    turns: int = 0
    feelings: list[str] = []
    asked: list[str] = []


class Claim(Part):
    """A cause read in the person's words, waiting to be confirmed or already settled."""

    id: str
    words: str
    rule: str = ""
    means: str = ""


class Causes(Part):
    """Causes by how far they got: waiting to be offered, confirmed, partly so, or denied."""

    waiting: list[Claim] = []
    confirmed: list[Claim] = []
    partly: list[Claim] = []
    denied: list[str] = []
    last: Claim | None = None

    def known(self) -> set[str]:
        """Ids that need not be offered again."""
        settled = [claim.id for claim in self.waiting + self.confirmed + self.partly]
        return {*settled, *self.denied}


class Steps(Part):
    """Steps shown so far, by number, and the one being talked about."""

    shown: list[int] = []
    current: int | None = None


class Journey(Part):
    """The journey under way: its name, the open question, its data, and what waits behind it."""

    name: str = ""
    step: str = ""
    data: dict[str, Any] = {}
    parked: list[dict[str, Any]] = []


class Talk(Part):
    """How the talk itself goes: misunderstandings, wordings used, what was asked last."""

    misses: int = 0
    wordings: dict[str, int] = {}
    last_keys: list[str] = []
    guesses: list[str] = []


class State(BaseModel):
    """Everything remembered. `safety` and `privacy` belong to their own packages."""

    person: Person = Person()
    listening: Listening = Listening()
    causes: Causes = Causes()
    steps: Steps = Steps()
    journey: Journey = Journey()
    talk: Talk = Talk()
    safety: dict[str, Any] = {}
    privacy: dict[str, Any] = {}

    @classmethod
    def from_slots(cls, slots: dict[str, Any]) -> State:
        """Builds the state from slot values; a broken part starts afresh, the others stay."""
        parts: dict[str, Any] = {}
        for name, model in cls.__fields__.items():
            value = slots.get(slot_name(name))
            if isinstance(value, dict):
                try:
                    parts[name] = model.type_(**value) if model.type_ is not Any else value
                except (TypeError, ValueError):
                    continue
        return cls(**parts)

    def to_slots(self) -> dict[str, Any]:
        """The slot values that keep this state."""
        plain = self.dict()
        return {slot_name(name): plain[name] for name in self.__fields__}


def slot_name(part: str) -> str:
    """The slot of a part of the state."""
    return f"{part}__state"
