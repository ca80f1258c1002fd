"""Actions and models that fail: there is always a reply, and the turn before stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("please raise MARKER", "not kept|wasn't saved"),
        ("rubbish MARKER", "listening"),
        ("nonsense MARKER", "not kept|wasn't saved"),
        ("hang MARKER", "can't be sure|don't know whether"),
        ("silence MARKER", "listening"),
    ],
)
def test_misbehaving_action(
    start: Start, caplog: pytest.LogCaptureFixture, text: str, words: str
) -> None:
    person = start()
    person.says("agree")
    replies = person.says(text)
    assert len(replies) == 1
    assert any(word in replies[0] for word in words.split("|"))
    assert "MARKER" not in caplog.text
    assert person.says("tell more") == ["2: more"]


def test_missing_model(start: Start) -> None:
    assert start(path=None).says("tell more") == ["not working, not kept"]


def test_broken_model(tmp_path: Path) -> None:
    import asyncio

    import small
    from rasa.core.agent import load_agent
    from small import Person

    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    agent = asyncio.run(load_agent(model_path=str(broken)))
    assert Person(small.desk(agent)).says("tell more") == ["not working, not kept"]


def test_a_reply_that_cannot_be_delivered_does_not_undo_the_turn(start: Start) -> None:
    import asyncio

    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    class Cut(CollectingOutputChannel):
        async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
            raise ConnectionError("the other side has gone")

    person = start()
    person.says("agree")
    asyncio.run(person.desk.handle(UserMessage("tell one", Cut(), person.sender, message_id="7")))
    assert person.says("tell one", "7") == ["2: one"]
    assert person.says("tell two") == ["3: two"]
