"""The guard broken on purpose: the way to help is shown, never the next coaching line."""

from __future__ import annotations

import asyncio

import pytest

import addons.components.reader as reader
from addons.replay import Exchange, Replayer
from afterword.safety.protocol import Safety

STORY = "we split up two weeks ago because she wanted kids and I don't"


def breaks(*_: object, **__: object) -> None:
    raise RuntimeError("broken on purpose")


def said_to(replayer: Replayer, text: str) -> Exchange:
    return asyncio.run(replayer.person().say(text))


@pytest.mark.parametrize(
    ("where", "name"), [(reader, "judge"), (Safety, "takes"), (Safety, "answer")]
)
def test_help_is_shown(
    replayer: Replayer, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    monkeypatch.setattr(where, name, breaks)
    text = "I want to kill myself" if name == "answer" else STORY
    exchange = said_to(replayer, text)
    assert exchange.bot[0].key == "help.guard_failed"
    assert exchange.actions.count("action_safety") == 1
    assert any(button["title"] == "Grounding" for button in exchange.bot[0].buttons)
