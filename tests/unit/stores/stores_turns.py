"""Turns as Rasa would log them, and a look at the bytes that are left."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores.tracker_store import WindowTrackerStore


def hashed(sender: str) -> str:
    return hashlib.sha256(sender.encode()).hexdigest()


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


def said(tracker: DialogueStateTracker | None) -> list[str]:
    """The texts of a tracker's messages."""
    assert tracker is not None
    return [e.text for e in tracker.events if isinstance(e, UserUttered)]
