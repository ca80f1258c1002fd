"""One turn of a person at a time, in the order their messages came in.

Rasa's own locks ask again once a second, give up by the wall clock, and issue the same ticket
twice when two workers ask Redis at once. Here each worker has a queue per person, and Redis, where
it is set, gives tickets in one step each, with a lease that a worker must renew while it works.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import deque
from contextlib import asynccontextmanager
from typing import Any, AsyncGenerator, Deque, Dict, Optional

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig

from addons.stores.people import person_key
from addons.stores.settings import StoreSettings

log = logging.getLogger(__name__)

LEASE = 6.0  # seconds after which a silent worker's turn is taken to be over
_ASK_AGAIN = 0.05  # seconds between looks at the queue in Redis
_QUEUE_LIFE = 3_600_000  # milliseconds an untouched queue stays in Redis

# Puts a ticket at the end of the queue, alive for one lease.
_ENQUEUE = """
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[1] .. ':' .. ARGV[1], '1', 'PX', ARGV[2])
"""
# Renews the lease and tells whether it is this ticket's turn; tickets of the dead are passed by.
_MINE = """
redis.call('SET', KEYS[1] .. ':' .. ARGV[1], '1', 'PX', ARGV[2])
while true do
  local first = redis.call('LINDEX', KEYS[1], 0)
  if not first then return -1 end
  if first == ARGV[1] then return 1 end
  if redis.call('EXISTS', KEYS[1] .. ':' .. first) == 1 then return 0 end
  redis.call('LPOP', KEYS[1])
end
"""
_LEAVE = """
redis.call('LREM', KEYS[1], 0, ARGV[1])
redis.call('DEL', KEYS[1] .. ':' .. ARGV[1])
"""


class FairLockStore(LockStore):
    """Rasa's lock store, ours. In this process without Redis, over all workers with it."""

    def __init__(
        self,
        endpoint_config: Optional[EndpointConfig] = None,
        redis_url: Optional[str] = None,
        lease: float = LEASE,
    ) -> None:
        url = redis_url or StoreSettings.from_environment().redis
        self._local: Dict[str, Deque[asyncio.Future[None]]] = {}
        self._shared = SharedQueue(url, lease) if url else None
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncGenerator[TicketLock, None]:
        """Waits for the turns before this one, and holds back those after it.

        The two times are Rasa's and not needed: a turn ends by the actions' own time limit.
        """
        place = self._queue_up(conversation_id)
        ticket: Optional[Ticket] = None
        try:
            # The ticket is taken on arrival, before waiting: that makes the order one of arrival.
            ticket = await self._shared.enqueue(conversation_id) if self._shared else None
            await place
            if ticket:
                await ticket.wait()
            yield TicketLock(conversation_id)
        finally:
            self._leave(conversation_id, place)
            if ticket:
                await ticket.leave()

    def waiting(self, conversation_id: str) -> int:
        """How many turns of a person are under way or waiting in this process."""
        return len(self._local.get(conversation_id, ()))

    def busy(self) -> int:
        """How many people have a turn under way or waiting in this process."""
        return len(self._local)

    def _queue_up(self, person: str) -> asyncio.Future[None]:
        queue = self._local.setdefault(person, deque())
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(place)
        if len(queue) == 1:
            place.set_result(None)
        return place

    def _leave(self, person: str, place: asyncio.Future[None]) -> None:
        queue = self._local[person]
        was_first = queue[0] is place
        queue.remove(place)
        if not queue:
            del self._local[person]
        elif was_first and not queue[0].done():
            queue[0].set_result(None)


class SharedQueue:
    """Queues of tickets in Redis, one for each person."""

    def __init__(self, url: str, lease: float) -> None:
        import redis.asyncio

        self.redis: Any = redis.asyncio.Redis.from_url(
            url, socket_timeout=2, socket_connect_timeout=2
        )
        self.lease = lease
        self._arriving: Dict[str, asyncio.Lock] = {}

    async def enqueue(self, person: str) -> Optional[Ticket]:
        """A ticket, or None while Redis is away: then only this process's own order holds."""
        try:
            ticket = Ticket(self, f"afterword:turns:{person_key(person)}")
        except Exception as error:
            log.error("key_unusable error=%s", type(error).__name__)
            return None
        lock = self._arriving.setdefault(person, asyncio.Lock())
        try:
            async with lock:  # two messages that arrive together keep their order on the wire
                return await ticket.take()
        finally:
            if not lock.locked():
                self._arriving.pop(person, None)


class Ticket:
    """A place in one person's queue."""

    def __init__(self, queue: SharedQueue, key: str) -> None:
        self._queue = queue
        self._key = key
        self._id = uuid.uuid4().hex
        self._beat: Optional[asyncio.Task[None]] = None

    async def take(self) -> Optional[Ticket]:
        """Goes to the end of the queue; None if Redis is away."""
        lease = int(self._queue.lease * 1000)
        try:
            await self._queue.redis.eval(_ENQUEUE, 1, self._key, self._id, lease, _QUEUE_LIFE)
        except Exception as error:
            log.warning("redis_away op=lock error=%s", type(error).__name__)
            return None
        self._beat = asyncio.create_task(self._keep_alive())
        return self

    async def wait(self) -> None:
        """Returns when it is this ticket's turn, or when Redis has gone or lost the queue."""
        while True:
            mine = await self._is_mine()
            if mine != 0:
                return
            await asyncio.sleep(_ASK_AGAIN)

    async def leave(self) -> None:
        """Lets the next one on."""
        if self._beat:
            self._beat.cancel()
        try:
            await self._queue.redis.eval(_LEAVE, 1, self._key, self._id)
        except Exception as error:  # the lease ends by itself
            log.warning("redis_away op=unlock error=%s", type(error).__name__)

    async def _is_mine(self) -> int:
        lease = int(self._queue.lease * 1000)
        try:
            return int(await self._queue.redis.eval(_MINE, 1, self._key, self._id, lease))
        except Exception as error:
            log.warning("redis_away op=wait error=%s", type(error).__name__)
            return -1

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(self._queue.lease / 3)
            await self._is_mine()
