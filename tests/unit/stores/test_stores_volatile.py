"""Talk that is not kept is bounded, ends with silence, and never goes to a disk through Redis."""

from __future__ import annotations

from typing import Any

import pytest

from addons.stores.volatile import ProcessMemory, SharedMemory, Talk, talk_memory


class Now:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def talk(text: str = "hi", standing: Any = "unkept") -> Talk:
    return Talk([], [{"event": "user", "text": text}], standing, None)


def test_what_is_put_is_there_again() -> None:
    memory = ProcessMemory(60, 10_000)
    memory.put("a", talk("hello"))
    assert memory.get("a") == talk("hello")
    memory.drop("a")
    assert memory.get("a") is None


def test_silence_ends_it_and_talking_goes_on() -> None:
    clock = Now()
    memory = ProcessMemory(60, 10_000, clock)
    memory.put("a", talk())
    memory.put("b", talk())
    clock.now = 50
    memory.put("a", talk("more"))
    clock.now = 70
    assert memory.get("a") == talk("more")
    assert memory.get("b") is None
    assert len(memory) == 1


def test_the_longest_silent_make_room() -> None:
    one = len(talk("x" * 50).packed())
    memory = ProcessMemory(60, one * 3)
    for name in "abcde":
        memory.put(name, talk("x" * 50))
    assert [memory.get(name) is not None for name in "abcde"] == [False, False, True, True, True]


class FakeRedis:
    """The few calls that are made, or none of them while it is away."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.away = False

    def _here(self) -> None:
        if self.away:
            raise ConnectionError("away")

    def get(self, name: str) -> bytes | None:
        self._here()
        return self.kept.get(name)

    def set(self, name: str, value: bytes, ex: int) -> None:
        self._here()
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self._here()
        self.kept.pop(name, None)


@pytest.fixture
def shared() -> tuple[SharedMemory, FakeRedis, ProcessMemory]:
    redis, local = FakeRedis(), ProcessMemory(60, 100_000)
    return SharedMemory(redis, 60, local), redis, local


def test_other_workers_see_it(shared: tuple[SharedMemory, FakeRedis, ProcessMemory]) -> None:
    memory, redis, _ = shared
    memory.put("a", talk())
    assert SharedMemory(redis, 60, ProcessMemory(60, 1000)).get("a") == talk()
    memory.drop("a")
    assert redis.kept == {}


def test_what_was_agreed_to_be_kept_stays_out_of_redis(
    shared: tuple[SharedMemory, FakeRedis, ProcessMemory],
) -> None:
    memory, redis, _ = shared
    memory.put("a", talk(standing="unsaved"))
    assert redis.kept == {}
    assert memory.get("a") == talk(standing="unsaved")


def test_while_redis_is_away_this_process_remembers(
    shared: tuple[SharedMemory, FakeRedis, ProcessMemory],
) -> None:
    memory, redis, local = shared
    redis.away = True
    memory.put("a", talk())
    assert memory.get("a") == talk()
    redis.away = False
    memory.put("a", talk("more"))
    assert local.get("a") is None
    assert memory.get("a") == talk("more")


def test_a_redis_that_cannot_be_asked_is_not_trusted(caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(talk_memory(60, 1000, "redis://127.0.0.1:9/0"), ProcessMemory)
    assert "redis_unasked" in caplog.text
