"""Remembers which updates were answered: numbers only, no words and no people."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Lock

KEPT = 5_000  # numbers below the offset are never sent again; these few are for those above it


class Seen:
    """The offset, below which everything is answered, and the numbers answered above it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = Lock()
        self._store = sqlite3.connect(path, check_same_thread=False, timeout=5)
        with self._store:
            self._store.execute("PRAGMA journal_mode=WAL")
            self._store.execute("CREATE TABLE IF NOT EXISTS answered (id INTEGER PRIMARY KEY)")
            self._store.execute("CREATE TABLE IF NOT EXISTS start (offset INTEGER NOT NULL)")

    def offset(self) -> int:
        """The first number that may still be unanswered; 0 at the very start."""
        with self._lock:
            row = self._store.execute("SELECT max(offset) FROM start").fetchone()
        return int(row[0] or 0)

    def has(self, update_id: int) -> bool:
        """Whether an update was answered."""
        if update_id < self.offset():
            return True
        with self._lock:
            found = self._store.execute("SELECT 1 FROM answered WHERE id = ?", (update_id,))
            return found.fetchone() is not None

    def add(self, update_id: int) -> None:
        """Notes an update as answered."""
        with self._lock, self._store:
            self._store.execute("INSERT OR IGNORE INTO answered VALUES (?)", (update_id,))

    def move(self, offset: int) -> None:
        """Moves the offset: everything below it is answered."""
        with self._lock, self._store:
            self._store.execute("DELETE FROM start")
            self._store.execute("INSERT INTO start VALUES (?)", (offset,))
            self._store.execute("DELETE FROM answered WHERE id < ?", (offset,))

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._store.close()
