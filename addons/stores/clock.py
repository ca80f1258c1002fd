"""The time, when the machine's clock may be wrong or be set while the program runs."""

from __future__ import annotations

import time
from collections.abc import Callable

Seconds = Callable[[], float]


class Clock:
    """Two opinions of the time: the wall clock's, and that of the start plus what went by since.

    Where they differ nobody knows who is right. A wrong date must not delete anybody's words, so
    a message is dated by the later one, and its age is judged by the earlier one.
    """

    def __init__(self, wall: Seconds | None = None, steady: Seconds = time.monotonic) -> None:
        self._wall = wall or (lambda: time.time())
        self._steady = steady
        self._start = self._wall() - steady()

    def latest(self) -> float:
        """Seconds since 1970, to date a message with."""
        return max(self._wall(), self._start + self._steady())

    def earliest(self) -> float:
        """Seconds since 1970, to judge an age by."""
        return min(self._wall(), self._start + self._steady())
