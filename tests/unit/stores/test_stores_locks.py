"""Turns of one person wait for each other in the order they came; others do not wait."""

from __future__ import annotations

import asyncio

import pytest
from stores_turns import hashed

from addons.stores import locks
from addons.stores.locks import FairLockStore


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "person_key", hashed)
    monkeypatch.delenv("AFTERWORD_REDIS_URL", raising=False)


@pytest.mark.parametrize("redis", [None, "redis://127.0.0.1:9/0"])
def test_in_order_and_one_at_a_time(redis: str | None) -> None:
    async def run() -> tuple[list[int], int]:
        store, done, inside, most = FairLockStore(redis_url=redis), [], 0, 0

        async def turn(number: int) -> None:
            nonlocal inside, most
            async with store.lock("anna"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                done.append(number)
                inside -= 1

        await asyncio.gather(*(turn(n) for n in range(20)))
        assert store.busy() == 0
        return done, most

    assert asyncio.run(run()) == (list(range(20)), 1)


def test_two_people_do_not_wait_for_each_other() -> None:
    async def run() -> list[str]:
        store, done = FairLockStore(), []

        async def turn(person: str, seconds: float) -> None:
            async with store.lock(person):
                await asyncio.sleep(seconds)
                done.append(person)

        await asyncio.gather(turn("slow", 0.05), turn("quick", 0.0))
        return done

    assert asyncio.run(run()) == ["quick", "slow"]


def test_a_turn_that_gives_up_waiting_holds_nobody_up() -> None:
    async def run() -> list[str]:
        store, done = FairLockStore(), []

        async def turn(name: str) -> None:
            async with store.lock("anna"):
                await asyncio.sleep(0.02)
                done.append(name)

        tasks = [asyncio.create_task(turn(name)) for name in "abc"]
        await asyncio.sleep(0.01)
        assert store.waiting("anna") == 3
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await turn("d")
        return done

    assert asyncio.run(run()) == ["a", "c", "d"]


def test_a_turn_that_fails_lets_the_next_one_on() -> None:
    async def run() -> str:
        store = FairLockStore()
        with pytest.raises(RuntimeError):
            async with store.lock("anna"):
                raise RuntimeError("anything")
        async with store.lock("anna"):
            return "next"

    assert asyncio.run(run()) == "next"
