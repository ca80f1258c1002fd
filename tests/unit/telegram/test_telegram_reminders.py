"""Reminders: once, also after a restart, when Telegram is away, and not to people who left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes.bot_api import BotApi, bad_gateway, retry_after
from telegram import Bot
from telegram_bot import TOKEN, Assistant, play, running

from addons.channels.telegram.reminders import send_reminders
from addons.channels.telegram.sending import Sender
from afterword.notebook import NotebookShelf, Pause
from afterword.notebook.keys import KeyRing

TODAY = date(2026, 11, 24)
DUE = TODAY + timedelta(7)


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotebookShelf]:
    made = NotebookShelf(f"sqlite:///{tmp_path / 'n.db'}", KeyRing.fresh())
    for module in ("reminders", "answering"):
        monkeypatch.setattr(f"addons.channels.telegram.{module}.shelf", lambda: made)
    pausing(made, "tg:7")
    yield made
    made.close()


def pausing(shelf: NotebookShelf, sender: str, wanted: bool = True) -> None:
    book = shelf.of(sender)
    book.agree(TODAY)
    book.start_pause(Pause(start=TODAY, end=DUE, reminder_wanted=wanted))
    book.remember_address(sender.partition(":")[2])
    book.close()


def sender_to(api: BotApi) -> Sender:
    return Sender(Bot(TOKEN, base_url=api.url), 100)


def test_it_is_sent_once_and_not_before_its_day() -> None:
    async def test(api: BotApi) -> None:
        assert await send_reminders(sender_to(api), DUE - timedelta(1)) == 0
        assert await send_reminders(sender_to(api), DUE) == 1
        assert await send_reminders(sender_to(api), DUE) == 0
        assert await send_reminders(sender_to(api), DUE + timedelta(30)) == 0
        assert len(api.sent(7)) == 1

    play(test)


def test_it_is_sent_by_itself_and_once_over_restarts(tmp_path: Path, shelf: NotebookShelf) -> None:
    pausing(shelf, "tg:8", wanted=False)
    book = shelf.of("tg:9")
    book.agree(TODAY)
    start, end = date.today() - timedelta(8), date.today()
    book.start_pause(Pause(start=start, end=end, reminder_wanted=True))
    book.remember_address("9")

    async def test(api: BotApi) -> None:
        for _ in range(3):
            async with running(api, tmp_path, Assistant()):
                await api.until(lambda: len(api.sent(9)) == 1)
                await asyncio.sleep(0.2)
        assert len(api.sent(9)) == 1 and api.sent(8) == []

    play(test)


def test_while_telegram_is_away_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addons.channels.telegram.sending.LONGEST_PAUSE", 0.05)

    async def test(api: BotApi) -> None:
        api.errors.extend([bad_gateway() for _ in range(8)] + [retry_after(1)])
        assert await send_reminders(sender_to(api), DUE) == 1
        assert len(api.sent(7)) == 1

    play(test)


def test_a_crash_before_it_was_sent_loses_it_not() -> None:
    async def test(api: BotApi) -> None:
        api.errors.append(retry_after(60))
        sending = asyncio.create_task(send_reminders(sender_to(api), DUE))
        await api.until(lambda: not api.errors)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        assert await send_reminders(sender_to(api), DUE) == 1
        assert len(api.sent(7)) == 1

    play(test)


def test_whoever_blocked_the_bot_gets_none_even_when_they_are_back(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        api.blocked.add(7)
        assert await send_reminders(sender_to(api), DUE) == 0
        api.blocked.clear()
        assert await send_reminders(sender_to(api), DUE) == 0
        assert api.sent() == []

    play(test)


def test_a_block_before_the_day_is_not_even_tried(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        tried: list[str] = []
        api.on_arrival = lambda method, body: tried.append(method)
        person = {"id": 7, "is_bot": False, "first_name": "A"}
        bot = {"id": 1, "is_bot": True, "first_name": "B"}
        change = {
            "chat": {"id": 7, "type": "private", "first_name": "A"},
            "from": person,
            "date": 1,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
        }
        async with running(api, tmp_path, Assistant()):
            api.give({"update_id": 1, "my_chat_member": change})
            await api.until(lambda: api.offsets[-1:] == [2])
        assert await send_reminders(sender_to(api), DUE) == 0  # a new process, which knows no more
        assert "sendMessage" not in tried

    play(test)


def test_a_pause_of_a_joined_notebook_reminds_where_it_was_asked_for(
    shelf: NotebookShelf, tmp_path: Path
) -> None:
    from datetime import datetime, timezone

    now = datetime(2026, 11, 24, tzinfo=timezone.utc)
    web = shelf.of("web:x")
    web.agree(TODAY)
    telegram = shelf.of("tg:77")
    assert telegram.link(web.link_code(now), now)
    pausing(shelf, "tg:77")

    async def test(api: BotApi) -> None:
        await send_reminders(sender_to(api), DUE)
        assert len(api.sent(77)) == 1

    play(test)


def test_an_address_of_another_channel_is_not_written_to(shelf: NotebookShelf) -> None:
    book = shelf.of("tg:5")
    book.agree(TODAY)
    book.start_pause(Pause(start=TODAY, end=DUE, reminder_wanted=True))
    book.remember_address("somebody@example.org")

    async def test(api: BotApi) -> None:
        assert await send_reminders(sender_to(api), DUE) == 1
        assert [int(body["chat_id"]) for body in api.sent()] == [7]

    play(test)
