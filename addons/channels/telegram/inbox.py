"""Takes updates in: each answered once, in order for each chat, held back rather than dropped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Dict, Set

from addons.channels.telegram.seen import Seen
from addons.channels.telegram.updates import Incoming

log = logging.getLogger(__name__)

MOST_OPEN = 400  # updates in hand; above that no more are fetched

Answer = Callable[[Incoming], Awaitable[None]]


class Inbox:
    """Hands updates to `answer`, one at a time for each chat.

    With `gap_seconds` an update waits that long for a lower number that is missing: calls of a
    webhook overtake each other.
    """

    def __init__(self, seen: Seen, answer: Answer, gap_seconds: float = 0.0) -> None:
        self._seen, self._answer, self._gap = seen, answer, gap_seconds
        self._tails: Dict[int, asyncio.Task[None]] = {}
        self._tasks: Set[asyncio.Task[None]] = set()
        self._open: Dict[int, asyncio.Future[None]] = {}
        self._parked: Dict[int, Incoming] = {}
        self._waited: asyncio.TimerHandle | None = None
        self._highest = seen.offset() - 1  # -1: nothing is known of the numbers yet
        self._room = asyncio.Event()
        self._room.set()
        self._moved = asyncio.Event()

    def take(self, incoming: Incoming) -> asyncio.Future[None]:
        """Takes an update in, unless it is in hand or answered; the result is there when it is."""
        number = incoming.update_id
        done = self._open.get(number)
        if done is not None:
            return done
        done = asyncio.get_running_loop().create_future()
        if self._seen.has(number):
            done.set_result(None)
            return done
        self._open[number] = done
        if len(self._open) >= MOST_OPEN:
            self._room.clear()
        if self._gap:
            self._park(incoming)
        else:
            self._begin(incoming)
        return done

    async def room(self) -> None:
        """Waits until there is room for more."""
        await self._room.wait()

    async def moved(self, seconds: float) -> None:
        """Waits until something more is answered, at most so long."""
        self._moved.clear()
        waiting = asyncio.ensure_future(self._moved.wait())
        try:
            # Not wait_for: it loses a cancellation that comes together with the answer.
            await asyncio.wait([waiting], timeout=seconds)
        finally:
            waiting.cancel()

    def holds(self, number: int) -> bool:
        """Whether an update is in hand."""
        return number in self._open

    async def finish(self, seconds: float) -> None:
        """Gives what is in hand so long to be answered; the rest is for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._waited is not None:
            self._waited.cancel()
        for done in self._open.values():
            done.cancel()

    def low_water(self) -> int:
        """The number below which everything is answered: what to ask Telegram for next."""
        return min(self._open) if self._open else self._highest + 1

    def number_anew(self) -> None:
        """Telegram may go on with lower numbers after a week of silence."""
        if not self._open:
            self._highest = -1

    # Numbers that came too early

    def _park(self, incoming: Incoming) -> None:
        self._parked[incoming.update_id] = incoming
        self._release()
        if self._parked and self._waited is None:
            loop = asyncio.get_running_loop()
            self._waited = loop.call_later(self._gap, self._release_all)

    def _release(self) -> None:
        """Begins what is in line: nothing is missing below it."""
        while self._parked and self._highest >= 0 and min(self._parked) <= self._highest + 1:
            self._begin(self._parked.pop(min(self._parked)))
        if not self._parked and self._waited is not None:
            self._waited.cancel()
            self._waited = None

    def _release_all(self) -> None:
        """Begins everything: what is missing was not for us, or will be late."""
        self._waited = None
        for number in sorted(self._parked):
            self._begin(self._parked.pop(number))

    # One update after the other for each chat

    def _begin(self, incoming: Incoming) -> None:
        self._highest = max(self._highest, incoming.update_id)
        before = self._tails.get(incoming.chat)
        task = asyncio.create_task(self._in_turn(incoming, before))
        self._tails[incoming.chat] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._tidy(incoming.chat, done))

    async def _in_turn(self, incoming: Incoming, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await self._answer(incoming)
        except Exception as error:  # the next update of the chat must not wait for ever
            log.error("telegram_update_failed error=%s", type(error).__name__)
        done = self._open.pop(incoming.update_id)
        try:
            self._seen.add(incoming.update_id)
            self._seen.move(self.low_water())
        except Exception as error:  # a full disk: answered all the same, known until the end
            log.error("telegram_state_not_kept error=%s", type(error).__name__)
        if not done.done():
            done.set_result(None)
        self._moved.set()
        if len(self._open) < MOST_OPEN:
            self._room.set()

    def _tidy(self, chat: int, done: asyncio.Task[None]) -> None:
        self._tasks.discard(done)
        if self._tails.get(chat) is done:
            del self._tails[chat]
