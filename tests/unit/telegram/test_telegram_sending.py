"""What goes out: within Telegram's limits, laid out right, and not to people who left."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from fakes.bot_api import BotApi, retry_after, written
from telegram import Bot
from telegram_bot import TOKEN, Assistant, play, running

from addons.channels.telegram.layout import LONGEST, Part, keyboard, parts_of, size, split
from addons.channels.telegram.sending import Sender

SIGNS = "*bold* _it_ `code` [a](b) ~x~ |y| <b>b</b> &amp; # + - = { } . ! \\ > 1_000"


def test_five_hundred_people_within_thirty_a_second(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant, per_second=25):
            for number in range(1, 501):
                api.text(number, number, "hi")
            await api.until(lambda: len(api.sent()) == 500, seconds=120)
            await api.until(lambda: api.offsets[-1:] == [501])
        assert {int(body["chat_id"]) for body in api.sent()} == set(range(1, 501))
        assert api.too_fast == 0
        assert len(assistant.told) == 500

    play(test, per_second=30)


def test_a_chat_told_to_wait_holds_the_others_up_only_when_many_are(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        sender = Sender(Bot(TOKEN, base_url=api.url), 1000)
        api.errors.append(retry_after(1))
        held = asyncio.create_task(sender.say(1, "held"))
        await api.until(lambda: not api.errors)
        began = time.monotonic()
        await sender.say(2, "at once")
        assert time.monotonic() - began < 0.5
        await held
        api.errors.extend([retry_after(1) for _ in range(3)])
        three = [asyncio.create_task(sender.say(chat, "held")) for chat in (1, 2, 3)]
        await api.until(lambda: not api.errors)
        await asyncio.sleep(0.05)
        began = time.monotonic()
        await sender.say(4, "waits as well")
        assert time.monotonic() - began > 0.5
        await asyncio.gather(*three)

    play(test)


@pytest.mark.parametrize("how", ["blocked", "deactivated", "missing"])
def test_whoever_is_gone_is_left_alone_until_they_write(tmp_path: Path, how: str) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant(parts=3)
        tried: list[int] = []
        api.on_arrival = lambda method, body: (
            tried.append(int(body["chat_id"])) if method == "sendMessage" else None
        )
        async with running(api, tmp_path, assistant):
            getattr(api, how).add(7)
            api.text(1, 7, "hi")
            api.text(2, 8, "hi")
            await api.until(lambda: len(api.sent(8)) == 3 and len(assistant.told) == 2)
            await api.until(lambda: api.offsets[-1:] == [3])
            assert tried.count(7) == 1  # the second and third part are not even tried
            getattr(api, how).discard(7)
            api.text(3, 7, "back")
            await api.until(lambda: len(api.sent(7)) == 3)

    play(test)


def test_a_block_is_noticed_at_once(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        person = {"id": 7, "is_bot": False, "first_name": "A"}
        bot = {"id": 1, "is_bot": True, "first_name": "B"}
        change = {
            "chat": {"id": 7, "type": "private", "first_name": "A"},
            "from": person,
            "date": 1,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
        }
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.give({"update_id": 1, "my_chat_member": change})
            await api.until(lambda: api.offsets[-1:] == [2])
            api.text(2, 7, "I am back")
            await api.until(lambda: len(api.sent(7)) == 1)

    play(test)


def test_a_private_chat_that_moved_gets_its_reply(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        api.moved[7] = 70
        sender = Sender(Bot(TOKEN, base_url=api.url), 100)
        assert await sender.say(7, "hello") is not None
        assert [body["text"] for body in api.sent(70)] == ["hello"]

    play(test)


def test_signs_of_markup_arrive_as_they_are(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        async with running(api, tmp_path, Assistant()):
            api.text(1, 7, SIGNS)
            await api.until(lambda: len(api.sent(7)) == 1)
        assert api.sent(7)[0]["text"] == f"re: {SIGNS}"
        assert "parse_mode" not in api.sent(7)[0]

    play(test)


def test_a_file_is_sent_with_what_is_in_it(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()

        async def answer(message: object) -> None:
            attachment = {"name": "plan.md", "text": "# My plan\n\nWärme"}
            reply = {"text": "Here it is.", "buttons": [], "attachment": attachment}
            await message.output_channel.send_response("tg:7", reply)  # type: ignore[attr-defined]

        assistant.answer = answer  # type: ignore[method-assign]
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "/plan")
            await api.until(lambda: api.called("sendDocument", 7))
        assert api.called("sendDocument", 7)[0]["document"] == "plan.md\n# My plan\n\nWärme"
        assert [body["text"] for body in api.sent(7)] == ["Here it is."]

    play(test)


def test_a_long_reply_arrives_whole_with_its_buttons_at_the_end(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        words = "A sentence of words. " * 600
        buttons = [{"title": "Help now", "payload": "/ask_help"}]

        async def answer(message: object) -> None:
            reply = {"text": words, "buttons": buttons}
            await message.output_channel.send_response("tg:7", reply)  # type: ignore[attr-defined]

        assistant.answer = answer  # type: ignore[method-assign]
        async with running(api, tmp_path, assistant):
            api.give(written(1, 7, "more"))
            await api.until(lambda: len(api.sent(7)) == 4)
        assert api.refused == []
        sent = api.sent(7)
        assert " ".join(body["text"] for body in sent) == words.strip()
        assert ["reply_markup" in body for body in sent] == [False, False, False, True]

    play(test)


# Layout


def test_long_texts_are_cut_at_sentences() -> None:
    text = "A sentence of words. " * 400
    parts = split(text)
    assert all(size(part) <= LONGEST and part.endswith(".") for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "text, parts",
    [
        ("One two. Three four.", ["One two.", "Three four."]),
        ("Is it? Yes it is so.", ["Is it?", "Yes it is so."]),
        ("He said no. “Why” me?", ["He said no.", "“Why” me?"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("no sentence ends here at all", ["no sentence", "ends here at", "all"]),
        ("x" * 30, ["x" * 14, "x" * 14, "xx"]),
        ("\U0001f642" * 10, ["\U0001f642" * 7, "\U0001f642" * 3]),
        ("  ", ["\u2026"]),
        ("", ["\u2026"]),
    ],
)
def test_where_texts_are_cut(text: str, parts: list[str]) -> None:
    assert split(text, 14) == parts


def test_buttons_go_under_the_last_part() -> None:
    reply = {"text": "x " * 3000, "buttons": [{"title": "Yes", "payload": "/y"}]}
    found = parts_of({**reply, "attachment": {"name": "a.md", "text": "words"}})
    assert [bool(part.buttons) for part in found] == [False, True, False]
    assert found[-1] == Part("", file="a.md", content=b"words")


def test_short_buttons_stand_two_in_a_row() -> None:
    titles = ["Yes", "No", "I'm 18 or over, and that's fine", "Tell me more"]
    made = keyboard([{"title": title, "payload": "/x"} for title in titles])
    assert made is not None
    assert [len(row) for row in made.inline_keyboard] == [2, 1, 1]
    assert keyboard([]) is None
