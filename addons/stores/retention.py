"""Drops conversations that are past their date: at start and once a day."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from addons.stores.faults import StoreUnavailable
from addons.stores.kept import KeptConversations

log = logging.getLogger(__name__)

DAY = 24 * 3600.0
_JUMP = 3600.0  # seconds by which the clock may differ from what has really gone by


class Retention:
    """Runs in a thread of its own, so that a day without any message counts as well."""

    def __init__(
        self,
        kept: KeptConversations,
        days: float,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kept = kept
        self._days = days
        self._clock = clock
        self._steady = steady
        self._started = (clock(), steady())
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def run(self) -> int:
        """Deletes what is past its date; returns how many conversations.

        While the program runs, a clock that jumped is not believed: a wrong year would delete
        everybody's words. The next start believes it again.
        """
        now = self._clock()
        drift = (now - self._started[0]) - (self._steady() - self._started[1])
        if abs(drift) > _JUMP:
            log.error("retention_skipped cause=clock_jumped seconds=%.0f", drift)
            return 0
        try:
            gone = self._kept.delete_before(now - self._days * DAY)
        except StoreUnavailable as error:
            log.error("store_failed op=retention cause=%s", error.cause)
            return 0
        log.info("retention_ran dropped=%d", gone)
        return gone

    def start(self) -> None:
        """Runs now and then every day, in the background."""
        self._thread = threading.Thread(target=self._loop, name="retention", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the background thread; a run under way is finished first."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _loop(self) -> None:
        while True:
            self.run()
            if self._stopped.wait(DAY):
                return
