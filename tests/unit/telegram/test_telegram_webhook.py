"""The webhook over real HTTP: its secret, what came twice, what came in another order."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from fakes.bot_api import BotApi, written
from telegram_bot import SECRET, Assistant, hooked, play, running

from addons.channels.telegram.settings import TelegramSettings


def test_telegram_is_told_where_to_call_with_which_secret(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        async with hooked(api, tmp_path, Assistant()):
            assert api.webhook["url"].endswith("/webhooks/telegram")
            assert "//webhooks" not in api.webhook["url"]
            assert api.webhook["secret_token"] == SECRET

    play(test)


def test_a_call_with_the_secret_is_answered(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with hooked(api, tmp_path, assistant):
            assert await api.push(written(5, 7, "she left")) == 200
            # Taken as delivered when its reply is out, and no sooner.
            assert [body["text"] for body in api.sent(7)] == ["re: she left"]
        assert assistant.told[0].sender_id == "tg:7"

    play(test)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "ß"])
def test_a_call_without_the_secret_is_refused(tmp_path: Path, secret: str) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with hooked(api, tmp_path, assistant):
            assert await api.push(written(5, 7, "forged"), secret=secret) == 403
            await asyncio.sleep(0.1)
        assert assistant.told == [] and api.sent() == []

    play(test)


@pytest.mark.parametrize("body", ["[]", "{}", "not json", '"text"', '{"update_id": "5"}', "null"])
def test_what_is_no_update_is_refused(tmp_path: Path, body: str) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with hooked(api, tmp_path, assistant):
            assert await api.push(body) == 400
            assert await api.push(written(6, 7, "still there")) == 200
        assert assistant.texts() == ["still there"]

    play(test)


def test_an_update_nobody_can_read_does_not_come_again_for_ever(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        broken: dict[str, Any] = {"update_id": 5, "message": {"chat": 7}}
        async with hooked(api, tmp_path, Assistant()):
            assert await api.push(broken) == 200

    play(test)


def test_what_comes_twice_is_answered_once(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        assistant.slow = 0.1
        async with hooked(api, tmp_path, assistant):
            update = written(5, 7, "once")
            assert await asyncio.gather(api.push(update), api.push(update)) == [200, 200]
            assert await api.push(update) == 200
        assert assistant.texts() == ["once"] and len(api.sent(7)) == 1

    play(test)


def test_what_was_answered_before_a_restart_is_not_answered_again(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        first, second = Assistant(), Assistant()
        async with hooked(api, tmp_path, first):
            assert await api.push(written(5, 7, "before")) == 200
        async with hooked(api, tmp_path, second):
            assert await api.push(written(5, 7, "before")) == 200
            assert await api.push(written(6, 7, "after")) == 200
        assert first.texts() == ["before"] and second.texts() == ["after"]

    play(test)


def test_calls_that_overtake_each_other_are_answered_in_order(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with hooked(api, tmp_path, assistant):
            calls = []
            for number in (13, 11, 14, 10, 12):
                calls.append(asyncio.create_task(api.push(written(number, 7, f"m{number}"))))
                await asyncio.sleep(0.02)
            assert await asyncio.gather(*calls) == [200] * 5
            # From here on nothing is missing, and nothing waits.
            began = time.monotonic()
            assert await api.push(written(15, 7, "m15")) == 200
            assert time.monotonic() - began < 0.8
        assert assistant.texts() == [f"m{number}" for number in range(10, 16)]

    play(test)


def test_a_number_that_never_comes_holds_nobody_up_for_long(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with hooked(api, tmp_path, assistant):
            await api.push(written(10, 7, "m10"))
            began = time.monotonic()
            assert await api.push(written(12, 7, "m12")) == 200
            assert time.monotonic() - began < 3
            # A very late one is answered late, not lost.
            assert await api.push(written(11, 7, "m11")) == 200
        assert assistant.texts() == ["m10", "m12", "m11"]

    play(test)


def test_what_could_not_be_answered_is_sent_again(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        first, second = Assistant(), Assistant()
        first.slow = 60.0
        async with hooked(api, tmp_path, first) as channel:
            call = asyncio.create_task(api.push(written(5, 7, "slow")))
            await api.until(lambda: channel._inbox is not None and channel._inbox.holds(5))
            assert channel._inbox is not None and channel._aside is not None
            await channel._aside.run(channel._inbox.finish(0.1))
            assert await call == 503
        async with hooked(api, tmp_path, second):
            assert await api.push(written(5, 7, "slow")) == 200
        assert second.texts() == ["slow"]

    play(test)


def test_back_to_long_polling_takes_the_webhook_away(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with hooked(api, tmp_path, Assistant()):
            assert api.webhook
        api.text(20, 7, "polled")
        async with running(api, tmp_path, assistant):
            await api.until(lambda: len(api.sent(7)) == 1)
        assert not api.webhook and assistant.texts() == ["polled"]

    play(test)


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="TELEGRAM_SECRET"):
        TelegramSettings.from_environment({"TELEGRAM_TOKEN": "x", "TELEGRAM_WEBHOOK": "https://a"})
