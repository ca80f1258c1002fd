"""Remembers which updates were answered and how far a reply has got: numbers only, no words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

KEPT = 5_000  # numbers answered last; Telegram repeats none that are older
TIDY_EVERY = 500
NUMBERED_ANEW = 6 * 24 * 3600  # seconds; after a week without updates Telegram picks new numbers


class Seen:
    """The offset, below which everything is answered, the numbers answered, and replies begun."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._lock, self._now, self._added = Lock(), now, 0
        self._store = sqlite3.connect(path, check_same_thread=False, timeout=5)
        with self._store:
            self._store.execute("PRAGMA journal_mode=WAL")
            # Not a sync for each number: a kill loses none of them, and noting must be quick.
            self._store.execute("PRAGMA synchronous=NORMAL")
            self._store.execute("CREATE TABLE IF NOT EXISTS done (id INTEGER PRIMARY KEY, at REAL)")
            self._store.execute(
                "CREATE TABLE IF NOT EXISTS begun (id INTEGER PRIMARY KEY, sent INT)"
            )
            self._store.execute("CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY)")
            self._store.execute("CREATE TABLE IF NOT EXISTS position (number INTEGER, at REAL)")

    def offset(self) -> int:
        """The first number that may still be unanswered; 0 at the very start, or after a week."""
        with self._lock:
            row = self._store.execute("SELECT number, at FROM position").fetchone()
        return int(row[0]) if row and self._now() - row[1] < NUMBERED_ANEW else 0

    def has(self, update_id: int) -> bool:
        """Whether an update was answered."""
        with self._lock:
            found = self._store.execute("SELECT 1 FROM done WHERE id = ?", (update_id,))
            return found.fetchone() is not None

    def add(self, update_id: int) -> None:
        """Notes an update as answered, its reply as sent."""
        with self._lock, self._store:
            self._store.execute(
                "INSERT OR IGNORE INTO done VALUES (?, ?)", (update_id, self._now())
            )
            self._store.execute("DELETE FROM begun WHERE id = ?", (update_id,))
            self._store.execute("DELETE FROM gone WHERE id = ?", (update_id,))
            self._added += 1
            if self._added % TIDY_EVERY == 0:
                newest = "SELECT id FROM done ORDER BY at DESC LIMIT ?"
                self._store.execute(f"DELETE FROM done WHERE id NOT IN ({newest})", (KEPT,))

    def sent(self, update_id: int) -> int:
        """How many parts of the reply to an update have been sent."""
        with self._lock:
            found = self._store.execute("SELECT sent FROM begun WHERE id = ?", (update_id,))
            row = found.fetchone()
        return int(row[0]) if row else 0

    def mark_sent(self, update_id: int, parts: int) -> None:
        """Notes how many parts of a reply have been sent."""
        with self._lock, self._store:
            self._store.execute("INSERT OR REPLACE INTO begun VALUES (?, ?)", (update_id, parts))

    def forgot(self, update_id: int) -> bool:
        """Whether this update had its writer forgotten, before a crash."""
        with self._lock:
            found = self._store.execute("SELECT 1 FROM gone WHERE id = ?", (update_id,))
            return found.fetchone() is not None

    def mark_forgot(self, update_id: int) -> None:
        """Notes that the turn of this update had its writer forgotten: it must not be run again."""
        with self._lock, self._store:
            self._store.execute("INSERT OR IGNORE INTO gone VALUES (?)", (update_id,))

    def move(self, offset: int) -> None:
        """Moves the offset: everything below it is answered."""
        with self._lock, self._store:
            self._store.execute("DELETE FROM position")
            self._store.execute("INSERT INTO position VALUES (?, ?)", (offset, self._now()))

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._store.close()
