"""Drops conversations that are past their date: at start and once a day."""

from __future__ import annotations

import logging
import threading

from addons.stores.faults import StoreUnavailable
from addons.stores.kept import KeptConversations

log = logging.getLogger(__name__)

DAY = 24 * 3600.0


class Retention:
    """Runs in a thread of its own, so that a day without any message counts as well."""

    def __init__(self, kept: KeptConversations, days: float) -> None:
        self._kept = kept
        self._days = days
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def run(self) -> int:
        """Deletes what is past its date; returns how many conversations."""
        clock = self._kept.clock
        try:
            self._kept.date_no_later_than(clock.latest() + DAY, clock.latest())
            gone = self._kept.delete_before(clock.earliest() - self._days * DAY)
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
