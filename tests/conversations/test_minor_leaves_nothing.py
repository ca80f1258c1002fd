"""After the hand-off of a minor nothing of age or talk is left, on disk or in memory."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from actions.runtime import shelf
from addons.replay import Replayer
from addons.stores.people import person_key

MARKER = "zebra-marker-93"
BEFORE = [
    f"he left me for somebody from school, {MARKER}",
    "you may keep my notes",
    "i want to write something down",
    f"my own topic {MARKER}",
    "5",
    "2",
    f"dear diary {MARKER}",
    "done",
    "3",
]


async def _hand_off(replayer: Replayer) -> str:
    person = replayer.person()
    for text in BEFORE:
        await person.say(text)
    said = await person.say("i am fifteen by the way, im 15")
    keys = [reply.key for reply in said.bot]
    assert "safety.minor.first" in keys, keys
    assert "safety.minor.let_go" in keys, keys
    return person.sender


def test_only_the_hold_stays(replayer: Replayer, data: Path) -> None:
    async def test() -> None:
        sender = await _hand_off(replayer)
        left = {kind for kind, records in shelf().of(sender).everything().items() if records}
        assert left <= {"person", "hold"}
        assert not shelf().of(sender).consented
        tracker = await replayer.agent.tracker_store.retrieve(sender)
        talk = [str(event.as_dict()) for event in tracker.events] if tracker else []
        assert not any(MARKER in event or "fifteen" in event for event in talk)
        assert MARKER.encode() not in b"".join(p.read_bytes() for p in files(data))
        assert person_key(sender).encode() not in (data / "conversations.db").read_bytes()

    asyncio.run(test())


def test_a_minor_cannot_agree_and_the_hold_outlives_the_process(replayer: Replayer) -> None:
    async def test() -> None:
        person = replayer.person()
        await person.say("im 15")
        said = await person.say("you may keep my notes")
        assert [reply.key for reply in said.bot] == ["safety.minor.reminder"]
        person.wait_days(2)
        said = await person.say("how do i get him back")
        assert said.bot[0].key in ("safety.minor.reminder", "safety.minor.brief")
        await person.say("you may keep my notes")
        assert not shelf().of(person.sender).consented
        said = await person.say("i want to die")
        assert "safety.self_harm.first" in [reply.key for reply in said.bot]

    asyncio.run(test())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def data(replayer: Replayer) -> Path:
    return Path(os.environ["AFTERWORD_DATA"])
