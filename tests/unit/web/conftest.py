"""A running server with an assistant of fixed answers, and a client for it."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic.server import AsyncioServer

from addons.channels.web_settings import WebSettings
from tests.web.assistant import Assistant, app_of

_ids = itertools.count(1)


class Client:
    """Speaks to the server over a real socket, as one address."""

    def __init__(self, port: int, assistant: Assistant) -> None:
        self.port, self.assistant = port, assistant
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10)

    def post(
        self, name: str, body: Any = None, token: str | None = None, **more: Any
    ) -> httpx.Response:
        """Posts JSON (or `content` as it is) with a token."""
        headers = {
            **({"Authorization": f"Bearer {token}"} if token else {}),
            **more.pop("headers", {}),
        }
        if "content" not in more:
            more["json"] = {} if body is None else body
        return self.http.post(f"/api/web/{name}", headers=headers, **more)

    def start(self, **more: Any) -> str:
        """A session's token."""
        return str(self.post("session", **more).json()["token"])

    def say(self, token: str, text: str | None = None, **more: Any) -> httpx.Response:
        """Sends a message with a new id."""
        body = {"id": f"message-{next(_ids)}", **({} if text is None else {"text": text}), **more}
        return self.post("message", body, token)

    def history(self, token: str) -> httpx.Response:
        """What was said."""
        return self.http.get("/api/web/history", headers={"Authorization": f"Bearer {token}"})


def replies(response: httpx.Response) -> list[str]:
    """The texts of a streamed answer."""
    parts = [json.loads(line) for line in response.text.splitlines()]
    return [part["text"] for part in parts if part["type"] == "reply"]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Starts servers; each has settings of its own."""
    running: list[tuple[asyncio.AbstractEventLoop, AsyncioServer, threading.Thread]] = []

    def start(**settings: Any) -> Client:
        assistant = Assistant()
        given = {"data": tmp_path / "var", "files": tmp_path, "address_rate": 60_000.0, **settings}
        app = app_of(assistant, WebSettings(**given))
        listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()

        async def up() -> AsyncioServer:
            server = await app.create_server(
                sock=listening, return_asyncio_server=True, access_log=False
            )
            await server.startup()
            await server.before_start()
            await server.after_start()
            return server

        server = asyncio.run_coroutine_threadsafe(up(), loop).result(20)
        running.append((loop, server, thread))
        return Client(listening.getsockname()[1], assistant)

    yield start
    for loop, server, thread in running:

        async def down(server: AsyncioServer = server) -> None:
            await server.before_stop()
            server.close()

        asyncio.run_coroutine_threadsafe(down(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


@pytest.fixture
def client(serve: Callable[..., Client]) -> Client:
    """A server with generous limits."""
    return serve(session_rate=6000.0, start_rate=6000.0)
