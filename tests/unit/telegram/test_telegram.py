"""The Telegram channel against a Bot API of our own, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, AsyncIterator, Dict, List

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

sys.path.insert(0, str(Path(__file__).parents[2]))
from fakes.bot_api import TOKEN, BotApi, bad_gateway, retry_after, serving

from actions import runtime
from addons.channels.telegram import from_environment
from addons.channels.telegram.channel import SECRET_HEADER, TelegramChannel
from addons.channels.telegram.seen import Seen
from addons.channels.telegram.sending import LONGEST, keyboard, split
from addons.channels.telegram.settings import TelegramSettings
from afterword.notebook import NotebookShelf, Pause
from afterword.notebook.keys import KeyRing

YES = '/answer{"v":"yes"}'


class Assistant:
    """Stands in for the agent: remembers what it was told and answers each once."""

    def __init__(self) -> None:
        self.told: List[UserMessage] = []
        self.buttons: List[Dict[str, str]] = []
        self.key = ""
        self.slow = 0.0

    async def answer(self, message: UserMessage) -> None:
        await asyncio.sleep(self.slow)
        self.told.append(message)
        reply = {"text": f"re: {message.text}", "buttons": self.buttons, "key": self.key}
        await message.output_channel.send_response(message.sender_id, reply)


@asynccontextmanager
async def running(api: BotApi, state: Path, assistant: Assistant) -> AsyncIterator[TelegramChannel]:
    settings = TelegramSettings(TOKEN, api=api.url, state=state / "telegram.db", per_second=200)
    channel = TelegramChannel(settings)
    live = asyncio.create_task(channel._live(assistant.answer))
    channel._tasks.append(live)
    try:
        yield channel
    finally:
        await channel.close()


def play(test: Callable[[BotApi], Awaitable[None]], **options: Any) -> None:
    async def run() -> None:
        async with serving(BotApi(**options)) as api:
            await test(api)

    asyncio.run(run())


def test_a_message_is_answered_and_the_menu_is_set(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "she left")
            api.text(2, 7, "/start abc")
            await api.until(lambda: len(api.sent(7)) == 2)
        assert [m.text for m in assistant.told] == ["she left", "/greet"]
        assert assistant.told[0].sender_id == "tg:7"
        methods = [method for method, _ in api.calls]
        assert "setMyCommands" in methods and "sendChatAction" in methods

    play(test)


def test_duplicates_and_disorder_are_answered_once_and_in_order(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            for number in (3, 1, 2, 2, 1, 3):
                api.text(number, 7, f"m{number}")
            await api.until(lambda: len(assistant.told) >= 3)
            await asyncio.sleep(0.2)
        assert [m.text for m in assistant.told] == ["m1", "m2", "m3"]

    play(test)


def test_what_was_answered_is_not_answered_again_after_a_restart(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        first, second = Assistant(), Assistant()
        async with running(api, tmp_path, first):
            api.text(5, 7, "before")
            await api.until(lambda: len(first.told) == 1)
            await asyncio.sleep(0.1)
        api.text(5, 7, "before")  # Telegram never heard that it was taken
        api.text(6, 7, "after")
        async with running(api, tmp_path, second):
            await api.until(lambda: len(second.told) == 1)
            await asyncio.sleep(0.2)
        assert [m.text for m in second.told] == ["after"]

    play(test)


def test_too_many_requests_bad_gateway_and_the_message_still_arrives(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.errors.extend([retry_after(1), bad_gateway()])
            api.text(1, 7, "hello")
            await api.until(lambda: len(api.sent(7)) == 1)
        assert len(assistant.told) == 1

    play(test)


def test_a_button_of_the_message_passes_and_a_forged_one_does_not(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        offered = {"inline_keyboard": [[{"text": "Yes", "callback_data": YES}]]}
        chat = {"id": 7, "type": "private", "first_name": "A"}
        message = {
            "message_id": 9,
            "date": 1,
            "chat": chat,
            "text": "Sure?",
            "reply_markup": offered,
        }
        person = {"id": 7, "is_bot": False, "first_name": "A"}
        query = {"id": "q1", "from": person, "chat_instance": "c", "message": message}
        async with running(api, tmp_path, assistant):
            api.give({"update_id": 1, "callback_query": {**query, "data": YES}})
            forged = {**query, "id": "q2", "data": "/forget_me"}
            api.give({"update_id": 2, "callback_query": forged})
            await api.until(lambda: sum(m == "answerCallbackQuery" for m, _ in api.calls) == 2)
        assert [m.text for m in assistant.told] == [YES]
        edited = [body for method, body in api.calls if method == "editMessageText"]
        assert "Yes" in edited[0]["text"] and "reply_markup" not in edited[0]

    play(test)


@pytest.mark.parametrize(
    "more", [{"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}, {"sticker": None}]
)
def test_what_is_no_text_gets_a_kind_word(tmp_path: Path, more: Dict[str, Any]) -> None:
    sticker = {
        "file_id": "f",
        "file_unique_id": "u",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
        "type": "regular",
    }

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        given = {name: value or sticker for name, value in more.items()}
        async with running(api, tmp_path, assistant):
            chat = {"id": 7, "type": "private", "first_name": "A"}
            message = {"message_id": 1, "date": 1, "chat": chat, **given}
            api.give({"update_id": 1, "message": message})
            await api.until(lambda: len(api.sent(7)) == 1)
        assert not assistant.told
        assert "text" in api.sent(7)[0]["text"] or "words" in api.sent(7)[0]["text"].lower()

    play(test)


def test_groups_are_told_once_and_edits_are_not_answered(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        group = {"id": -5, "type": "group", "title": "G"}
        edited = {
            "message_id": 4,
            "date": 1,
            "edit_date": 2,
            "text": "edited",
            "chat": {"id": 7, "type": "private", "first_name": "A"},
        }
        async with running(api, tmp_path, assistant):
            for number in (1, 2):
                message = {"message_id": number, "date": 1, "chat": group, "text": "hi"}
                api.give({"update_id": number, "message": message})
            api.give({"update_id": 3, "edited_message": edited})
            api.text(4, 7, "last")
            await api.until(lambda: len(assistant.told) == 1)
            await asyncio.sleep(0.1)
        assert len(api.sent(-5)) == 1
        assert [m.text for m in assistant.told] == ["last"]

    play(test)


def test_whoever_blocked_the_bot_is_left_alone(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.blocked.add(7)
            api.text(1, 7, "hi")
            api.text(2, 8, "hi")
            await api.until(lambda: len(api.sent(8)) == 1 and len(assistant.told) == 2)
        assert api.sent(7) == []

    play(test)


def test_forget_deletes_the_messages_that_are_young_enough(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(41, 7, "hello")
            await api.until(lambda: len(api.sent(7)) == 1)
            assistant.key = "privacy.forgotten"
            api.text(42, 7, "yes delete")
            await api.until(lambda: any(m == "deleteMessages" for m, _ in api.calls))
            await api.until(lambda: len(api.sent(7)) == 3)
        deleted = next(body for method, body in api.calls if method == "deleteMessages")
        assert "41" in str(deleted["message_ids"]) and "42" in str(deleted["message_ids"])

    play(test)


def test_a_wrong_token_says_one_line_and_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def test(api: BotApi) -> None:
        wrong = "1:wrong-secret-token"
        settings = TelegramSettings(wrong, api=api.url, state=tmp_path / "t.db")
        await asyncio.wait_for(TelegramChannel(settings)._live(Assistant().answer), 10)
        said = capsys.readouterr().out
        assert said.count("\n") == 1 and "TELEGRAM_TOKEN" in said and wrong not in said

    play(test)


def test_the_token_is_in_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def test(api: BotApi) -> None:
        with caplog.at_level(logging.DEBUG):
            async with running(api, tmp_path, Assistant()):
                api.errors.extend([bad_gateway(), retry_after(1)])
                api.text(1, 7, "hi")
                await api.until(lambda: len(api.sent(7)) == 1)
        assert TOKEN not in caplog.text and TOKEN.split(":")[1] not in caplog.text
        assert TOKEN not in repr(TelegramSettings(TOKEN))

    play(test)


def test_telegram_away_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async def run() -> None:
        settings = TelegramSettings(TOKEN, api="http://127.0.0.1:9/bot", state=tmp_path / "t.db")
        channel = TelegramChannel(settings)
        live = asyncio.create_task(channel._live(Assistant().answer))
        await asyncio.sleep(1.5)
        assert not live.done()
        live.cancel()
        await asyncio.gather(live, return_exceptions=True)

    asyncio.run(run())


def test_five_hundred_people_within_thirty_a_second(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        settings = TelegramSettings(TOKEN, api=api.url, state=tmp_path / "t.db", per_second=25)
        channel = TelegramChannel(settings)
        live = asyncio.create_task(channel._live(assistant.answer))
        channel._tasks.append(live)
        for number in range(1, 501):
            api.text(number, number, "hi")
        # Each is a typing sign and a message, so this takes half a minute by the limit itself.
        await api.until(lambda: len({int(b["chat_id"]) for b in api.sent()}) == 500, seconds=120)
        await channel.close()
        assert api.too_fast == 0
        assert len(assistant.told) == 500

    play(test, per_second=30)


def test_a_reminder_is_sent_once_also_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = NotebookShelf(f"sqlite:///{tmp_path / 'n.db'}", KeyRing.fresh())
    monkeypatch.setattr("addons.channels.telegram.channel.shelf", lambda: shelf)
    today = date(2026, 11, 24)
    book = shelf.of("tg:7")
    book.agree(today)
    book.start_pause(Pause(start=today, end=today + timedelta(7), reminder_wanted=True))
    book.remember_address("7")

    async def test(api: BotApi) -> None:
        for _ in range(2):
            async with running(api, tmp_path, Assistant()) as channel:
                await api.until(lambda: any(m == "setMyCommands" for m, _ in api.calls))
                from telegram import Bot

                from addons.channels.telegram.sending import Sender

                sender = Sender(Bot(TOKEN, base_url=api.url), 100)
                assert await channel.send_reminders(sender, today) == 0
                await channel.send_reminders(sender, today + timedelta(7))
        assert len(api.sent(7)) == 1

    play(test)


# The webhook


def test_the_webhook_wants_its_secret(tmp_path: Path) -> None:
    settings = TelegramSettings(TOKEN, "https://bot.test", "s3cret", state=tmp_path / "t.db")
    channel = TelegramChannel(settings)
    app = Sanic("hook", configure_logging=False)
    blueprint = channel.blueprint(Assistant().answer)
    blueprint._future_listeners.clear()
    app.blueprint(blueprint)

    async def ask() -> List[int]:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.start_serving()
        found = []
        address = f"http://127.0.0.1:{port}/webhooks/telegram"
        async with aiohttp.ClientSession() as session:
            for secret, body in (("", "{}"), ("wrong", "{}"), ("s3cret", "{}"), ("s3cret", "[]")):
                headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
                async with session.post(address, data=body, headers=headers) as answer:
                    found.append(answer.status)
        await server.close()
        return found

    # Not ready yet is 503, after which Telegram sends the update again.
    assert asyncio.run(ask()) == [403, 403, 503, 503]


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="TELEGRAM_SECRET"):
        TelegramSettings.from_environment({"TELEGRAM_TOKEN": "x", "TELEGRAM_WEBHOOK": "https://a"})


def test_without_a_token_the_channel_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    assert from_environment() is None


# Pieces


def test_long_texts_are_cut_at_sentences() -> None:
    text = "A sentence of words. " * 400
    parts = split(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(".") for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert max(len(part) for part in split("x" * 10_000)) <= LONGEST


def test_every_payload_of_the_assistant_fits_a_button() -> None:
    for key in runtime.voice()._bank:
        for button in runtime.voice().template(key).buttons:
            markup = keyboard([{"title": button.title, "payload": button.send}])
            assert markup is not None
            assert len(button.send.encode()) <= 64


def test_seen_survives(tmp_path: Path) -> None:
    seen = Seen(tmp_path / "t.db")
    seen.add(5)
    seen.move(4)
    seen.close()
    again = Seen(tmp_path / "t.db")
    assert again.has(3) and again.has(5) and not again.has(4)
