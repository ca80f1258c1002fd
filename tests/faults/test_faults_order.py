"""Many messages at once: in order, none lost, none answered twice, nobody held up by others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from small import Person

from addons.queue import MOST_WAITING

Start = Callable[..., Any]


def test_messages_of_one_person_are_answered_in_order(start: Start) -> None:
    person = start()

    async def together() -> list[list[str]]:
        return await asyncio.gather(*(person.sends(f"tell {n}") for n in range(MOST_WAITING)))

    assert asyncio.run(together()) == [[f"{n + 1}: {n}"] for n in range(MOST_WAITING)]


def test_the_same_message_again_gets_the_same_answer(start: Start) -> None:
    person = start()
    person.says("agree", "a")
    assert person.says("tell one", "b") == ["2: one"]
    assert person.says("tell one", "b") == ["2: one"]
    assert person.says("agree", "a") == ["1: agree"]
    assert person.says("tell two", "c") == ["3: two"]


def test_the_same_message_twice_at_once_is_answered_once(start: Start) -> None:
    person = start()

    async def together() -> list[list[str]]:
        return await asyncio.gather(*(person.sends("tell one", "b") for _ in range(3)))

    assert asyncio.run(together()) == [["1: one"]] * 3
    assert person.says("tell two") == ["2: two"]


def test_a_flood_is_told_so_and_does_not_hold_up_others(start: Start) -> None:
    flood = start()
    other = Person(flood.desk, "web:ben")

    async def together() -> tuple[list[list[str]], float, float]:
        await other.sends("tell zero")
        began = time.perf_counter()
        await other.sends("tell alone")
        alone = time.perf_counter() - began
        flooding = [asyncio.create_task(flood.sends(f"tell {n}")) for n in range(400)]
        await asyncio.sleep(0)
        began = time.perf_counter()
        assert await other.sends("tell more") == ["3: more"]
        waited = time.perf_counter() - began
        return await asyncio.gather(*flooding), alone, waited

    answers, alone, waited = asyncio.run(together())
    assert answers[:MOST_WAITING] == [[f"{n + 1}: {n}"] for n in range(MOST_WAITING)]
    assert answers[MOST_WAITING:] == [["too many, not read"]] * (400 - MOST_WAITING)
    # Twenty turns of the other person take twenty times as long; we wait for a few at most.
    assert waited < 8 * alone + 0.5
