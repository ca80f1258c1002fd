"""What can go wrong with a store, by cause; and how a turn learns that it was not kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import DBAPIError

from afterword.notebook.errors import NewerDatabase
from afterword.notebook.errors import cause_of as cause_of_any

__all__ = [
    "NewerDatabase",
    "StoreUnavailable",
    "TurnOutcome",
    "cause_of",
    "current_turn",
    "watched_turn",
]


class StoreUnavailable(Exception):
    """The store could not be used now; `cause` is one word for the log and the metrics."""

    def __init__(self, cause: str, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}" if detail else cause)
        self.cause = cause


def cause_of(error: BaseException) -> str:
    """One word for what failed. The error's own text may quote values, so it is never logged."""
    cause = cause_of_any(error)
    if isinstance(error, DBAPIError) and cause == type(error).__name__:
        return "store_refused"
    return cause


@dataclass
class TurnOutcome:
    """What became of one turn's words, filled in by the stores while the turn runs.

    Attributes:
        not_kept: cause why this turn's words were not kept although the person agreed to that.
        not_known: cause why what was kept before could not be read.
        not_deleted: cause why what was to be forgotten is still on disk.
        ahead: a tracker read before the turn began, so that it is not read twice.
    """

    not_kept: str = ""
    not_known: str = ""
    not_deleted: str = ""
    ahead: dict[str, Any] = field(default_factory=dict)


_current: ContextVar[TurnOutcome | None] = ContextVar("afterword_turn", default=None)


@contextmanager
def watched_turn() -> Iterator[TurnOutcome]:
    """Collects the outcome of the turn that runs inside."""
    outcome = TurnOutcome()
    token = _current.set(outcome)
    try:
        yield outcome
    finally:
        _current.reset(token)


def current_turn() -> TurnOutcome | None:
    """The turn being watched here, if any is."""
    return _current.get()
