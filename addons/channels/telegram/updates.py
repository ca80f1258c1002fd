"""Reads an update: who wrote what, and whether it is for us at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telegram import Message, Update

Kind = Literal["text", "button", "other", "group", "ignored"]


@dataclass(frozen=True)
class Incoming:
    """One update as the channel needs it. `offered` are payloads of the pressed message's buttons.

    Telegram itself sends the message a button belongs to, so its payloads are the ones we gave.
    """

    update_id: int
    kind: Kind
    chat: int = 0
    text: str = ""
    message_id: int = 0
    callback: str = ""
    offered: tuple[tuple[str, str], ...] = ()  # (payload, title)
    shown: str = ""


def read(update: Update) -> Incoming:
    """Reads one update; what is not for us is ignored, never an error."""
    query = update.callback_query
    if query is not None:
        message = query.message
        if not isinstance(message, Message) or message.chat.type != "private":
            return Incoming(update.update_id, "ignored", callback=query.id)
        return Incoming(
            update.update_id,
            "button",
            chat=message.chat.id,
            text=query.data or "",
            message_id=message.message_id,
            callback=query.id,
            offered=_offered(message),
            shown=message.text or "",
        )
    message = update.message  # edited messages, channel posts and the like are other fields
    if message is None:
        return Incoming(update.update_id, "ignored")
    if message.chat.type != "private":
        return Incoming(update.update_id, "group", chat=message.chat.id)
    if message.text is None:
        kind: Kind = "other" if _from_person(message) else "ignored"
        return Incoming(update.update_id, kind, chat=message.chat.id, message_id=message.message_id)
    return Incoming(
        update.update_id,
        "text",
        chat=message.chat.id,
        text=message.text,
        message_id=message.message_id,
    )


def _from_person(message: Message) -> bool:
    """Whether somebody sent it; service notes ("pinned a message") are nobody's words."""
    sent = (
        message.voice,
        message.photo,
        message.sticker,
        message.video,
        message.video_note,
        message.audio,
        message.document,
        message.location,
        message.contact,
        message.animation,
        message.poll,
        message.dice,
    )
    return any(sent)


def _offered(message: Message) -> tuple[tuple[str, str], ...]:
    markup = message.reply_markup
    if markup is None:
        return ()
    return tuple(
        (str(button.callback_data), button.text)
        for row in markup.inline_keyboard
        for button in row
        if button.callback_data
    )
