"""/forget deletes what Telegram lets a bot delete, and leaves nothing of the chat with us."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fakes.bot_api import BotApi
from telegram_bot import YES, Assistant, ask_twice, play, pressed, running

from actions import runtime
from addons.channels.telegram.young import REMEMBERED, YOUNG, Young
from addons.channels.web_talk import Known
from addons.stores.people import person_key
from afterword.notebook import NotebookShelf
from afterword.notebook import keys as key_module
from afterword.notebook.keys import KeyRing

FORGOTTEN = "privacy.forgotten"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotebookShelf]:
    ring = KeyRing.fresh()
    monkeypatch.setattr(key_module, "keys", lambda: ring)
    person_key.cache_clear()
    made = NotebookShelf(f"sqlite:///{tmp_path / 'n.db'}", ring)
    monkeypatch.setattr("addons.channels.telegram.answering.shelf", lambda: made)
    yield made
    person_key.cache_clear()


def agree(shelf: NotebookShelf) -> None:
    notebook = shelf.of("tg:7")
    notebook.agree(date.today())
    notebook.close()


def test_forget_deletes_both_sides_messages_and_says_so(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(41, 7, "hello")
            api.text(42, 8, "somebody else")
            await api.until(lambda: len(api.sent()) == 2)
            theirs = set(api.messages[7])
            assert len(theirs) == 2
            assistant.key = FORGOTTEN
            api.text(43, 7, "yes delete")
            await api.until(lambda: len(api.sent(7)) == 3)
        # What is left is what was said last: that it is gone.
        assert len(api.messages[7]) == 2 and not theirs & set(api.messages[7])
        assert len(api.messages[8]) == 2
        said = [body["text"] for body in api.sent(7)]
        assert said[-1] == runtime.voice().template("telegram.deleted").say[0]

    play(test)


def test_messages_of_before_a_restart_are_deleted_as_well(
    tmp_path: Path, shelf: NotebookShelf
) -> None:
    agree(shelf)

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(41, 7, "hello")
            await api.until(lambda: len(api.sent(7)) == 1 and api.offsets[-1:] == [42])
        assistant.key = FORGOTTEN
        async with running(api, tmp_path, assistant):
            api.text(42, 7, "yes delete")
            await api.until(lambda: len(api.sent(7)) == 3)
        assert 41 not in api.messages[7] and len(api.messages[7]) == 2

    play(test)


def test_without_consent_nothing_of_the_chat_is_on_disk(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        async with running(api, tmp_path, Assistant()):
            api.text(41, 7, "hello MARKER")
            await api.until(lambda: api.offsets[-1:] == [42])
            assert young_rows(tmp_path) == 0
        for file in tmp_path.rglob("*"):
            content = file.read_bytes()
            assert b"MARKER" not in content and person_key("tg:7").encode() not in content

    play(test)


def test_with_consent_there_are_numbers_and_a_keyed_hash(
    tmp_path: Path, shelf: NotebookShelf
) -> None:
    agree(shelf)

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.text(41, 7777777, "hello MARKER")
            api.text(42, 7, "hello MARKER")
            await api.until(lambda: api.offsets[-1:] == [43])
            assert young_rows(tmp_path) == 2
            assistant.key = FORGOTTEN
            api.text(43, 7, "yes delete")
            await api.until(lambda: api.offsets[-1:] == [44])
            assert young_rows(tmp_path) == 0
        for file in tmp_path.glob("telegram.db*"):
            content = file.read_bytes()
            assert b"MARKER" not in content and b"7777777" not in content
            assert person_key("tg:7").encode() not in content

    play(test)


def test_who_agrees_no_more_is_taken_off_the_disk_and_can_still_be_forgotten(
    tmp_path: Path, shelf: NotebookShelf
) -> None:
    agree(shelf)

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        assistant.buttons = [{"title": "Yes", "payload": YES}]
        async with running(api, tmp_path, assistant):
            api.text(41, 7, "hello")
            await api.until(lambda: api.offsets[-1:] == [42])
            assert young_rows(tmp_path) == 2
            notebook = shelf.of("tg:7")
            notebook.forget()  # as when somebody turns out to be a minor
            notebook.close()
            api.text(42, 7, "im 15")
            await api.until(lambda: api.offsets[-1:] == [43])
            assert young_rows(tmp_path) == 0
            for file in tmp_path.glob("telegram.db*"):
                assert person_key("tg:7").encode() not in file.read_bytes()
            assistant.buttons, assistant.key = [], FORGOTTEN
            api.text(43, 7, "yes delete")
            await api.until(lambda: len(api.sent(7)) == 4)
        assert not {41, 42, 43} & set(api.messages[7]) and len(api.messages[7]) == 2

    play(test)


@pytest.mark.parametrize("kept", [True, False])
def test_the_newest_question_outlives_a_restart_of_who_agreed(
    tmp_path: Path, shelf: NotebookShelf, kept: bool
) -> None:
    if kept:
        agree(shelf)

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            older, newer = await ask_twice(api, assistant)
        async with running(api, tmp_path, assistant):
            api.give(pressed(3, 7, YES, older, YES))
            api.give(pressed(4, 7, YES, newer, YES))
            await api.until(lambda: api.offsets[-1:] == [5])
        # Without consent the talk ended with the process, and no question of it is open any more.
        assert assistant.texts() == ["one", "two"] + [YES] * kept
        told = {body["callback_query_id"]: body for body in api.called("answerCallbackQuery")}
        assert "earlier" in told["q3"]["text"] and ("earlier" in str(told["q4"])) is not kept

    play(test)


def test_a_question_another_worker_asked_is_known_from_the_talk(tmp_path: Path) -> None:
    class Talk:
        async def known(self, sender: str) -> Known:
            if sender == "tg:9":
                raise OSError("out of reach")
            return Known(offered=frozenset((YES,)) if sender == "tg:7" else frozenset())

    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant) as channel:
            channel._talk = Talk()  # type: ignore[assignment]
            for number, chat in enumerate((7, 8, 9), 1):
                api.give(pressed(number, chat, YES, 20, YES))
            await api.until(lambda: api.offsets[-1:] == [4])
        assert sorted(message.sender_id for message in assistant.told) == ["tg:7", "tg:9"]

    play(test)


def test_old_messages_are_left_to_the_person(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant) as channel:
            await api.until(lambda: channel._young is not None)
            assert channel._young is not None
            channel._young._now = lambda: time.time() - YOUNG - 3600
            api.text(41, 7, "hello")
            await api.until(lambda: api.offsets[-1:] == [42])
            api.messages[7] = dict.fromkeys(api.messages[7], time.time() - YOUNG - 3600)
            channel._young._now = time.time
            assistant.key = FORGOTTEN
            api.text(42, 7, "yes delete")
            await api.until(lambda: len(api.sent(7)) == 3)
        assert api.refused == []
        assert 41 in api.messages[7] and 42 not in api.messages[7]

    play(test)


def test_more_than_a_hundred_are_deleted_in_several_calls(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant, per_second=1000):
            for number in range(1, 81):
                api.text(number, 7, "hello")
            await api.until(lambda: len(api.sent(7)) == 80)
            assistant.key = FORGOTTEN
            api.text(81, 7, "yes delete")
            await api.until(lambda: len(api.sent(7)) == 82)
        counts = [len(json.loads(b["message_ids"])) for b in api.called("deleteMessages")]
        assert counts == [100, 61] and api.refused == []

    play(test)


def test_a_crash_after_forgetting_does_not_run_the_turn_again(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        first, second = Assistant(), Assistant()
        first.key = FORGOTTEN
        api.slow = 30.0
        async with running(api, tmp_path, first) as channel:
            api.text(41, 7, "yes delete")
            await api.until(lambda: len(api.sent(7)) == 1)
            assert channel._inbox is not None
            await channel._inbox.finish(0)
        api.slow = 0.0
        async with running(api, tmp_path, second):
            await api.until(lambda: len(api.sent(7)) >= 2)
            await asyncio.sleep(0.2)
        assert second.told == []
        assert api.sent(7)[1]["text"] == runtime.voice().template(FORGOTTEN).say[0]

    play(test)


def young_rows(folder: Path) -> int:
    import sqlite3

    with sqlite3.connect(folder / "telegram.db") as store:
        count = store.execute("SELECT count(*) FROM young").fetchone()[0]
    store.close()
    return int(count)


def test_memory_has_an_end(tmp_path: Path) -> None:
    young = Young(tmp_path / "t.db")
    for number in range(REMEMBERED + 50):
        young.add(7, number)
    assert len(young.of(7)) == REMEMBERED
    young.drop(7)
    assert young.of(7) == []
    young.close()


def test_an_old_question_goes_from_the_disk_too_when_consent_does(tmp_path: Path) -> None:
    young = Young(tmp_path / "t.db", now=lambda: 0.0)
    young.add(7, 1)
    young.ask(7, 1)
    young.keep(7)
    young._now = lambda: YOUNG + 1.0
    young.add(8, 2)
    young.keep(8)  # takes what is no longer young off the disk, of everybody
    young.keep_no_more(7)
    assert young.newest_question(7) == 1
    young.close()
    again = Young(tmp_path / "t.db", now=lambda: YOUNG + 1.0)
    assert again.newest_question(7) is None
    again.close()


def test_a_key_that_cannot_be_used_keeps_it_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from afterword.notebook import NotebookError

    def broken(_sender: str) -> str:
        raise NotebookError("no key")

    monkeypatch.setattr("addons.channels.telegram.young.person_key", broken)
    young = Young(tmp_path / "t.db")
    young.add(7, 1)
    young.keep(7)
    assert young.of(7) == [1]
    young.drop(7)
    assert young.of(7) == []
    young.close()
