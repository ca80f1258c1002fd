"""Takes updates in: each answered once, in order for each chat, held back rather than dropped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Dict

from addons.channels.telegram.seen import Seen
from addons.channels.telegram.updates import Incoming

log = logging.getLogger(__name__)

MOST_OPEN = 400  # updates in hand; above that no more are fetched

Answer = Callable[[Incoming], Awaitable[None]]


class Inbox:
    """Hands updates to `answer`, one at a time for each chat."""

    def __init__(self, seen: Seen, answer: Answer) -> None:
        self._seen, self._answer = seen, answer
        self._tails: Dict[int, asyncio.Task[None]] = {}
        self._open: set[int] = set()
        self._highest = seen.offset() - 1
        self._room = asyncio.Event()
        self._room.set()

    def take(self, incoming: Incoming) -> None:
        """Takes an update in; one that is in hand or was answered is left."""
        number = incoming.update_id
        if number in self._open or self._seen.has(number):
            return
        self._open.add(number)
        self._highest = max(self._highest, number)
        if len(self._open) >= MOST_OPEN:
            self._room.clear()
        before = self._tails.get(incoming.chat)
        task = asyncio.create_task(self._in_turn(incoming, before))
        self._tails[incoming.chat] = task
        task.add_done_callback(lambda done: self._tidy(incoming.chat, done))

    async def room(self) -> None:
        """Waits until there is room for more."""
        await self._room.wait()

    async def empty(self) -> None:
        """Waits until everything in hand is answered."""
        while self._tails:
            await asyncio.gather(*self._tails.values(), return_exceptions=True)

    def low_water(self) -> int:
        """The number below which everything is answered: what to ask Telegram for next."""
        return min(self._open) if self._open else self._highest + 1

    async def _in_turn(self, incoming: Incoming, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await self._answer(incoming)
        except Exception as error:  # the next update of the chat must not wait for ever
            log.error("telegram_update_failed error=%s", type(error).__name__)
        self._seen.add(incoming.update_id)
        self._open.discard(incoming.update_id)
        self._seen.move(self.low_water())
        if len(self._open) < MOST_OPEN:
            self._room.set()

    def _tidy(self, chat: int, done: asyncio.Task[None]) -> None:
        if self._tails.get(chat) is done:
            del self._tails[chat]
