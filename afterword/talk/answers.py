"""Reads short answers to a finite question: a button, a yes, a no, or in between."""

from __future__ import annotations

from typing import Literal

from afterword.talk.message import Message

YesNo = Literal["yes", "partly", "no", "unsure"]
_BY_INTENT: dict[str, YesNo] = {
    "affirm": "yes",
    "deny": "no",
    "partly": "partly",
    "unsure": "unsure",
}


_SURE = 0.5  # a guess below this takes any odd word for one of the four


def yes_no(message: Message) -> YesNo | None:
    """What the message answers to a yes-or-no question; None where it answers none."""
    if message.value in ("yes", "partly", "no", "unsure"):
        return message.value  # type: ignore[return-value]
    return _BY_INTENT.get(message.intent) if message.confidence >= _SURE else None
