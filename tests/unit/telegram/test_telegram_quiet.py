"""The token, and what people write, are in no log at any level, whoever writes it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from fakes.bot_api import TOKEN, BotApi, bad_gateway, retry_after
from telegram_bot import SECRET, Assistant, hooked, play, running

from addons.channels.telegram.quiet import INSTEAD, LOUD, keep_out
from addons.channels.telegram.settings import TelegramSettings

HALF = TOKEN.split(":")[1]


@pytest.fixture(autouse=True)
def loud() -> object:
    """Undoes what a channel has quietened, as somebody looking for a fault might."""
    yield
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.NOTSET)


def make_loud() -> None:
    for name in (*LOUD, "httpcore.connection", "httpcore.http11", "telegram.Bot", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)


def test_the_token_is_in_no_log_however_loud(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def test(api: BotApi) -> None:
        with caplog.at_level(logging.DEBUG):
            async with running(api, tmp_path, Assistant()):
                make_loud()
                api.errors.extend([bad_gateway(), retry_after(1)])
                api.poll_errors.append(bad_gateway())
                api.text(1, 7, "hi")
                await api.until(lambda: len(api.sent(7)) == 1)
        assert "api" in caplog.text or "HTTP" in caplog.text  # they did write
        assert TOKEN not in caplog.text and HALF not in caplog.text

    play(test)


def test_nor_are_the_secret_and_what_people_write(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def test(api: BotApi) -> None:
        with caplog.at_level(logging.DEBUG):
            async with hooked(api, tmp_path, Assistant()):
                from fakes.bot_api import written

                assert await api.push(written(1, 7, "MARKER")) == 200
                assert await api.push({"update_id": 2, "message": {"text": "MARKER"}}) == 200
                await api.push(written(3, 7, "MARKER"), secret="wrong")
            async with running(api, tmp_path, Assistant()):
                api.give({"update_id": 4, "message": {"text": "MARKER", "chat": 1}})
                api.text(5, 7, "MARKER")
                await api.until(lambda: len(api.sent(7)) == 2)
        ours = [r for r in caplog.records if not r.name.startswith("aiohttp")]
        written_down = "\n".join(record.getMessage() for record in ours)
        assert "MARKER" not in written_down and SECRET not in written_down
        assert HALF not in written_down

    play(test)


def test_a_trace_loses_the_token_as_well(caplog: pytest.LogCaptureFixture) -> None:
    keep_out(TOKEN)
    try:
        raise RuntimeError(f"cannot reach https://host/bot{TOKEN}/sendMessage")
    except RuntimeError:
        logging.getLogger("somebody").exception("failed with %s", TOKEN)
    formatted = caplog.text
    assert "RuntimeError" in formatted and INSTEAD in formatted
    assert TOKEN not in formatted and HALF not in formatted


def test_a_task_nobody_waited_for_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    keep_out(TOKEN)

    async def fail() -> None:
        raise RuntimeError(TOKEN)

    async def run() -> None:
        task = asyncio.create_task(fail())
        await asyncio.sleep(0.01)
        del task

    asyncio.run(run())
    assert HALF not in caplog.text


def test_arguments_that_do_not_fit_do_no_harm(caplog: pytest.LogCaptureFixture) -> None:
    keep_out(TOKEN)
    record = logging.getLogger("x").makeRecord("x", 10, "f", 1, "%d" + TOKEN, ("a",), None)
    assert TOKEN not in str(record.msg)


def test_the_settings_do_not_show_it() -> None:
    assert TOKEN not in repr(TelegramSettings(TOKEN, secret=SECRET))
    assert SECRET not in repr(TelegramSettings(TOKEN, secret=SECRET))
