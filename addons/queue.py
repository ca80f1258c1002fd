"""Takes in messages: in order for each person, fair between people, each answered just once.

`install` puts a desk in front of the agent, so that every channel goes through it. The desk gives
a reply in every case, and says so when the stores could not keep what was said.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import time
import traceback
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons import metrics
from addons.stores.faults import TurnOutcome, cause_of, watched_turn

log = logging.getLogger(__name__)

MOST_WAITING = 20  # messages of one person in the queue; nobody types that fast
MOST_AT_ONCE = 8  # people being answered at the same time in one process

Say = Callable[[str], str]


class Desk:
    """Answers messages through an agent."""

    def __init__(self, agent: Agent, word: Say) -> None:
        """`word` gives the text of a reply key."""
        self._agent = agent
        self._word = word
        self._waiting: Dict[str, int] = {}
        # First come, first served, and each person is in this line with one message at most.
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, message: UserMessage) -> Optional[List[Dict[str, Any]]]:
        """Answers one message; takes the place of `Agent.handle_message`."""
        person = message.sender_id
        channel = str(message.input_channel or "none")
        if self._waiting.get(person, 0) >= MOST_WAITING:
            await self._tell(message, "fault.too_many")
            metrics.turns.labels(channel, "refused").inc()
            return _collected(message)
        self._waiting[person] = self._waiting.get(person, 0) + 1
        self._idle.clear()
        metrics.in_hand.inc()
        try:
            outcome = await self._in_turn(message)
            metrics.turns.labels(channel, outcome).inc()
        except Exception as error:
            log.error("turn_failed cause=%s at=%s", cause_of(error), _place_of(error))
            metrics.turns.labels(channel, "failed").inc()
            await self._tell(message, "fault.action_failed")
        finally:
            metrics.in_hand.dec()
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person]
            if not self._waiting:
                self._idle.set()
        return _collected(message)

    async def drained(self, seconds: float) -> bool:
        """Waits until no turn is under way; False if that took too long."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except asyncio.TimeoutError:
            return False
        return True

    async def _in_turn(self, message: UserMessage) -> str:
        came = time.perf_counter()
        async with self._agent.lock_store.lock(message.sender_id), self._places:
            began = time.perf_counter()
            metrics.wait_seconds.observe(began - came)
            outcome = await self._answer(message)
            metrics.turn_seconds.observe(time.perf_counter() - began)
            return outcome

    async def _answer(self, message: UserMessage) -> str:
        counted = Counted(message.output_channel)
        heard = copy.copy(message)
        heard.output_channel = counted
        if self._agent.processor is None:
            log.error("turn_failed cause=no_model")
            metrics.faults.labels("no_model").inc()
            await self._tell(message, "fault.no_model")
            return "failed"
        failed = ""
        with watched_turn() as turn:
            try:
                before = await self._read_ahead(message.sender_id, turn)
                answer = _answered(before, message.message_id)
                if answer is not None:
                    await _repeat(message, answer)
                    return "repeated"
                await self._agent.processor.handle_message(heard)
            except Exception as error:
                failed = cause_of(error)
                log.error("turn_failed cause=%s at=%s", failed, _place_of(error))
        await self._be_truthful(message, turn, failed, counted.count)
        return "failed" if failed else "answered"

    async def _read_ahead(self, sender: str, turn: TurnOutcome) -> Optional[DialogueStateTracker]:
        """Looks the conversation up once, for us and for the processor after us."""
        tracker = await self._agent.tracker_store.retrieve(sender)
        turn.ahead[sender] = tracker
        return tracker

    async def _be_truthful(
        self, message: UserMessage, turn: TurnOutcome, failed: str, said: int
    ) -> None:
        for cause in (turn.not_known, turn.not_kept, turn.not_deleted, failed):
            if cause:
                metrics.faults.labels(cause).inc()
        if turn.not_deleted:
            await self._tell(message, "fault.not_deleted")
        elif turn.not_known:
            await self._tell(message, "fault.not_known")
        elif turn.not_kept:
            await self._tell(message, "fault.not_kept")
        elif failed:
            await self._tell(message, "fault.action_failed")
        elif not said:
            await self._tell(message, "fault.nothing_to_say")

    async def _tell(self, message: UserMessage, key: str) -> None:
        if message.output_channel is None:
            return
        buttons = [{"title": self._word("fault.help_button"), "payload": "/ask_help"}]
        try:
            await message.output_channel.send_response(
                message.sender_id, {"text": self._word(key), "buttons": buttons}
            )
        except Exception as error:
            log.error("reply_failed error=%s", type(error).__name__)


class Counted:
    """An output channel that counts what goes through it; all else is the channel's own."""

    def __init__(self, channel: Any) -> None:
        self.channel = channel
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.channel, name)

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Sends on, and counts. A line that is cut must not undo the turn."""
        self.count += 1
        try:
            await self.channel.send_response(recipient_id, message)
        except Exception as error:
            log.error("reply_failed error=%s", type(error).__name__)


def _answered(
    tracker: Optional[DialogueStateTracker], message_id: Optional[str]
) -> Optional[List[BotUttered]]:
    """What was said to a message the window holds already; None for a new one."""
    if tracker is None or not message_id:
        return None
    found: Optional[List[BotUttered]] = None
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if found is not None:
                break
            if event.message_id == message_id:
                found = []
        elif found is not None and isinstance(event, BotUttered):
            found.append(event)
    return found


async def _repeat(message: UserMessage, answer: List[BotUttered]) -> None:
    if message.output_channel is None:
        return
    for said in answer:
        await message.output_channel.send_response(message.sender_id, said.message())


def _collected(message: UserMessage) -> Optional[List[Dict[str, Any]]]:
    return getattr(message.output_channel, "messages", None)


def _place_of(error: BaseException) -> str:
    """Where it was raised. Its text may quote the person, so the log gets the place only."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"


def install(app: Any, word: Optional[Say] = None) -> Desk:
    """Puts a desk in front of the agent of a Sanic app (`app.ctx.agent`), for all channels."""
    desk = put_desk(app.ctx.agent, word)
    app.ctx.desk = desk
    return desk


def put_desk(agent: Agent, word: Optional[Say] = None) -> Desk:
    """Puts a desk in front of an agent; a second call leaves the first one there."""
    there = getattr(agent, "desk", None)
    if isinstance(there, Desk):
        return there
    desk = Desk(agent, word or _from_the_bank)
    handle: Callable[[UserMessage], Awaitable[Any]] = desk.handle
    agent.handle_message = handle
    agent.desk = desk
    return desk


def _from_the_bank(key: str) -> str:
    from actions.runtime import voice

    return str(voice().template(key).say[0])
