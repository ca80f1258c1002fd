"""The reply bank: data/replies/*.yml, where every word said to the person stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, Mapping

from pydantic import Field, validator

from afterword.content.errors import ContentError, build, read_table
from afterword.content.models import Content
from afterword.content.wording import names_in

MAX_PAYLOAD = 64  # bytes; Telegram's limit for a button's data
_KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")


class ButtonTemplate(Content):
    """A choice under a reply: what it says, and what is sent when it is pressed."""

    title: str = Field(..., min_length=1, max_length=60)
    send: str

    @validator("send")
    def _payload(cls, send: str) -> str:
        if not send.startswith("/"):
            raise ValueError("expected an intent, beginning with '/'")
        if len(send.encode()) > MAX_PAYLOAD:
            raise ValueError(f"expected at most {MAX_PAYLOAD} bytes, here are {len(send.encode())}")
        if "(" in send or ")" in send:
            raise ValueError("expected no brackets () in it; Rasa's shell cuts there")
        return send


class ReplyTemplate(Content):
    """A reply: several wordings of one message, and its buttons."""

    say: list[str] = Field(..., min_items=1)
    buttons: list[ButtonTemplate] = []

    @validator("say", each_item=True)
    def _wording(cls, text: str) -> str:
        if not text:
            raise ValueError("expected words")
        names_in(text)
        return text

    @validator("say")
    def _different(cls, wordings: list[str]) -> list[str]:
        if len(set(wordings)) != len(wordings):
            raise ValueError("expected wordings that differ")
        return wordings

    @property
    def placeholders(self) -> frozenset[str]:
        """The names its wordings and button titles need."""
        titles = (button.title for button in self.buttons)
        return frozenset().union(*(names_in(text) for text in (*self.say, *titles)))


Bank = Mapping[str, ReplyTemplate]


def load_reply_file(path: Path) -> Dict[str, ReplyTemplate]:
    """Reads one file of replies.

    Raises:
        ContentError: it is wrong; the error says at which key.
    """
    replies: Dict[str, ReplyTemplate] = {}
    for key, content in read_table(path).items():
        if not _KEY.match(key):
            raise ContentError(path, key, "expected a key like topic.name in small letters")
        replies[key] = build(ReplyTemplate, content, path, key)
    return replies


def load_bank(folder: Path) -> Bank:
    """Reads every reply file of a folder into one bank.

    Raises:
        ContentError: a file is wrong, or two files define one key.
    """
    bank: Dict[str, ReplyTemplate] = {}
    for path in sorted(folder.glob("*.yml")):
        for key, reply in load_reply_file(path).items():
            if key in bank:
                raise ContentError(path, key, "expected it once; another file defines it too")
            bank[key] = reply
    return bank
