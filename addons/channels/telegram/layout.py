"""Lays a reply out for Telegram: parts within its limits, buttons as an inline keyboard.

Texts go out without a parse mode, so no sign of theirs is markup and none needs escaping.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from addons.channels.inbound import ANSWER
from afterword.talk.turn import content_of

LONGEST = 4096  # of one message, by the Bot API; counted in UTF-16 units to be on the safe side
_SENTENCE = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[A-Z0-9])|\n+")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """One message to send: a text with buttons, or a file."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()  # (title, payload)
    file: str = ""  # the file's name, where it is one
    content: bytes = b""  # what is in the file

    @property
    def asks(self) -> bool:
        """Whether a button answers a question."""
        return any(payload.startswith(ANSWER) for _, payload in self.buttons)

    def markup(self) -> Optional[InlineKeyboardMarkup]:
        """The buttons, short ones two in a row."""
        return keyboard([{"title": title, "payload": payload} for title, payload in self.buttons])


def parts_of(message: Dict[str, Any]) -> List[Part]:
    """The parts of one message of a reply: its text, the buttons under the last part, its file."""
    buttons = tuple((b["title"], b["payload"]) for b in message.get("buttons") or [])
    texts = split(message.get("text") or "")
    found = [Part(text) for text in texts[:-1]] + [Part(texts[-1], buttons)]
    attachment = message.get("attachment")
    if attachment:
        found.append(Part("", file=attachment["name"], content=content_of(attachment)))
    return found


def split(text: str, longest: int = LONGEST) -> List[str]:
    """Cuts a text at ends of sentences, then at blanks, so that each part can be sent."""
    parts: List[str] = []
    rest = text.strip() or "\u2026"
    while size(rest) > longest:
        head = _beginning(rest, longest)
        ends = [m.end() for m in _SENTENCE.finditer(rest, 0, len(head) + 1)]
        ends = [end for end in ends if size(rest[:end].strip()) <= longest] or [
            m.end() for m in _BLANK.finditer(head)
        ]
        cut = ends[-1] if ends else len(head)
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*parts, rest] if rest else parts


def size(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _beginning(text: str, longest: int) -> str:
    """As much of the beginning as fits, no sign cut in two."""
    head = text[:longest]
    while size(head) > longest:
        head = head[: len(head) - max(1, (size(head) - longest) // 2)]
    return head


def keyboard(buttons: Sequence[Dict[str, str]]) -> Optional[InlineKeyboardMarkup]:
    """Buttons as an inline keyboard, short ones two in a row."""
    rows: List[List[InlineKeyboardButton]] = []
    for button in buttons:
        made = InlineKeyboardButton(button["title"], callback_data=button["payload"])
        short = len(button["title"]) <= 14
        if rows and short and len(rows[-1]) == 1 and len(rows[-1][0].text) <= 14:
            rows[-1].append(made)
        else:
            rows.append([made])
    return InlineKeyboardMarkup(rows) if rows else None
