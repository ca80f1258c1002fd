"""Remembers which messages of a chat are young enough for /forget to delete them.

Of people who agreed to be kept, the numbers are on disk under a keyed hash; of others in memory.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Deque, Dict, List

from addons.stores.people import person_key
from afterword.notebook import NotebookError

log = logging.getLogger(__name__)

YOUNG = 47 * 3600  # seconds; a bot may delete messages of a private chat for 48 hours
REMEMBERED = 1_000  # messages of one chat in memory
MOST_CHATS = 5_000  # chats in memory


class Young:
    """Numbers of messages by chat, with the time of each."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._now, self._lock = now, Lock()
        self._in_mind: Dict[int, Deque[tuple[int, float]]] = {}
        self._store = sqlite3.connect(path, check_same_thread=False, timeout=5)
        with self._store:
            self._store.execute("PRAGMA journal_mode=WAL")
            self._store.execute("PRAGMA secure_delete=ON")
            self._store.execute(
                "CREATE TABLE IF NOT EXISTS young "
                "(chat TEXT, message INTEGER, at REAL, PRIMARY KEY (chat, message))"
            )

    def add(self, chat: int, message: int) -> None:
        """Notes a message, in memory."""
        known = self._in_mind.setdefault(chat, deque(maxlen=REMEMBERED))
        known.append((message, self._now()))
        if len(self._in_mind) > MOST_CHATS:
            self._in_mind.pop(next(iter(self._in_mind)))

    def keep(self, chat: int) -> None:
        """Puts what is in memory of a chat on disk: its person agreed to be kept."""
        known = self._in_mind.pop(chat, None)
        if not known:
            return
        try:
            name = person_key(f"tg:{chat}")
            with self._lock, self._store:
                rows = [(name, message, at) for message, at in known]
                self._store.executemany("INSERT OR IGNORE INTO young VALUES (?, ?, ?)", rows)
                self._store.execute("DELETE FROM young WHERE at < ?", (self._now() - YOUNG,))
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_young_not_kept error=%s", type(error).__name__)
            self._in_mind[chat] = known

    def of(self, chat: int) -> List[int]:
        """The messages that may still be deleted, oldest first."""
        limit = self._now() - YOUNG
        found = {message for message, at in self._in_mind.get(chat, ()) if at > limit}
        try:
            name = person_key(f"tg:{chat}")
            with self._lock:
                query = "SELECT message FROM young WHERE chat = ? AND at > ?"
                found |= {row[0] for row in self._store.execute(query, (name, limit))}
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_young_not_known error=%s", type(error).__name__)
        return sorted(found)

    def drop(self, chat: int) -> None:
        """Forgets a chat, on disk for good."""
        self._in_mind.pop(chat, None)
        try:
            name = person_key(f"tg:{chat}")
            with self._lock:
                with self._store:
                    self._store.execute("DELETE FROM young WHERE chat = ?", (name,))
                self._store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_young_not_dropped error=%s", type(error).__name__)

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._store.close()
