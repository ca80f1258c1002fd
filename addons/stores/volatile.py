"""Talk that is not kept: in memory only, bounded, and gone after a while of silence."""

from __future__ import annotations

import json
import logging
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

log = logging.getLogger(__name__)

# unkept: without consent. unsaved: agreed to be kept, but the store failed; version as loaded.
# detached: nobody knows, since the store could not be read.
Standing = Literal["unkept", "unsaved", "detached"]


@dataclass
class Talk:
    """A conversation outside the database: its snapshot, its newest events, and why."""

    base: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    standing: Standing = "unkept"
    version: int | None = None

    def packed(self) -> bytes:
        """A small form of it."""
        plain = [self.base, self.events, self.standing, self.version]
        return zlib.compress(json.dumps(plain).encode(), 1)

    @classmethod
    def unpacked(cls, packed: bytes) -> Talk:
        """The talk of its small form."""
        return cls(*json.loads(zlib.decompress(packed)))


class TalkMemory(Protocol):
    """Where such talk lives: this process, or a Redis that writes nothing to disk."""

    def get(self, key: str) -> Talk | None:
        """The talk of a person, if it is still there."""

    def put(self, key: str, talk: Talk) -> None:
        """Remembers it from now on."""

    def drop(self, key: str) -> None:
        """Forgets it."""


class ProcessMemory:
    """Talk in this process. The longest silent goes first when there is too much."""

    def __init__(
        self, idle_seconds: float, most_bytes: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._idle = idle_seconds
        self._most = most_bytes
        self._clock = clock  # monotonic: a clock that is set must not make anybody forgotten
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Talk | None:
        """The talk of a person, unless they were silent for too long."""
        with self._lock:
            self._expire()
            found = self._kept.get(key)
        return Talk.unpacked(found[1]) if found else None

    def put(self, key: str, talk: Talk) -> None:
        """Remembers it, and makes room where that is needed."""
        packed = talk.packed()
        with self._lock:
            self._remove(key)
            self._kept[key] = (self._clock(), packed)
            self._bytes += len(packed)
            self._expire()
            while self._bytes > self._most and len(self._kept) > 1:
                self._remove(next(iter(self._kept)))

    def drop(self, key: str) -> None:
        """Forgets it."""
        with self._lock:
            self._remove(key)

    def __len__(self) -> int:
        return len(self._kept)

    def _expire(self) -> None:
        limit = self._clock() - self._idle
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest][0] > limit:
                return
            self._remove(oldest)

    def _remove(self, key: str) -> None:
        gone = self._kept.pop(key, None)
        if gone:
            self._bytes -= len(gone[1])


class SharedMemory:
    """Talk in Redis, for several workers; in this process while Redis is away.

    Only unkept talk goes there. What a failing store left over stays with the worker that has it.
    """

    def __init__(self, client: Any, idle_seconds: float, local: ProcessMemory) -> None:
        self._redis = client
        self._idle = int(idle_seconds)
        self._local = local

    def get(self, key: str) -> Talk | None:
        """The talk of a person."""
        local = self._local.get(key)
        if local and local.standing != "unkept":
            return local
        try:
            packed = self._redis.get(_name(key))
        except Exception as error:
            _away("get", error)
            return local
        return Talk.unpacked(packed) if packed else local

    def put(self, key: str, talk: Talk) -> None:
        """Remembers it, where every worker sees it if that can be."""
        if talk.standing == "unkept":
            try:
                self._redis.set(_name(key), talk.packed(), ex=self._idle)
            except Exception as error:
                _away("put", error)
            else:
                self._local.drop(key)
                return
        self._local.put(key, talk)

    def drop(self, key: str) -> None:
        """Forgets it everywhere."""
        self._local.drop(key)
        try:
            self._redis.delete(_name(key))
        except Exception as error:
            _away("drop", error)


def _name(key: str) -> str:
    return f"afterword:talk:{key}"


def _away(what: str, error: Exception) -> None:
    log.warning("redis_away op=%s error=%s", what, type(error).__name__)


def talk_memory(idle_seconds: float, most_bytes: int, redis_url: str | None) -> TalkMemory:
    """The memory the settings ask for.

    Redis is used only if it says that it writes nothing to disk: talk without consent must not
    end up in a dump file.
    """
    local = ProcessMemory(idle_seconds, most_bytes)
    if not redis_url:
        return local
    import redis

    client = redis.Redis.from_url(redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        saves = client.config_get("save").get("save", "?")
        appends = client.config_get("appendonly").get("appendonly", "?")
    except redis.RedisError as error:
        log.warning(
            "redis_unasked error=%s talk_without_consent=this_process", type(error).__name__
        )
        return local
    if saves or appends != "no":
        log.warning("redis_persists save=%s unkept_talk=this_process", bool(saves))
        return local
    return SharedMemory(client, idle_seconds, local)
