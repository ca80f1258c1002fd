"""Sends to Telegram: within its limits, again after a failure; no log ever holds the token."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Deque, Dict, List, Optional, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

log = logging.getLogger(__name__)

LONGEST = 4096  # characters of one message, by the Bot API
TRIES = 6
YOUNG = 47 * 3600  # seconds; a bot may delete messages of a private chat for 48 hours
REMEMBERED = 400  # messages of a chat that /forget can delete
T = TypeVar("T")


class Sender:
    """One bot's way out. A chat that blocked the bot is left alone from then on."""

    def __init__(self, bot: Bot, per_second: float) -> None:
        self._bot = bot
        self._gap = 1.0 / per_second
        self._next = 0.0
        self._line = asyncio.Lock()
        self._messages: Dict[int, Deque[tuple[int, float]]] = {}
        self.gone: set[int] = set()

    async def say(self, chat: int, text: str, buttons: Sequence[Dict[str, str]] = ()) -> None:
        """Sends a text, in parts where it is too long; the buttons go under the last part."""
        parts = split(text)
        for place, part in enumerate(parts):
            markup = keyboard(buttons) if place == len(parts) - 1 else None
            sent = await self._do(
                chat,
                lambda part=part, markup=markup: self._bot.send_message(  # type: ignore[misc]
                    chat, part, reply_markup=markup
                ),
            )
            if sent is not None:
                self.remember(chat, sent.message_id)

    async def give(self, chat: int, name: str, text: str) -> None:
        """Sends a file."""
        sent = await self._do(
            chat, lambda: self._bot.send_document(chat, InputFile(text.encode(), filename=name))
        )
        if sent is not None:
            self.remember(chat, sent.message_id)

    async def typing(self, chat: int) -> None:
        """Shows that a reply is being written; not worth a second try."""
        try:
            await self._bot.send_chat_action(chat, "typing")
        except (NetworkError, Forbidden, RetryAfter):
            return

    async def chosen(self, chat: int, message_id: int, text: str, title: str) -> None:
        """Shows the chosen button under its message and takes the others away."""
        await self._do(
            chat,
            lambda: self._bot.edit_message_text(
                f"{text}\n\n\u203a {title}"[:LONGEST], chat_id=chat, message_id=message_id
            ),
        )

    async def answer(self, callback: str, text: str = "") -> None:
        """Ends the waiting sign on a pressed button."""
        await self._do(0, lambda: self._bot.answer_callback_query(callback, text=text or None))

    def remember(self, chat: int, message_id: int) -> None:
        """Notes a message, so that /forget can delete it; in memory only."""
        known = self._messages.setdefault(chat, deque(maxlen=REMEMBERED))
        known.append((message_id, time.time()))

    async def delete_young(self, chat: int) -> int:
        """Deletes what may be deleted of a chat; returns how many messages that was."""
        known = self._messages.pop(chat, deque())
        young = [number for number, when in known if time.time() - when < YOUNG]
        for place in range(0, len(young), 100):
            some = young[place : place + 100]
            await self._do(chat, lambda some=some: self._bot.delete_messages(chat, some))  # type: ignore[misc]
        return len(young)

    async def _do(self, chat: int, call: Callable[[], Awaitable[T]]) -> Optional[T]:
        """Makes a call, again after 429, 5xx and time-outs; None where it cannot be done."""
        if chat in self.gone:
            return None
        for attempt in range(TRIES):
            await self._turn()
            try:
                return await call()
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error.retry_after))
            except Forbidden:
                self.gone.add(chat)
                return None
            except ChatMigrated as error:
                log.warning("telegram_chat_migrated")
                self.gone.add(chat)
                self.gone.discard(error.new_chat_id)
                return None
            except BadRequest as error:
                log.warning("telegram_refused error=%s", type(error).__name__)
                return None
            except (TimedOut, NetworkError) as error:
                log.warning("telegram_unreachable error=%s try=%s", type(error).__name__, attempt)
                await asyncio.sleep(min(30.0, 0.5 * 2**attempt))
        log.error("telegram_not_sent tries=%s", TRIES)
        return None

    async def _turn(self) -> None:
        """Waits until another message may go out."""
        async with self._line:
            wait = self._next - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self._next = max(self._next, time.monotonic()) + self._gap


def split(text: str, longest: int = LONGEST) -> List[str]:
    """Cuts a text at ends of sentences, then at blanks, so that each part can be sent."""
    parts: List[str] = []
    rest = text.strip() or "\u2026"
    while len(rest) > longest:
        head = rest[:longest]
        ends = [m.end() for m in re.finditer(r"[.!?\n]\s", head)] or [
            m.end() for m in re.finditer(r"\s", head)
        ]
        cut = ends[-1] if ends else longest
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*parts, rest] if rest else parts


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


def _seconds(value: Any) -> float:
    return float(value.total_seconds() if hasattr(value, "total_seconds") else value)
