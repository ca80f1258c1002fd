"""A domain with two slots, a store in a folder of its own, and turns as Rasa would log them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores import tracker_store
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore

DOMAIN = """
version: "3.1"
intents: [greet]
slots:
  privacy__state: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  causes__state: {type: any, influence_conversation: false, mappings: [{type: custom}]}
actions: [action_answer, some_form]
"""


@pytest.fixture(scope="session")
def domain() -> Domain:
    return Domain.from_yaml(DOMAIN)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracker_store, "person_key", hashed)


def hashed(sender: str) -> str:
    return hashlib.sha256(sender.encode()).hexdigest()


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return StoreSettings(data=tmp_path / "var", busy_seconds=0.3)


@pytest.fixture
def open_store(
    domain: Domain, settings: StoreSettings
) -> Iterator[Callable[..., WindowTrackerStore]]:
    opened: list[WindowTrackerStore] = []

    def build(chosen: StoreSettings = settings) -> WindowTrackerStore:
        opened.append(WindowTrackerStore(domain, settings=chosen))
        return opened[-1]

    yield build
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., WindowTrackerStore]) -> WindowTrackerStore:
    return open_store()


def turn(
    said: str, answer: str = "I see.", slots: dict[str, Any] | None = None, **parsed: Any
) -> list[Event]:
    """One turn: a message, what was set, the reply, and listening again."""
    intent = {"name": "greet", "confidence": 1.0}
    data = {"intent": intent, "entities": [], "text": said, "metadata": {}, "risk": None, **parsed}
    identity = parsed.get("message_id")
    return [
        UserUttered(said, intent, [], data, message_id=identity),
        *(SlotSet(name, value) for name, value in (slots or {}).items()),
        ActionExecuted("action_answer"),
        BotUttered(answer),
        ActionExecuted("action_listen"),
    ]


AGREED = {"privacy__state": {"consent": "yes"}}


async def say(store: WindowTrackerStore, sender: str, *events: Event) -> DialogueStateTracker:
    """Lets one turn happen, as Rasa's processor does."""
    tracker = await store.get_or_create_tracker(sender)
    for event in events:
        tracker.update(event)
    await store.save(tracker)
    return tracker


def bytes_of(folder: Path) -> bytes:
    """Everything in every file of a folder."""
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())
