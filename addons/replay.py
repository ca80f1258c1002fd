"""Replays conversations through the real agent and the real actions, and leaves nothing behind."""

from __future__ import annotations

import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from addons.channels.inbound import prepare
from addons.inprocess import InProcessActionEndpoint


@dataclass
class Reply:
    """One message of the assistant: its reply key, its text and its buttons."""

    key: str
    text: str
    buttons: list[dict[str, str]]


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


class Replayer:
    """An agent of its own, with memory-only stores."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    @classmethod
    def load(cls, model: Path, actions: str = "actions") -> Replayer:
        """Loads the newest model at a path.

        Raises:
            ModelNotFound: there is no model there; train first.
        """
        store = InMemoryTrackerStore(Domain.empty())
        endpoint = InProcessActionEndpoint(actions)
        agent = Agent.load(str(model), tracker_store=store, action_endpoint=endpoint)
        return cls(agent)

    def person(self) -> Conversation:
        """A conversation with somebody new."""
        return Conversation(self.agent, f"cli:replay-{uuid.uuid4().hex}")


class Conversation:
    """One person's conversation."""

    def __init__(self, agent: Agent, sender: str) -> None:
        self._agent = agent
        self.sender = sender
        self._offered: list[dict[str, str]] = []

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
        before = await self._count_events()
        started = time.perf_counter()
        message = UserMessage(text, CollectingOutputChannel(), self.sender)
        await self._agent.handle_message(message)
        exchange = Exchange(shown, ms=(time.perf_counter() - started) * 1000)
        tracker = await self._agent.tracker_store.retrieve(self.sender)
        for event in list(tracker.events)[before:] if tracker else []:
            if isinstance(event, UserUttered):
                exchange.intent = event.intent_name or ""
            elif isinstance(event, ActionExecuted) and event.action_name:
                exchange.actions.append(event.action_name)
            elif isinstance(event, BotUttered):
                exchange.bot.append(_reply(event))
        self._offered = [button for reply in exchange.bot for button in reply.buttons]
        return exchange

    async def _count_events(self) -> int:
        tracker = await self._agent.tracker_store.retrieve(self.sender)
        return len(tracker.events) if tracker else 0


def _reply(event: BotUttered) -> Reply:
    data = {**(event.data or {}), **(event.metadata or {})}
    return Reply(str(data.get("key", "")), event.text or "", data.get("buttons") or [])


def keep_nothing() -> tempfile.TemporaryDirectory[str]:
    """A data folder that is gone afterwards; set AFTERWORD_DATA to its name before loading."""
    return tempfile.TemporaryDirectory(prefix="afterword-replay-")
