"""What the person wants of it all: their ex back, to let go, or they do not know yet (step 1)."""

from __future__ import annotations

from afterword.talk.answers import yes_no
from afterword.talk.message import Message

WANTS = ("back", "unsure", "letting_go")
_BY_INTENT = {"ask_get_back": "back", "moving_on": "letting_go"}


def read_wants(message: Message) -> str | None:
    """The want a message states, as one of WANTS; None where it states none."""
    if message.value in WANTS:
        return message.value
    if message.intent in _BY_INTENT:
        return _BY_INTENT[message.intent]
    return {"yes": "back", "no": "letting_go", "partly": "unsure", "unsure": "unsure"}.get(
        yes_no(message) or ""
    )
