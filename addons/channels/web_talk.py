"""What the website may know of a conversation: what was said, and what was offered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Protocol

from rasa.shared.core.events import BotUttered, Event, UserUttered

from addons.channels.inbound import ANSWER
from addons.channels.web_replies import shown
from addons.stores.redact import REMOVED

# What the widget's menu sends; these only show something or ask before they do something.
STANDING = frozenset(
    ("/ask_help", "/ask_privacy", "/my_data", "/plan_show", "/forget_me", "/what_can_you_do")
)
_MOST_SHOWN = 60


@dataclass
class Known:
    """A conversation as the website sees it."""

    items: List[Dict[str, Any]] = field(default_factory=list)
    offered: frozenset[str] = STANDING
    kept: bool = False


class Talk(Protocol):
    """Where conversations are."""

    async def known(self, sender: str) -> Known:
        """What there is of a conversation."""

    async def forget(self, sender: str) -> None:
        """Deletes everything of a person, everywhere."""


class AgentTalk:
    """Conversations of the running agent."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def known(self, sender: str) -> Known:
        """What the tracker store has of a conversation."""
        tracker = await self._app.ctx.agent.tracker_store.retrieve(sender)
        if tracker is None:
            return Known()
        state = tracker.get_slot("privacy__state") if "privacy__state" in tracker.slots else None
        kept = isinstance(state, dict) and state.get("consent") == "yes"
        events = list(tracker.events)
        return Known(items_of(events), offered_by(events), kept)

    async def forget(self, sender: str) -> None:
        """Deletes notebook and conversation.

        Raises:
            NotebookError, StoreUnavailable: something could not be deleted now.
        """
        await asyncio.to_thread(_forget_notebook, sender)
        store = self._app.ctx.agent.tracker_store
        forget = getattr(getattr(store, "_tracker_store", store), "forget", None)
        if forget is not None:
            await forget(sender)
        else:
            await store.delete(sender)


def _forget_notebook(sender: str) -> None:
    from actions.runtime import shelf

    notebook = shelf().of(sender)
    try:
        notebook.forget()
    finally:
        notebook.close()


def offered_by(events: Iterable[Event]) -> frozenset[str]:
    """The payloads a person may press now.

    Answers belong to the question asked last; what starts something may be pressed later as well.
    """
    earlier: set[str] = set()
    latest: set[str] = set()
    for event in events:
        if isinstance(event, UserUttered):
            earlier |= {payload for payload in latest if not payload.startswith(ANSWER)}
            latest = set()
        elif isinstance(event, BotUttered):
            buttons = (event.data or {}).get("buttons") or []
            latest |= {str(button["payload"]) for button in buttons}
    return frozenset(earlier | latest | STANDING)


def items_of(events: Iterable[Event]) -> List[Dict[str, Any]]:
    """What was said, oldest first, as a page shows it. Words that were removed stay away."""
    items: List[Dict[str, Any]] = []
    titles: Dict[str, str] = {}
    asked, said_since = "start", 0
    for number, event in enumerate(events):
        if isinstance(event, UserUttered):
            # The ids are those the replies had when they were sent, so a page knows them again.
            asked, said_since = event.message_id or f"u{number}", 0
            text = _typed(event.text or "", titles)
            if text is not None:
                items.append({"who": "you", "id": asked, "text": text})
        elif isinstance(event, BotUttered):
            said = shown({**(event.data or {}), **(event.metadata or {}), "text": event.text})
            titles.update({b["payload"]: b["title"] for b in said["buttons"]})
            items.append({"who": "bot", "id": f"{asked}.{said_since}", **said})
            said_since += 1
    return items[-_MOST_SHOWN:]


def _typed(text: str, titles: Dict[str, str]) -> Optional[str]:
    """What the person sees of what they sent: their words, or the title of the button."""
    clean = text.replace("\u2060", "")
    if text == REMOVED:
        return ""
    if text.startswith("/"):
        return titles.get(text)
    return clean
