"""Replays conversations through the real agent and the real actions, and leaves nothing behind."""

from __future__ import annotations

import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.channels.inbound import prepare
from addons.inprocess import InProcessActionEndpoint


@dataclass
class Reply:
    """One message of the assistant: its reply key, its text, its buttons, and a file's name."""

    key: str
    text: str
    buttons: list[dict[str, str]]
    file: str = ""


@dataclass
class Exchange:
    """One turn: what was sent, what came back, and how long it took in milliseconds."""

    user: str
    bot: list[Reply] = field(default_factory=list)
    intent: str = ""
    actions: list[str] = field(default_factory=list)
    ms: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The form `afterword replay` prints."""
        return {
            "user": self.user,
            "bot": [{"text": reply.text, "buttons": reply.buttons} for reply in self.bot],
            "intent": self.intent,
            "actions": self.actions,
            "ms": round(self.ms, 2),
        }


SECONDS_A_DAY = 24 * 3600
NewStore = Callable[[], TrackerStore]


class Replayer:
    """An agent of its own; its stores keep talk in memory unless others are given."""

    def __init__(self, agent: Agent, new_store: NewStore) -> None:
        self.agent, self._new_store = agent, new_store

    @classmethod
    def load(
        cls, model: Path, actions: str = "actions", new_store: NewStore | None = None
    ) -> Replayer:
        """Loads the newest model at a path; `new_store` makes the tracker store.

        Raises:
            ModelNotFound: there is no model there; train first.
        """
        made = new_store or (lambda: InMemoryTrackerStore(Domain.empty()))
        endpoint = InProcessActionEndpoint(actions)
        agent = Agent.load(str(model), tracker_store=made(), action_endpoint=endpoint)
        return cls(agent, made)

    def person(self, channel: str = "cli") -> Conversation:
        """A conversation with somebody new."""
        return Conversation(self, f"{channel}:replay-{uuid.uuid4().hex}")

    def start_anew(self) -> None:
        """Drops all that a process has in memory, so what comes next is read from the disk."""
        from actions.runtime import shelf

        shelf().close()
        shelf.cache_clear()
        close = getattr(self.agent.tracker_store, "close", None)
        if callable(close):
            close()
        store = self._new_store()
        store.domain = self.agent.domain
        self.agent.tracker_store = store
        if self.agent.processor is not None:
            self.agent.processor.tracker_store = store


class Conversation:
    """One person's conversation."""

    def __init__(self, replayer: Replayer, sender: str) -> None:
        self._replayer = replayer
        self.sender = sender
        self._ahead = 0.0  # seconds this person's clock is ahead of the machine's
        self._offered: list[dict[str, str]] = []

    @property
    def _agent(self) -> Agent:
        return self._replayer.agent

    def wait_days(self, days: float) -> None:
        """Comes back some days later, to a process that was started in between."""
        self._ahead += days * SECONDS_A_DAY
        self._replayer.start_anew()

    def wait_until(self, moment: float) -> None:
        """Goes on at a moment, in seconds since 1970."""
        self._ahead = moment - time.time()
        self._replayer.start_anew()

    async def say(self, text: str) -> Exchange:
        """Sends what a person would type; pressing a button is typing its payload."""
        offered = {button["payload"] for button in self._offered}
        return await self._send(text, prepare(text, offered).text)

    async def press(self, title: str) -> Exchange:
        """Presses a button of the last reply by its title.

        Raises:
            KeyError: the last reply had no such button.
        """
        for button in self._offered:
            if button["title"] == title:
                return await self._send(title, button["payload"])
        raise KeyError(f"no button '{title}' among {[b['title'] for b in self._offered]}")

    async def _send(self, shown: str, text: str) -> Exchange:
        heard = _Hearing()
        started = time.perf_counter()
        with _clock_ahead(self._ahead):
            await self._agent.handle_message(UserMessage(text, heard, self.sender))
        exchange = Exchange(shown, heard.replies, ms=(time.perf_counter() - started) * 1000)
        tracker = await self._agent.tracker_store.retrieve(self.sender)
        if tracker is not None:  # somebody who was forgotten has none
            exchange.intent, exchange.actions = _last_turn(tracker)
        self._offered = [button for reply in exchange.bot for button in reply.buttons]
        return exchange


class _Hearing(CollectingOutputChannel):
    """Hears what is sent, as a person would: the store may have dropped it by the end of a turn."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: list[Reply] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Notes one message with the key of its reply."""
        text, buttons = message.get("text") or "", message.get("buttons") or []
        file = (message.get("attachment") or {}).get("name", "")
        self.replies.append(Reply(str(message.get("key", "")), text, buttons, file))


def _last_turn(tracker: DialogueStateTracker) -> tuple[str, list[str]]:
    """Intent and actions since the last message of the person."""
    intent = ""
    actions: list[str] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            intent, actions = event.intent_name or "", []
        elif isinstance(event, ActionExecuted) and event.action_name:
            actions.append(event.action_name)
    return intent, actions


@contextmanager
def _clock_ahead(seconds: float) -> Iterator[None]:
    """Sets the clock ahead: what is sent in between comes in so much later."""
    clock = time.time
    with patch("time.time", lambda: clock() + seconds):
        yield


def keep_nothing() -> tempfile.TemporaryDirectory[str]:
    """A data folder that is gone afterwards; set AFTERWORD_DATA to its name before loading."""
    return tempfile.TemporaryDirectory(prefix="afterword-replay-")
