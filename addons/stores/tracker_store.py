"""Rasa's tracker store, ours: a window of each conversation, kept only with consent.

endpoints.yml names it by class path. docs/stores.md tells the whole story.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores.database import Database
from addons.stores.faults import StoreUnavailable, TurnOutcome, current_turn
from addons.stores.kept import Change, Gone, KeptConversations
from addons.stores.people import PREFIX, person_key, shown
from addons.stores.redact import storable
from addons.stores.retention import Retention
from addons.stores.settings import StoreSettings
from addons.stores.snapshot import fold, fold_whole, restore
from addons.stores.volatile import Standing, Talk, talk_memory
from afterword.privacy.notice import EMPTIED

log = logging.getLogger(__name__)

CONSENT_SLOT = "privacy__state"
_UNKEYED = "unkeyed:"
_MOST_FORGOTTEN = 10_000  # deletions remembered, each for as long as a turn takes
_MOST_ACTIONS = 10  # Rasa's limit of actions in a turn


@dataclass
class Loaded:
    """What the store knows about a tracker in use; it travels on the tracker."""

    base: List[Dict[str, Any]] = field(default_factory=list)
    events: List[Dict[str, Any]] = field(default_factory=list)
    seen: int = 0  # how many of the tracker's events are in base and events
    version: Optional[int] = None  # of the database row; None if there is none
    standing: Optional[Standing] = None  # None for a row of the database
    moment: int = 0  # when it was loaded, counted in loads and deletions


class WindowTrackerStore(SQLTrackerStore):
    """Keeps a snapshot and the newest turns of each conversation."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        settings: Optional[StoreSettings] = None,
        **kwargs: Any,
    ) -> None:
        # Not Rasa's own __init__: it waits for the database for ever and answers nobody.
        TrackerStore.__init__(self, domain, event_broker)
        if event_broker is not None:
            log.warning("event_broker_ignored reason=conversations_are_not_passed_on")
        self.settings = settings or StoreSettings.from_environment()
        self.kept = KeptConversations(Database(self.settings))
        self.talk = talk_memory(
            self.settings.unkept_minutes * 60, self.settings.unkept_bytes, self.settings.redis
        )
        self._forgotten: OrderedDict[str, int] = OrderedDict()
        self._moments = itertools.count(1)
        try:
            self.kept.database.prepare()
        except StoreUnavailable as error:
            log.error("store_failed op=start cause=%s", error.cause)
        self.retention = Retention(self.kept, self.settings.retention_days)
        self.retention.start()

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation's tracker, or None for somebody new."""
        turn = current_turn()
        if turn is not None and sender_id in turn.ahead:
            return turn.ahead.pop(sender_id)  # type: ignore[no-any-return]
        return await asyncio.to_thread(self._retrieve_now, sender_id, turn)

    async def retrieve_full_tracker(self, conversation_id: str) -> Optional[DialogueStateTracker]:
        """The same: there is no more than the window."""
        return await self.retrieve(conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the turn: on disk with consent, else in memory."""
        await asyncio.to_thread(self._save_now, tracker, current_turn())

    async def keys(self) -> Iterable[str]:
        """A key ("key:…") for each conversation in the database."""
        return [PREFIX + key for key in await asyncio.to_thread(self.kept.keys)]

    async def forget(self, sender_id: str) -> bool:
        """Deletes a conversation everywhere; False if nothing of it was on disk.

        Raises:
            StoreUnavailable: it could not be deleted from the database now.
        """
        return await asyncio.to_thread(self.forget_now, sender_id)

    def forget_now(self, sender_id: str) -> bool:
        """Like `forget`, for a worker thread."""
        key = person_key(sender_id)
        self._forgotten[key] = next(self._moments)  # a turn under way must not bring it back
        while len(self._forgotten) > _MOST_FORGOTTEN:
            self._forgotten.popitem(last=False)
        self.talk.drop(key)
        return self.kept.delete(key)

    def close(self) -> None:
        """Stops the daily run and closes the database."""
        self.retention.stop()
        self.kept.database.close()

    # in a worker thread from here on

    def _key(self, sender_id: str) -> str:
        """The key of a person's rows; without the key file, a name for this process's memory."""
        try:
            return person_key(sender_id)
        except Exception as error:
            log.error("key_unusable error=%s", type(error).__name__)
            return _UNKEYED + sender_id

    def _retrieve_now(
        self, sender_id: str, turn: Optional[TurnOutcome]
    ) -> Optional[DialogueStateTracker]:
        key = self._key(sender_id)
        moment = next(self._moments)
        loaded = self._load(key, turn)
        if loaded is None:
            return None
        tracker = restore(sender_id, loaded.base, loaded.events, self.domain.slots)
        loaded.seen, loaded.moment = len(tracker.events), moment
        tracker.afterword_loaded = loaded
        return tracker

    def _load(self, key: str, turn: Optional[TurnOutcome]) -> Optional[Loaded]:
        talk = self.talk.get(key)
        if talk and talk.standing != "detached":
            return Loaded(talk.base, talk.events, 0, talk.version, talk.standing)
        try:
            if key.startswith(_UNKEYED):
                raise StoreUnavailable("key_unusable")
            row = self.kept.load(key)
        except StoreUnavailable as error:
            log.error("store_failed op=load cause=%s person=%s", error.cause, shown(key))
            if turn:
                turn.not_known = error.cause
            talk = talk or Talk()
            return Loaded(talk.base, talk.events, 0, None, "detached")
        if row is not None:
            self.talk.drop(key)
            return Loaded(row.base, row.events, 0, row.version)
        return Loaded(talk.base, talk.events, 0, None, "unkept") if talk else None

    def _save_now(self, tracker: DialogueStateTracker, turn: Optional[TurnOutcome]) -> None:
        key = self._key(tracker.sender_id)
        if _is_stuck(tracker):
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        loaded = getattr(tracker, "afterword_loaded", None) or Loaded(moment=next(self._moments))
        tracker.afterword_loaded = loaded
        added = [event.as_dict() for event in list(tracker.events)[loaded.seen :]]
        fresh = storable(added)
        window = loaded.events + fresh
        privacy = tracker.get_slot(CONSENT_SLOT) if CONSENT_SLOT in tracker.slots else None
        privacy = privacy if isinstance(privacy, dict) else {}
        if privacy.get(EMPTIED):
            base, folded = fold_whole(loaded.base, window, self.domain.slots), len(window)
        else:
            base, folded = fold(loaded.base, window, self.settings.window, self.domain.slots)
        loaded.seen = len(tracker.events)
        if self._forgotten.get(key, 0) > loaded.moment or privacy.get("forgotten"):
            self._drop(key, loaded, turn)
            return
        if loaded.standing == "detached" or key.startswith(_UNKEYED):
            self._hold(key, loaded, "detached", base, window[folded:])
        elif privacy.get("consent") == "yes":
            change = Change(loaded.version, base, fresh if loaded.version else window, folded)
            self._keep(key, loaded, change, window[folded:], turn)
        else:
            if loaded.version is not None:
                self._drop(key, loaded, turn)
            self._hold(key, loaded, "unkept", base, window[folded:])

    def _keep(
        self,
        key: str,
        loaded: Loaded,
        change: Change,
        window: List[Dict[str, Any]],
        turn: Optional[TurnOutcome],
    ) -> None:
        try:
            if loaded.standing == "unsaved" and loaded.version is not None:
                # The database lacks earlier turns as well: what is in mind replaces its row.
                change = Change(None, change.base, window, 0)
            version = self.kept.save(key, change)
        except Gone:
            log.info("save_dropped reason=forgotten person=%s", shown(key))
            self.talk.drop(key)
            return
        except StoreUnavailable as error:
            log.error("store_failed op=save cause=%s person=%s", error.cause, shown(key))
            if turn:
                turn.not_kept = error.cause
            self._hold(key, loaded, "unsaved", change.base, window)
            return
        loaded.base, loaded.events = change.base, window
        if loaded.standing is not None or loaded.version is None:
            self.talk.drop(key)
        loaded.version, loaded.standing = version, None

    def _hold(
        self,
        key: str,
        loaded: Loaded,
        standing: Standing,
        base: List[Dict[str, Any]],
        window: List[Dict[str, Any]],
    ) -> None:
        loaded.base, loaded.events, loaded.standing = base, window, standing
        self.talk.put(key, Talk(base, window, standing, loaded.version))

    def _drop(self, key: str, loaded: Loaded, turn: Optional[TurnOutcome]) -> None:
        """Deletes what is on disk and in memory."""
        self.talk.drop(key)
        try:
            self.kept.delete(key)
            loaded.version = None
        except StoreUnavailable as error:
            log.error("store_failed op=delete cause=%s person=%s", error.cause, shown(key))
            if turn:
                turn.not_deleted = error.cause


def _is_stuck(tracker: DialogueStateTracker) -> bool:
    """Whether Rasa broke a turn off for its many actions.

    It leaves no listening behind then, counts the same actions in the next turn again, and so
    would never answer this person any more.
    """
    actions = 0
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            if event.action_name in (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME):
                break
            actions += 1
    return actions >= _MOST_ACTIONS
