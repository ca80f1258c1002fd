"""Remembers messages of a chat: those young enough for /forget, and the one that asked last.

Only numbers. Of people who agreed to be kept, they are on disk under a keyed hash; of others in
memory.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Deque, Dict, List, Optional

from addons.stores.people import person_key
from afterword.notebook import NotebookError

log = logging.getLogger(__name__)

YOUNG = 47 * 3600  # seconds; a bot may delete messages of a private chat for 48 hours
ASKED = 30 * 24 * 3600  # seconds; conversations are kept no longer either
REMEMBERED = 1_000  # messages of one chat in memory
MOST_CHATS = 5_000  # chats in memory


class Young:
    """Numbers of messages by chat, with the time of each."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._now, self._lock = now, Lock()
        self._in_mind: Dict[int, Deque[tuple[int, float]]] = {}
        self._asked: Dict[int, int] = {}  # by chat, the message that asked last
        self._store = sqlite3.connect(path, check_same_thread=False, timeout=5)
        with self._store:
            self._store.execute("PRAGMA journal_mode=WAL")
            self._store.execute("PRAGMA secure_delete=ON")
            self._store.execute(
                "CREATE TABLE IF NOT EXISTS young "
                "(chat TEXT, message INTEGER, at REAL, PRIMARY KEY (chat, message))"
            )
            self._store.execute(
                "CREATE TABLE IF NOT EXISTS asked (chat TEXT PRIMARY KEY, message INTEGER, at REAL)"
            )

    def add(self, chat: int, message: int) -> None:
        """Notes a message, in memory."""
        known = self._in_mind.setdefault(chat, deque(maxlen=REMEMBERED))
        known.append((message, self._now()))
        if len(self._in_mind) > MOST_CHATS:
            self._in_mind.pop(next(iter(self._in_mind)))

    def ask(self, chat: int, message: int) -> None:
        """Notes the message that asked last, in memory."""
        self._asked.pop(chat, None)
        self._asked[chat] = message
        if len(self._asked) > MOST_CHATS:
            self._asked.pop(next(iter(self._asked)))

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
                if chat in self._asked:
                    row = (name, self._asked[chat], self._now())
                    self._store.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", row)
                self._store.execute("DELETE FROM asked WHERE at < ?", (self._now() - ASKED,))
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_young_not_kept error=%s", type(error).__name__)
            self._in_mind[chat] = known

    def keep_no_more(self, chat: int) -> None:
        """Takes a chat off the disk: its person took consent back, or turned out to be a minor.

        Its young messages stay in memory, so that /forget still finds them.
        """
        try:
            name = person_key(f"tg:{chat}")
            with self._lock:
                query = "SELECT message, at FROM young WHERE chat = ? ORDER BY at"
                rows = [(int(row[0]), float(row[1])) for row in self._store.execute(query, (name,))]
                kept = self._question_kept(name)
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_young_not_known error=%s", type(error).__name__)
            return
        if rows or kept is not None:
            newer, asked = self._in_mind.get(chat, ()), self._asked.get(chat, kept)
            self.drop(chat)
            self._in_mind[chat] = deque([*rows, *newer], maxlen=REMEMBERED)
            if asked is not None:
                self.ask(chat, asked)

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

    def newest_question(self, chat: int) -> Optional[int]:
        """The message that asked last; None where that is not known any more."""
        if chat in self._asked:
            return self._asked[chat]
        try:
            name = person_key(f"tg:{chat}")
            with self._lock:
                return self._question_kept(name)
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_question_not_known error=%s", type(error).__name__)
            return None

    def _question_kept(self, name: str) -> Optional[int]:
        found = self._store.execute("SELECT message FROM asked WHERE chat = ?", (name,))
        row = found.fetchone()
        return int(row[0]) if row else None

    def drop(self, chat: int) -> None:
        """Forgets a chat, on disk for good."""
        self._in_mind.pop(chat, None)
        self._asked.pop(chat, None)
        try:
            name = person_key(f"tg:{chat}")
            with self._lock:
                with self._store:
                    self._store.execute("DELETE FROM young WHERE chat = ?", (name,))
                    self._store.execute("DELETE FROM asked WHERE chat = ?", (name,))
                self._store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlite3.Error, NotebookError) as error:
            log.warning("telegram_young_not_dropped error=%s", type(error).__name__)

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._store.close()
