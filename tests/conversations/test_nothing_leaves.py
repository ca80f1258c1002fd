"""A whole conversation: no address but this machine's is contacted, and no log holds a word of it."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
from typing import Any

import pytest

from addons.logs import write_logs
from addons.replay import Replayer

MARKER = "zebra-marker-41"
SAID = [
    f"he cheated on me, {MARKER}",
    "yes",
    f"can you check a message before i send it {MARKER}",
    f"answer me {MARKER} or we are done",
    "none",
    "i want to write something down",
    f"my own topic {MARKER}",
    "5",
    "2",
    f"dear diary {MARKER}",
    "done",
    f"i want to die {MARKER}",
    "/privacy",
]


async def _talk(replayer: Replayer) -> None:
    person = replayer.person()
    for text in SAID:
        said = await person.say(text)
        assert said.bot, f"silence after {text!r}"


def test_no_outside_address_is_contacted(
    replayer: Replayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> Any:
        asked.append(address)
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and host not in ("127.0.0.1", "::1", "localhost"):
            raise OSError("the network is closed")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    asyncio.run(_talk(replayer))
    outside = [one for one in asked if isinstance(one, tuple) and not one[0].startswith("127.")]
    assert outside == []


def test_no_log_holds_a_word_of_it(replayer: Replayer) -> None:
    out = io.StringIO()
    write_logs("DEBUG")
    logging.getLogger().handlers[0].setStream(out)  # type: ignore[attr-defined]
    asyncio.run(_talk(replayer))
    assert MARKER not in out.getvalue()
    assert "cli:replay" not in out.getvalue()
