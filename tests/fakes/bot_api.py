"""A small Bot API over real HTTP, with the limits of the real one: 64, 4096, 429, offsets, 401."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Deque, Dict, List, Optional

from aiohttp import web

TOKEN = "123456:fake-token-for-tests"


class BotApi:
    """What the server knows, and what it shall do wrong next."""

    def __init__(self, per_second: Optional[float] = None) -> None:
        self.updates: List[Dict[str, Any]] = []
        self.calls: List[tuple[str, Dict[str, Any]]] = []
        self.errors: Deque[web.Response] = deque()  # answered to sends, in order, before anything
        self.blocked: set[int] = set()
        self.per_second = per_second
        self.too_fast = 0
        self._sent: Deque[float] = deque()
        self._numbers = itertools.count(1000)
        self._new = asyncio.Event()
        self.url = ""

    # What a test does

    def give(self, update: Dict[str, Any]) -> None:
        """Puts an update into the queue."""
        self.updates.append(update)
        self._new.set()

    def text(self, number: int, chat: int, text: str, **more: Any) -> None:
        """Somebody writes."""
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "A"},
            "from": {"id": chat, "is_bot": False, "first_name": "A"},
            "text": text,
            **more,
        }
        self.give({"update_id": number, "message": message})

    def sent(self, chat: Optional[int] = None) -> List[Dict[str, Any]]:
        """The messages sent, to one chat or to all."""
        found = [body for method, body in self.calls if method == "sendMessage"]
        return [body for body in found if chat is None or int(body["chat_id"]) == chat]

    async def until(self, done: Any, seconds: float = 10.0) -> None:
        """Waits until something is so.

        Raises:
            AssertionError: it did not become so in time.
        """
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, f"waited {seconds} s; calls: {self.calls[-5:]}"
            await asyncio.sleep(0.02)

    # What the bot sees

    async def handle(self, request: web.Request) -> web.Response:
        """One call of a method."""
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        method = request.match_info["method"]
        body = await _body(request)
        if method == "getUpdates":
            return await self._get_updates(body)
        if method.startswith(("send", "edit", "delete")) and method != "deleteWebhook":
            if self.errors:
                return self.errors.popleft()
            refused = self._refusal(method, body)
            if refused is not None:
                return refused
        self.calls.append((method, body))
        return _ok(self._result(method, body))

    def _refusal(self, method: str, body: Dict[str, Any]) -> Optional[web.Response]:
        if int(body.get("chat_id", 0)) in self.blocked:
            return _error(403, "Forbidden: bot was blocked by the user")
        if method == "sendMessage":
            if len(body["text"]) > 4096 or not body["text"].strip():
                return _error(400, "Bad Request: message is too long")
            markup = json.loads(body.get("reply_markup") or "{}")
            for row in markup.get("inline_keyboard", []):
                for button in row:
                    if len(button["callback_data"].encode()) > 64:
                        return _error(400, "Bad Request: BUTTON_DATA_INVALID")
            if self.per_second:
                now = time.monotonic()
                self._sent.append(now)
                while self._sent and now - self._sent[0] > 1.0:
                    self._sent.popleft()
                if len(self._sent) > self.per_second:
                    self.too_fast += 1
                    return retry_after(1)
        return None

    def _result(self, method: str, body: Dict[str, Any]) -> Any:
        if method in ("sendMessage", "sendDocument", "editMessageText"):
            return {
                "message_id": next(self._numbers),
                "date": int(time.time()),
                "chat": {"id": int(body["chat_id"]), "type": "private"},
                "text": body.get("text", ""),
            }
        return True

    async def _get_updates(self, body: Dict[str, Any]) -> web.Response:
        offset, wait = int(body.get("offset") or 0), float(body.get("timeout") or 0)
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates and wait:
            self._new.clear()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._new.wait(), min(wait, 1.0))
        return _ok(self.updates[:100])


async def _body(request: web.Request) -> Dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    posted = await request.post()
    return {
        name: value.filename + "\n" + value.file.read().decode()
        if isinstance(value, web.FileField)
        else value
        for name, value in posted.items()
    }


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(code: int, text: str, **more: Any) -> web.Response:
    body = {"ok": False, "error_code": code, "description": text, **more}
    return web.json_response(body, status=code)


def retry_after(seconds: int) -> web.Response:
    """Too many requests."""
    return _error(429, "Too Many Requests", parameters={"retry_after": seconds})


def bad_gateway() -> web.Response:
    """What a proxy says when Telegram is away."""
    return web.Response(status=502, text="<html>Bad Gateway</html>")


@asynccontextmanager
async def serving(api: BotApi) -> AsyncIterator[BotApi]:
    """Runs the server on a free port of this machine."""
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None)  # its lines would hold the token
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    api.url = f"http://127.0.0.1:{port}/bot"
    try:
        yield api
    finally:
        await runner.cleanup()
