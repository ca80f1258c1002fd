"""Remembers which sessions have ended: in a file, or in Redis where workers share it.

Only a hash of the session's id is kept, and only until its tokens would have run out.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from addons.channels.web_sessions import Ended
from addons.channels.web_settings import WebSettings

log = logging.getLogger(__name__)

FILE = "web-sessions.db"
_REDIS_SECONDS = 1.0


class EndedInFile:
    """The embedded default. The file is made by the first session that ends."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = folder / FILE, now
        self._lock = threading.Lock()
        self._known: set[str] | None = None

    def add(self, name: str, until: float) -> None:
        """Ends a session; one that cannot be written down is ended for this process at least."""
        key = _hash(name)
        with self._lock:
            self._all().add(key)
            try:
                self._write(key, until)
            except (sqlite3.Error, OSError) as error:
                log.error("session_end_not_kept error=%s", type(error).__name__)

    def __contains__(self, name: object) -> bool:
        with self._lock:
            return _hash(str(name)) in self._all()

    def _all(self) -> set[str]:
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> set[str]:
        if not self._path.exists():
            return set()
        try:
            with sqlite3.connect(self._path) as file:
                rows = file.execute("SELECT key FROM ended WHERE until > ?", (self._now(),))
                return {str(row[0]) for row in rows}
        except sqlite3.Error as error:
            log.error("sessions_ended_unreadable error=%s", type(error).__name__)
            return set()

    def _write(self, key: str, until: float) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._path.exists():
            self._path.touch(mode=0o600)
        with sqlite3.connect(self._path) as file:
            file.execute("CREATE TABLE IF NOT EXISTS ended (key TEXT PRIMARY KEY, until REAL)")
            file.execute("DELETE FROM ended WHERE until <= ?", (self._now(),))
            file.execute("INSERT OR REPLACE INTO ended VALUES (?, ?)", (key, until))


class EndedInRedis:
    """For several workers. While Redis is away, what this process ended stays ended.

    A session of somebody forgotten leads to an empty conversation in any case, so an unreachable
    Redis lets people in instead of shutting everybody out.
    """

    def __init__(self, redis: Any, now: Callable[[], float] = time.time) -> None:
        self._redis, self._now = redis, now
        self._here: set[str] = set()

    def add(self, name: str, until: float) -> None:
        """Ends a session in all workers."""
        key = _hash(name)
        self._here.add(key)
        try:
            self._redis.set(f"afterword:ended:{key}", 1, ex=max(1, int(until - self._now())))
        except Exception as error:
            log.error("session_end_not_shared error=%s", type(error).__name__)

    def __contains__(self, name: object) -> bool:
        key = _hash(str(name))
        if key in self._here:
            return True
        try:
            return bool(self._redis.exists(f"afterword:ended:{key}"))
        except Exception as error:
            log.error("sessions_ended_unreadable error=%s", type(error).__name__)
            return False


def ended_of(settings: WebSettings) -> Ended:
    """Where ended sessions are remembered under these settings."""
    if settings.redis is None:
        return EndedInFile(settings.data)
    from redis import Redis

    client = Redis.from_url(
        settings.redis, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS
    )
    return EndedInRedis(client)


def _hash(name: str) -> str:
    return hashlib.sha256(f"ended/{name}".encode()).hexdigest()
