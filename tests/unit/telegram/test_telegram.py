"""The Telegram channel against a Bot API of our own, over real HTTP: what people can do."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Dict

import pytest
from fakes.bot_api import TOKEN, BotApi, conflict, written
from telegram_bot import YES, Assistant, ask_twice, play, pressed, running

from actions import runtime
from addons.channels.telegram import from_environment
from addons.channels.telegram.channel import TelegramChannel
from addons.channels.telegram.settings import TelegramSettings

FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 1, "height": 1}]
PLACE = {"latitude": 1.0, "longitude": 1.0}
STICKER = {**PHOTO[0], "is_animated": False, "is_video": False, "type": "regular"}


def test_a_message_is_answered_with_a_sign_of_typing(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "she left")
            await api.until(lambda: len(api.sent(7)) == 1)
        assert assistant.texts() == ["she left"]
        assert assistant.told[0].sender_id == "tg:7"
        order = [method for method, _ in api.calls if method.startswith("send")]
        assert order == ["sendChatAction", "sendMessage"]

    play(test)


@pytest.mark.parametrize(
    "typed, heard",
    [
        ("/start", "/greet"),
        ("/start abc-123", "/greet"),
        ("/help", "/ask_help"),
        ("/help@AfterwordBot", "/ask_help"),
        ("/pause", "/pause_start"),
        ("/write", "/write_start"),
        ("/plan", "/plan_show"),
        ("/privacy", "/ask_privacy"),
        ("/export", "/my_data"),
        ("/forget", "/forget_me"),
        ("/consent_yes", "\u2060/consent_yes"),
        ('/answer{"v":"yes"}', '\u2060/answer{"v":"yes"}'),
    ],
)
def test_commands_pass_and_intents_do_not(tmp_path: Path, typed: str, heard: str) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(1, 7, typed)
            await api.until(lambda: len(api.sent(7)) == 1)
        assert assistant.texts() == [heard]

    play(test)


def test_the_menu_names_the_commands(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        async with running(api, tmp_path, Assistant()):
            await api.until(lambda: api.called("setMyCommands"))
        menu = json.loads(api.called("setMyCommands")[0]["commands"])
        names = [entry["command"] for entry in menu]
        assert names == ["start", "help", "pause", "write", "plan", "privacy", "export", "forget"]

    play(test)


# Buttons


def test_a_pressed_button_is_shown_and_the_rest_removed(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            assistant.buttons = [{"title": "Yes", "payload": YES}]
            api.text(1, 7, "hello")
            await api.until(lambda: len(api.sent(7)) == 1)
            (asked,) = (number for number in api.messages[7] if number > 1)
            api.give(pressed(2, 7, YES, asked, YES, "/ask_help"))
            await api.until(lambda: len(api.sent(7)) == 2)
        assert assistant.texts() == ["hello", YES]
        edited = api.called("editMessageText", 7)[0]
        assert edited["text"] == f"Sure?\n\n\u203a title of {YES}"
        assert edited["message_id"] == str(asked)
        assert "reply_markup" not in edited
        assert api.called("answerCallbackQuery")[0]["callback_query_id"] == "q2"

    play(test)


@pytest.mark.parametrize(
    "forged",
    ["/forget_me", '/answer{"v":"no"}', "/consent_yes", '/greet{"privacy__state":1}', "", "x" * 64],
)
def test_forged_callback_data_does_nothing(tmp_path: Path, forged: str) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.give(pressed(1, 7, forged, 9, YES))
            await api.until(lambda: api.called("answerCallbackQuery"))
            await asyncio.sleep(0.1)
        assert assistant.told == [] and api.called("editMessageText") == []

    play(test)


def test_an_answer_to_an_earlier_question_is_no_answer_to_this_one(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            first, second = await ask_twice(api, assistant)
            # What is said in between asks nothing, so the second question is still the open one.
            assistant.buttons = [{"title": "Help now", "payload": "/ask_help"}]
            api.give(pressed(3, 7, YES, first, YES))
            api.give(pressed(4, 7, "/ask_help", first, YES, "/ask_help"))
            api.give(pressed(5, 7, YES, second, YES))
            await api.until(lambda: len(api.called("answerCallbackQuery")) == 3)
            await api.until(lambda: len(assistant.told) == 4)
        # The old answer is refused; what starts something may be pressed later as well.
        assert assistant.texts()[2:] == ["/ask_help", YES]
        told = {body["callback_query_id"]: body for body in api.called("answerCallbackQuery")}
        assert "earlier" in told["q3"]["text"]
        assert "text" not in told["q5"]

    play(test)


def test_a_question_asked_since_then_is_the_one_that_is_answered(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        assistant.buttons = [{"title": "Yes", "payload": YES}]
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "one")
            await api.until(lambda: len(api.sent(7)) == 1)
            (first,) = (number for number in api.messages[7] if number > 1)
            api.give(pressed(2, 7, "/ask_help", first, YES, "/ask_help"))
            api.give(pressed(3, 7, YES, first, YES))
            await api.until(lambda: len(api.called("answerCallbackQuery")) == 2)
        assert assistant.texts() == ["one", "/ask_help"]
        assert "earlier" in api.called("answerCallbackQuery")[1]["text"]

    play(test)


def test_every_payload_of_the_assistant_fits_a_button() -> None:
    for key in runtime.voice()._bank:
        for button in runtime.voice().template(key).buttons:
            assert 1 <= len(button.send.encode()) <= 64


# What is no plain text in a private chat


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {**FILE, "duration": 1}},
        {"photo": PHOTO},
        {"sticker": STICKER},
        {"location": PLACE},
        {"contact": {"phone_number": "1", "first_name": "B"}},
        {"video_note": {**FILE, "length": 1, "duration": 1}},
        {"document": FILE},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_is_no_text_gets_a_kind_word(tmp_path: Path, content: Dict[str, Any]) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            update = written(1, 7, "")
            del update["message"]["text"]
            update["message"].update(content)
            api.give(update)
            await api.until(lambda: len(api.sent(7)) == 1)
        assert assistant.told == []
        assert api.sent(7)[0]["text"] == runtime.voice().template("telegram.only_text").say[0]

    play(test)


def test_words_under_a_picture_are_read(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            update = written(1, 7, "")
            del update["message"]["text"]
            update["message"].update(photo=PHOTO, caption="he hit me")
            api.give(update)
            await api.until(lambda: len(api.sent(7)) == 2)
        assert assistant.texts() == ["he hit me"]

    play(test)


def test_an_edited_message_is_not_answered_twice(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "she lfet")
            edited = written(2, 7, "she left")
            api.give({"update_id": 2, "edited_message": {**edited["message"], "message_id": 1}})
            api.text(3, 7, "last")
            await api.until(lambda: len(assistant.told) == 2)
        assert assistant.texts() == ["she lfet", "last"]

    play(test)


@pytest.mark.parametrize(
    "key, answered", [("", ["fine", "danger"]), ("safety.self_harm.first", ["fine"])]
)
def test_an_edit_that_tells_of_danger_is_answered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, answered: list[str]
) -> None:
    async def hears(text: str) -> bool:
        return text == "danger"

    monkeypatch.setattr("addons.channels.telegram.channel.raises_risk", hears)

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        assistant.key = key
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "fine")
            await api.until(lambda: len(api.sent(7)) == 1)
            for number in (2, 3):
                message = {**written(number, 7, "danger")["message"], "message_id": 1}
                api.give({"update_id": number, "edited_message": message})
                assistant.key = "safety.self_harm.first"
                await asyncio.sleep(0.3)
        assert assistant.texts() == answered

    play(test)


def test_a_group_is_told_once_and_nothing_of_it_is_stored(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            for number, kind in ((1, "group"), (2, "group"), (3, "supergroup")):
                update = written(number, -5, "hi MARKER")
                update["message"]["chat"] = {"id": -5, "type": kind, "title": "G"}
                api.give(update)
            post = {**written(4, -9, "post")["message"], "chat": {"id": -9, "type": "channel"}}
            api.give({"update_id": 4, "channel_post": post})
            api.text(5, 7, "last")
            await api.until(lambda: len(assistant.told) == 1)
        assert len(api.sent(-5)) == 1 and api.sent(-9) == []
        assert "private" in api.sent(-5)[0]["text"]
        for file in tmp_path.rglob("*"):
            assert b"MARKER" not in file.read_bytes() and b"-5" not in file.read_bytes()

    play(test)


def test_a_group_that_moved_is_told_under_its_new_number_once(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        api.moved[-5] = -1005
        async with running(api, tmp_path, Assistant()):
            for number, chat in ((1, -5), (2, -1005)):
                update = written(number, chat, "hi")
                kind = "group" if chat == -5 else "supergroup"
                update["message"]["chat"] = {"id": chat, "type": kind, "title": "G"}
                api.give(update)
                if chat == -5:
                    note = written(1, -5, "")["message"]
                    del note["text"]
                    note.update(
                        chat={"id": -5, "type": "group", "title": "G"}, migrate_to_chat_id=-1005
                    )
                    api.give({"update_id": 10, "message": note})
            await api.until(lambda: api.offsets[-1:] == [11])
        assert len(api.sent(-1005)) == 1 and api.sent(-5) == []

    play(test)


# Starting


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


def test_another_program_with_the_token_is_waited_for(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        api.poll_errors.append(conflict())
        api.text(1, 7, "hi")
        async with running(api, tmp_path, Assistant()):
            await api.until(lambda: len(api.sent(7)) == 1)

    play(test)


def test_without_a_token_the_channel_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    assert from_environment() is None
