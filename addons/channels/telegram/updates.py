"""Reads an update: who wrote what, and whether it is for us at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, Literal

from telegram import ChatMember, Message, Update

# edited: read by the guard only. left: the person blocked the bot.
Kind = Literal["text", "edited", "button", "other", "group", "left", "ignored"]
_ADDRESSED = re.compile(r"^(/\w+)@\w+")  # "/help@SomeBot", as menus of other programs write it


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
    caption: bool = False  # the text stood under a picture or the like
    moved_to: int = 0  # the new number of a group


def read_plain(plain: Dict[str, Any]) -> Incoming:
    """Reads one update as Telegram sends it; what cannot be read is ignored.

    Raises:
        ValueError: it has no number, so it is no update at all.
    """
    number = plain.get("update_id") if isinstance(plain, dict) else None
    if not isinstance(number, int):
        raise ValueError("no update")
    try:
        update = Update.de_json(plain, None)
    except Exception:  # a kind of content the client does not know; there is no list of these
        return Incoming(number, "ignored")
    return read(update)


def read(update: Update) -> Incoming:
    """Reads one update; what is not for us is ignored, never an error."""
    number = update.update_id
    if update.callback_query is not None:
        return _button(number, update.callback_query)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        private = member.chat.type == "private"
        left = member.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        return Incoming(number, "left" if private and left else "ignored", chat=member.chat.id)
    if update.edited_message is not None:
        edited = update.edited_message
        text = edited.text or edited.caption
        if edited.chat.type != "private" or not text:
            return Incoming(number, "ignored", chat=edited.chat.id)
        return Incoming(
            number, "edited", chat=edited.chat.id, text=text, message_id=edited.message_id
        )
    if update.message is not None:  # channel posts and the like are other fields
        return _message(number, update.message)
    return Incoming(number, "ignored")


def _button(number: int, query: Any) -> Incoming:
    message = query.message
    if not isinstance(message, Message) or message.chat.type != "private":
        return Incoming(number, "ignored", callback=query.id)
    return Incoming(
        number,
        "button",
        chat=message.chat.id,
        text=query.data or "",
        message_id=message.message_id,
        callback=query.id,
        offered=_offered(message),
        shown=message.text or "",
    )


def _message(number: int, message: Message) -> Incoming:
    chat = message.chat.id
    if message.chat.type != "private":
        moved = message.migrate_to_chat_id or 0
        return Incoming(number, "group", chat=chat, moved_to=moved)
    text = message.text or message.caption
    if text:
        return Incoming(
            number,
            "text",
            chat=chat,
            text=_ADDRESSED.sub(r"\1", text),
            message_id=message.message_id,
            caption=message.text is None,
        )
    kind: Kind = "other" if _from_person(message) else "ignored"
    return Incoming(number, kind, chat=chat, message_id=message.message_id)


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
        message.venue,
        message.contact,
        message.animation,
        message.poll,
        message.dice,
        message.story,
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
