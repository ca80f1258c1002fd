"""Replies on their way: made once, sent to everybody who asks for the same message."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import Any, Dict, List, Optional

from rasa.core.channels.channel import OutputChannel

Line = Dict[str, Any]

_FILE = ("name", "type", "text", "base64")  # what a page is told of a file
MOST_ANSWERS = 5_000  # remembered; older ones are still known by the conversation's own window


class Answer:
    """The lines that answer one message, as they are made."""

    def __init__(self, said: str) -> None:
        self.said = said  # a retry must say the same
        self.lines: List[Line] = []
        self.done = False
        self._changed = asyncio.Event()

    def add(self, line: Line) -> None:
        """Another line."""
        self.lines.append(line)
        self._wake()

    def close(self) -> None:
        """That was all."""
        self.done = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def follow(self) -> AsyncIterator[Line]:
        """Every line from the first on, waiting for those to come."""
        place = 0
        while True:
            changed = self._changed
            while place < len(self.lines):
                yield self.lines[place]
                place += 1
            if self.done:
                return
            await changed.wait()


class Answers:
    """The answers of this process, by session and message id."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], Answer] = OrderedDict()

    def get(self, session: str, message: str) -> Optional[Answer]:
        """The answer to a message that came before; None for a new one."""
        return self._kept.get((session, message))

    def open(self, session: str, message: str, said: str) -> Answer:
        """A new answer."""
        answer = Answer(said)
        self._kept[session, message] = answer
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return answer

    def drop(self, session: str) -> None:
        """Forgets a session's answers."""
        for key in [key for key in self._kept if key[0] == session]:
            del self._kept[key]


class WebOutput(OutputChannel):
    """Takes what the assistant says and puts it into an answer."""

    def __init__(self, answer: Answer, message_id: str) -> None:
        self._answer, self._message_id = answer, message_id
        self.keys: List[str] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "web"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """One message of the assistant."""
        self.keys.append(str(message.get("key") or ""))
        number = len(self.keys) - 1
        self._answer.add({"type": "reply", "id": f"{self._message_id}.{number}", **shown(message)})


def shown(message: Dict[str, Any]) -> Line:
    """What a page is told of a message: text, buttons and file, and none of its inner names."""
    found: Line = {"text": str(message.get("text") or ""), "buttons": []}
    for button in message.get("buttons") or []:
        found["buttons"].append({"title": str(button["title"]), "payload": str(button["payload"])})
    file = message.get("attachment")
    if isinstance(file, dict) and {"name", "type"} <= set(file):
        found["attachment"] = {name: str(file[name]) for name in _FILE if name in file}
    return found
