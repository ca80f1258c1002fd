"""What a typed text becomes before Rasa sees it. Every channel sends texts through here.

Rasa takes a text that begins with "/" for an intent, with slots to set. Nobody may do that by
typing: only the documented commands and the buttons this conversation was offered pass as such.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

LONGEST = 2_000  # characters kept of one message; design.md, channels
COMMANDS = {
    "/start": "/greet",
    "/help": "/ask_help",
    "/pause": "/pause_start",
    "/write": "/write_start",
    "/plan": "/plan_show",
    "/privacy": "/ask_privacy",
    "/export": "/my_data",
    "/forget": "/forget_me",
    "/restart": "/start_over",
    "/stop": "/stop_that",
}

ANSWER = "/answer"  # how the payload of a button begins that answers a question
NOT_AN_INTENT = "\u2060"
"""A word joiner: invisible, no blank that Rasa would strip, and nothing to our reader."""

Kind = Literal["text", "command", "button", "empty", "unreadable"]


@dataclass(frozen=True)
class Inbound:
    """What is sent to the agent, what kind of thing it was, and whether it was cut."""

    text: str
    kind: Kind
    cut: bool = False


def prepare(text: str, offered: Collection[str] = (), longest: int = LONGEST) -> Inbound:
    """Turns what was typed or pressed into what the agent may be sent.

    Args:
        text: as it came in, of any length and content.
        offered: the payloads of the buttons this conversation has been offered.
        longest: how many characters are kept.
    """
    if text in offered:
        return Inbound(text, "button")
    clean = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    clean = clean.strip()
    cut = len(clean) > longest
    clean = clean[:longest]
    if not clean:
        return Inbound("/nothing_said", "empty")
    command = COMMANDS.get(clean.split()[0].lower()) if clean.startswith("/") else None
    if command:
        return Inbound(command, "command")
    if clean.startswith("/"):
        clean = NOT_AN_INTENT + clean
    return Inbound(clean, "text", cut)
