"""A small Bot API over real HTTP, with the limits of the real one.

Long polling with offsets, webhooks with a secret, 400, 401, 403, 409, 429 and 502, slow answers,
chats that were blocked, deleted or moved, 64 bytes of a button, 4,096 characters of a text, 48
hours and a hundred messages of a deletion, 30 messages a second.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Deque, Dict, List, Optional

import aiohttp
from aiohttp import web

TOKEN = "123456:fake-token-for-tests"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
OLDEST = 48 * 3600  # seconds; older messages cannot be deleted
SENDS = ("sendMessage", "sendDocument")


class BotApi:
    """What the server knows, and what it shall do wrong next."""

    def __init__(self, per_second: Optional[float] = None) -> None:
        self.updates: List[Dict[str, Any]] = []
        self.calls: List[tuple[str, Dict[str, Any]]] = []
        self.errors: Deque[web.Response] = deque()  # answered to sends, in order, before anything
        self.poll_errors: Deque[web.Response] = deque()  # the same for getUpdates
        self.blocked: set[int] = set()
        self.deactivated: set[int] = set()
        self.missing: set[int] = set()
        self.moved: Dict[int, int] = {}
        self.slow = 0.0  # seconds until a send is answered
        self.on_arrival: Callable[[str, Dict[str, Any]], None] = lambda method, body: None
        self.on_taken: Callable[[str, Dict[str, Any]], None] = lambda method, body: None
        self.per_second = per_second
        self.too_fast = 0
        self.refused: List[str] = []  # what was answered with 400
        self.offsets: List[int] = []
        self.messages: Dict[int, Dict[int, float]] = {}  # by chat: number and time of each message
        self.webhook: Dict[str, Any] = {}
        self.url = ""
        self._sent: Deque[float] = deque()
        self._numbers = itertools.count(100_000)
        self._new = asyncio.Event()
        self._polls = 0

    # What a test does

    def give(self, update: Dict[str, Any]) -> None:
        """Puts an update into the queue."""
        self.updates.append(update)
        self._new.set()

    def text(self, number: int, chat: int, text: str, **more: Any) -> None:
        """Somebody writes."""
        self.give(written(number, chat, text, **more))
        self.messages.setdefault(chat, {})[number] = time.time()

    def sent(self, chat: Optional[int] = None) -> List[Dict[str, Any]]:
        """The messages sent, to one chat or to all."""
        return self.called("sendMessage", chat)

    def called(self, method: str, chat: Optional[int] = None) -> List[Dict[str, Any]]:
        """The calls of a method that were taken, for one chat or for all."""
        found = [body for name, body in self.calls if name == method]
        return [body for body in found if chat is None or int(body["chat_id"]) == chat]

    async def push(self, update: Any, secret: Optional[str] = None) -> int:
        """Calls the webhook with an update; the status it answered with."""
        given = self.webhook.get("secret_token") if secret is None else secret
        headers = {SECRET_HEADER: given} if given else {}
        body = update if isinstance(update, str) else json.dumps(update)
        headers["Content-Type"] = "application/json"
        address = self.webhook["url"]
        async with (
            aiohttp.ClientSession() as session,
            session.post(address, data=body, headers=headers) as answer,
        ):
            return answer.status

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
        try:
            body = await _body(request)
        except ConnectionResetError:  # the bot died while it was calling
            return _error(400, "Bad Request")
        if method == "getUpdates":
            return await self._get_updates(body)
        self.on_arrival(method, body)
        if method.startswith(("send", "edit", "delete")) and method != "deleteWebhook":
            if self.errors:
                return self.errors.popleft()
            refused = self._refusal(method, body)
            if refused is not None:
                return refused
        if method == "setMyCommands":
            _check_commands(json.loads(body["commands"]))
        elif method == "setWebhook":
            self.webhook = body
        elif method == "deleteWebhook":
            self.webhook = {}
        self.calls.append((method, body))
        result = self._result(method, body)
        self.on_taken(method, body)
        if self.slow and method in SENDS:
            await asyncio.sleep(self.slow)
        return _ok(result)

    def _refusal(self, method: str, body: Dict[str, Any]) -> Optional[web.Response]:
        chat = int(body.get("chat_id", 0))
        if chat in self.blocked:
            return _error(403, "Forbidden: bot was blocked by the user")
        if chat in self.deactivated:
            return _error(403, "Forbidden: user is deactivated")
        if chat in self.moved:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            return _error(400, text, parameters={"migrate_to_chat_id": self.moved[chat]})
        wrong = "chat not found" if chat in self.missing else self._wrong(method, body, chat)
        if wrong:
            self.refused.append(f"{method}: {wrong}")
            return _error(400, f"Bad Request: {wrong}")
        return self._too_fast() if method in SENDS and self.per_second else None

    def _wrong(self, method: str, body: Dict[str, Any], chat: int) -> str:
        if method == "deleteMessages":
            numbers = json.loads(body["message_ids"])
            if not 1 <= len(numbers) <= 100:
                return "message identifiers are wrong"
            limit = time.time() - OLDEST
            known = self.messages.get(chat, {})
            if any(known.get(number, limit + 1) < limit for number in numbers):
                return "message can't be deleted for everyone"
        if method in ("sendMessage", "editMessageText"):
            if len(body["text"].encode("utf-16-le")) // 2 > 4096:
                return "message is too long"
            if not body["text"].strip():
                return "message text is empty"
            markup = json.loads(body.get("reply_markup") or "{}")
            for button in itertools.chain(*markup.get("inline_keyboard", [])):
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    return "BUTTON_DATA_INVALID"
        return ""

    def _too_fast(self) -> Optional[web.Response]:
        now = time.monotonic()
        self._sent.append(now)
        while now - self._sent[0] > 1.0:
            self._sent.popleft()
        if len(self._sent) <= float(self.per_second or 0):
            return None
        self.too_fast += 1
        return retry_after(1)

    def _result(self, method: str, body: Dict[str, Any]) -> Any:
        if method == "deleteMessages":
            for number in json.loads(body["message_ids"]):
                self.messages.get(int(body["chat_id"]), {}).pop(number, None)
            return True
        if method not in (*SENDS, "editMessageText"):
            return True
        chat, number = int(body["chat_id"]), int(body.get("message_id") or next(self._numbers))
        self.messages.setdefault(chat, {})[number] = time.time()
        return {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private"},
            "text": body.get("text", ""),
        }

    async def _get_updates(self, body: Dict[str, Any]) -> web.Response:
        if self.poll_errors:
            return self.poll_errors.popleft()
        if self.webhook:
            return _error(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, wait = int(body.get("offset") or 0), float(body.get("timeout") or 0)
        self.offsets.append(offset)
        self._polls += 1
        this = self._polls
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates and wait:
            self._new.set()  # ends a poll that still waits
            await asyncio.sleep(0)
            self._new.clear()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._new.wait(), min(wait, 1.0))
            if this != self._polls:
                return _error(409, "Conflict: terminated by other getUpdates request")
        return _ok(self.updates[:100])


def written(number: int, chat: int, text: str, **more: Any) -> Dict[str, Any]:
    """The update of somebody who writes; its message has the same number."""
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "A"},
        "from": {"id": chat, "is_bot": False, "first_name": "A"},
        "text": text,
        **more,
    }
    return {"update_id": number, "message": message}


def _check_commands(commands: List[Dict[str, str]]) -> None:
    assert 1 <= len(commands) <= 100
    for command in commands:
        assert re.fullmatch("[a-z0-9_]{1,32}", command["command"])
        assert 1 <= len(command["description"]) <= 256


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


def conflict() -> web.Response:
    """Another program asks for updates with the same token."""
    return _error(409, "Conflict: terminated by other getUpdates request")


@asynccontextmanager
async def serving(api: BotApi) -> AsyncIterator[BotApi]:
    """Runs the server on a free port of this machine."""
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None)  # its lines would hold the token
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=1)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    api.url = f"http://127.0.0.1:{port}/bot"
    try:
        yield api
    finally:
        await runner.cleanup()
