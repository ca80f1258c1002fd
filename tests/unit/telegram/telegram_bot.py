"""A bot under test: the channel, an assistant that is easy to foresee, and the fake Bot API."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Dict, List
from unittest.mock import patch

from fakes.bot_api import TOKEN, BotApi, serving
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sanic.touchup import TouchUp

from addons.channels.telegram.channel import TelegramChannel
from addons.channels.telegram.settings import TelegramSettings

YES = '/answer{"v":"yes"}'
SECRET = "s3cret"
# Sanic rewrites its own classes when an app starts, and cannot do that twice in a process.
_TOUCHED: List[Sanic] = []


class Assistant:
    """Stands in for the agent: remembers what it was told and answers each once."""

    def __init__(self, parts: int = 1) -> None:
        self.told: List[UserMessage] = []
        self.buttons: List[Dict[str, str]] = []
        self.key = ""
        self.slow = 0.0
        self.parts = parts

    async def answer(self, message: UserMessage) -> None:
        await asyncio.sleep(self.slow)
        self.told.append(message)
        for part in range(1, self.parts + 1):
            more = f" {part}" if self.parts > 1 else ""
            text = f"re: {message.text}{more}"
            reply = {"text": text, "buttons": self.buttons, "key": self.key}
            await message.output_channel.send_response(message.sender_id, reply)

    def texts(self) -> List[str]:
        """What it was told, in that order."""
        return [str(message.text) for message in self.told]


@asynccontextmanager
async def running(
    api: BotApi, state: Path, assistant: Assistant, per_second: float = 200
) -> AsyncIterator[TelegramChannel]:
    """The channel with long polling."""
    path = state / "telegram.db"
    settings = TelegramSettings(TOKEN, api=api.url, state=path, per_second=per_second)
    channel = TelegramChannel(settings)
    await channel._begin(assistant.answer)
    try:
        yield channel
    finally:
        await channel.close()


@asynccontextmanager
async def hooked(api: BotApi, state: Path, assistant: Assistant) -> AsyncIterator[TelegramChannel]:
    """The channel with a webhook, served over real HTTP and told to the fake Bot API."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    settings = TelegramSettings(
        TOKEN,
        f"http://127.0.0.1:{listening.getsockname()[1]}/",
        SECRET,
        api=api.url,
        state=state / "telegram.db",
        per_second=200,
    )
    channel = TelegramChannel(settings)
    Sanic._app_registry.clear()
    app = Sanic("hook", configure_logging=False)
    app.blueprint(channel.blueprint(assistant.answer))
    server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
    if not _TOUCHED:
        TouchUp.run(app)
        _TOUCHED.append(app)
    with patch("sanic.app.TouchUp.run"):
        await server.startup()
    await server.start_serving()
    await server.after_start()
    try:
        await api.until(lambda: channel._inbox is not None)
        yield channel
    finally:
        await server.before_stop()
        await server.close()


async def ask_twice(api: BotApi, assistant: Assistant) -> list[int]:
    """Has the assistant ask two questions of chat 7; the numbers of their messages, in order."""
    assistant.buttons = [{"title": "Yes", "payload": YES}]
    api.text(1, 7, "one")
    api.text(2, 7, "two")
    await api.until(lambda: len(api.sent(7)) == 2 and api.offsets[-1:] == [3])
    return sorted(number for number in api.messages[7] if number > 2)


def play(test: Callable[[BotApi], Awaitable[None]], **options: Any) -> None:
    """Runs a test with a Bot API of its own."""

    async def run() -> None:
        async with serving(BotApi(**options)) as api:
            await test(api)

    asyncio.run(run())


def pressed(number: int, chat: int, data: str, message: int, *offered: str) -> Dict[str, Any]:
    """The update of somebody who presses a button of a message."""
    rows = [[{"text": f"title of {one}", "callback_data": one}] for one in offered]
    shown = {
        "message_id": message,
        "date": 1,
        "chat": {"id": chat, "type": "private", "first_name": "A"},
        "text": "Sure?",
        "reply_markup": {"inline_keyboard": rows},
    }
    person = {"id": chat, "is_bot": False, "first_name": "A"}
    query = {"id": f"q{number}", "from": person, "chat_instance": "c", "message": shown}
    return {"update_id": number, "callback_query": {**query, "data": data}}
