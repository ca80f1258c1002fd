"""Every conversation file is replayed through the trained model and the real actions."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from addons.replay import Exchange, Replayer
from afterword.files import load_yaml
from afterword.talk.turn import MOST_MESSAGES

HERE = Path(__file__).parent
KNOWN = {"say", "press", "intent", "keys", "has_key", "has", "hasnt", "files", "wait_days"}
CASES = [
    pytest.param(
        conversation, id=f"{path.relative_to(HERE).with_suffix('')}: {conversation['name']}"
    )
    for path in sorted(HERE.rglob("*.yml"))
    for conversation in load_yaml(path)
]


@pytest.mark.parametrize("conversation", CASES)
def test_conversation(conversation: dict[str, Any], replayer: Replayer) -> None:
    asyncio.run(_replay(conversation, replayer))


async def _replay(conversation: dict[str, Any], replayer: Replayer) -> None:
    person = replayer.person(conversation.get("channel", "cli"))
    if "on" in conversation:
        person.wait_until(datetime.fromisoformat(conversation["on"]).timestamp())
    for turn in conversation["turns"]:
        assert set(turn) <= KNOWN, f"unknown keys {set(turn) - KNOWN}"
        if "wait_days" in turn:
            person.wait_days(float(turn["wait_days"]))
        said = await (person.press(turn["press"]) if "press" in turn else person.say(turn["say"]))
        _check(turn, said)


def _check(turn: dict[str, Any], said: Exchange) -> None:
    keys = [reply.key for reply in said.bot]
    text = "\n".join(reply.text for reply in said.bot)
    about = f"after {said.user!r}: {said.intent} {said.actions} {keys}\n{text}"
    assert 0 < len(said.bot) <= MOST_MESSAGES, about
    if "intent" in turn:
        assert said.intent == turn["intent"], about
    if "keys" in turn:
        assert keys == turn["keys"], about
    for key in turn.get("has_key", []):
        assert key in keys, about
    for part in turn.get("has", []):
        assert str(part).lower() in text.lower(), about
    if "files" in turn:
        assert [reply.file for reply in said.bot if reply.file] == turn["files"], about
    for part in turn.get("hasnt", []):
        assert str(part).lower() not in text.lower(), about
