"""The terminal: what a typed line chooses, and what is shown."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from addons import terminal

OFFERED = [
    {"title": "Yes", "payload": '/answer{"v":"yes"}'},
    {"title": "Not now", "payload": '/answer{"v":"no"}'},
]


class FakeAgent:
    """Notes what it was sent and answers with two buttons."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    async def handle_message(self, message: Any) -> None:
        self.heard.append(message)
        await message.output_channel.send_response(
            message.sender_id,
            {
                "text": "word " * 40,
                "buttons": OFFERED,
                "attachment": {"name": "a.txt", "text": "A"},
            },
        )


def talk(lines: list[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> FakeAgent:
    typed = iter([*lines, None])
    monkeypatch.setattr(terminal, "_read_line", lambda: next(typed))
    monkeypatch.chdir(folder)
    agent = FakeAgent()
    asyncio.run(terminal.converse(agent, "cli:ann"))  # type: ignore[arg-type]
    return agent


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("1", '/answer{"v":"yes"}'),
        (" 2 ", '/answer{"v":"no"}'),
        ("not NOW", '/answer{"v":"no"}'),
        ("3", "3"),
        ("something else", "something else"),
        ("/help", "/ask_help"),
    ],
)
def test_what_a_line_chooses(
    typed: str, sent: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    agent = talk(["hello", typed], monkeypatch, tmp_path)
    assert agent.heard[1].text == sent
    assert agent.heard[1].sender_id == "cli:ann"


def test_buttons_of_an_earlier_message_are_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    agent = talk(["1"], monkeypatch, tmp_path)
    assert agent.heard[0].text == "1"


def test_no_intent_can_be_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    agent = talk(["/forget_me"], monkeypatch, tmp_path)
    assert not agent.heard[0].text.startswith("/")


@pytest.mark.parametrize("leaving", ["/quit", "/EXIT", " /bye "])
def test_leaving_sends_nothing(
    leaving: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert talk([leaving, "more"], monkeypatch, tmp_path).heard == []


def test_replies_are_wrapped_and_buttons_numbered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(["hello"], monkeypatch, tmp_path)
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown)) <= terminal.WIDEST + 2
    assert "    1  Yes" in shown and "    2  Not now" in shown


def test_a_file_is_saved_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(["hello"], monkeypatch, tmp_path)
    assert list(tmp_path.iterdir()) == []
    talk(["hello", "save a.txt", "save b.txt"], monkeypatch, tmp_path)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "A"
    assert "no such file" in capsys.readouterr().out


def test_a_long_text_is_cut_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agent = talk(["a" * 10_000], monkeypatch, tmp_path)
    assert len(agent.heard[0].text) == 2_000
    assert "only read the first part" in " ".join(capsys.readouterr().out.split())
