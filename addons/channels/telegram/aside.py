"""A loop in a thread of its own, for talking to Telegram while the server's loop is busy.

Between Telegram's taking a message and our noting that, a crash has it sent twice. On the server's
loop other people's turns lie in that gap; on a loop of its own it is about the time of one call.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Aside:
    """A running loop beside the one that made it."""

    def __init__(self) -> None:
        self._home = asyncio.get_running_loop()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs work over there, and waits for it here."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def at_home(self, call: Callable[[Any], Awaitable[T]]) -> Callable[[Any], Awaitable[T]]:
        """A call that works over there and is carried out here."""

        async def carry_out(given: Any) -> T:
            async def work() -> T:
                return await call(given)

            done = asyncio.run_coroutine_threadsafe(work(), self._home)
            return await asyncio.wrap_future(done)

        return carry_out

    def end(self) -> None:
        """Ends the loop and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        if not self._thread.is_alive():
            self._loop.close()
