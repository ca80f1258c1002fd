"""Sends to Telegram: within its limits, and again after a failure for as long as it takes."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Dict, Optional, TypeVar

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from addons.channels.telegram.layout import LONGEST, Part, split

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0  # seconds between two tries while Telegram is away
MANY_HELD = 3  # chats told to wait at the same time; then the limit is not one chat's, but ours
T = TypeVar("T")


class Sender:
    """One bot's way out. A chat that blocked the bot is left alone from then on."""

    def __init__(self, bot: Bot, per_second: float) -> None:
        self._bot = bot
        self._gap = 1.0 / per_second
        self._next = 0.0
        self._line = asyncio.Lock()
        self._held: Dict[int, float] = {}  # chats that were told to wait, until when
        self.gone: set[int] = set()
        self.moved: Dict[int, int] = {}  # old numbers of groups, and the new ones

    async def send(self, chat: int, part: Part) -> Optional[int]:
        """Sends a part; its message's number, or None where it cannot be delivered."""
        if part.file:
            sent = await self._do(
                chat,
                lambda to: self._bot.send_document(to, InputFile(part.content, filename=part.file)),
            )
        else:
            sent = await self._do(
                chat,
                lambda to: self._bot.send_message(to, part.text, reply_markup=part.markup()),
            )
        if sent is None:
            return None
        return int(sent.message_id)

    async def say(self, chat: int, text: str) -> Optional[int]:
        """Sends a text without buttons; the number of its last message, None if it did not go."""
        number: Optional[int] = None
        for piece in split(text):
            number = await self.send(chat, Part(piece))
        return number

    async def typing(self, chat: int) -> None:
        """Shows that a reply is being written; not worth a second try."""
        if chat not in self.gone:
            await self._once(self._bot.send_chat_action(chat, "typing"))

    async def answer(self, callback: str, text: str = "") -> None:
        """Ends the waiting sign on a pressed button; it goes by itself as well."""
        await self._once(self._bot.answer_callback_query(callback, text=text or None))

    async def chosen(self, chat: int, message_id: int, text: str, title: str) -> None:
        """Shows the chosen button under its message and takes the others away."""
        shown = split(f"{text}\n\n\u203a {title}", LONGEST)[-1]
        await self._do(
            chat, lambda to: self._bot.edit_message_text(shown, chat_id=to, message_id=message_id)
        )

    async def delete(self, chat: int, messages: Sequence[int]) -> int:
        """Deletes messages of a chat; returns how many calls of up to a hundred were taken."""
        taken = 0
        for place in range(0, len(messages), 100):
            some = list(messages[place : place + 100])
            done = await self._do(chat, lambda to, some=some: self._bot.delete_messages(to, some))  # type: ignore[misc]
            taken += done is not None
        return taken

    async def _once(self, call: Awaitable[Any]) -> None:
        try:
            await call
        except TelegramError as error:
            log.info("telegram_left_out error=%s", type(error).__name__)

    async def _do(self, chat: int, call: Callable[[int], Awaitable[T]]) -> Optional[T]:
        """Makes a call until Telegram has taken it; None where it never will."""
        pause, to = 0.5, chat
        while chat not in self.gone:
            await self._turn()
            try:
                return await call(to)
            except RetryAfter as error:
                await self._hold(chat, seconds_of(error.retry_after))
                continue
            except Forbidden:
                self.gone.add(chat)
                return None
            except ChatMigrated as error:
                log.warning("telegram_chat_migrated")
                to = self.moved[chat] = error.new_chat_id
                continue
            except BadRequest as error:
                if "chat not found" in str(error).lower():
                    self.gone.add(chat)
                log.warning("telegram_refused error=%s", type(error).__name__)
                return None
            except InvalidToken:
                log.error("telegram_wrong_token")
                pause = LONGEST_PAUSE
            except NetworkError as error:
                log.warning("telegram_unreachable error=%s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        return None

    async def _hold(self, chat: int, seconds: float) -> None:
        log.warning("telegram_too_many wait=%.0f", seconds)
        self._held[chat] = time.monotonic() + seconds
        try:
            await asyncio.sleep(seconds)
        finally:
            self._held.pop(chat, None)

    async def _turn(self) -> None:
        """Waits until another message may go out."""
        async with self._line:
            wait = self._next - time.monotonic()
            if len(self._held) >= MANY_HELD:
                wait = max(wait, min(self._held.values()) - time.monotonic())
            if wait > 0:
                await asyncio.sleep(wait)
            self._next = max(self._next, time.monotonic()) + self._gap


def seconds_of(value: Any) -> float:
    """A time to wait, which the client gives as a number or as a span."""
    return float(value.total_seconds() if hasattr(value, "total_seconds") else value)
