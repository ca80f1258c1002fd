"""Keeps the newest turns of a conversation, and what the older ones left behind as a snapshot.

The snapshot is a short list of events that brings a fresh tracker to the state the older turns
had led to: slots, last action, active loop, last prompt, paused, follow-up. As it is made of
events, everything Rasa does with a tracker (copy it, take a message back, look at past states)
works on the shortened one as on the full one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    FollowupAction,
    LoopInterrupted,
    SlotSet,
    deserialise_events,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

Plain = dict[str, Any]
_FRESH_START = ("restart", "session_started")
_TAKES_BACK = ("rewind", "undo")
_MOST_RAW = 64  # user turns, those taken back included


def fold(
    base: list[Plain], window: list[Plain], keep: int, slots: Iterable[Slot]
) -> tuple[list[Plain], int]:
    """Decides how much of the window is folded into the snapshot.

    Args:
        base: the snapshot so far, as events.
        window: the events after it, oldest first.
        keep: how many user turns stay as they are.
        slots: the domain's slots.

    Returns:
        The new snapshot, and how many events of the window it has taken in. After a restart or
        a new session nothing from before it counts any more, so the snapshot is empty.
    """
    starts = [i for i, event in enumerate(window) if event.get("event") in _FRESH_START]
    fresh = starts[-1] if starts else 0
    turns = _turn_starts(window)
    cut = turns[-keep] if len(turns) > keep else 0
    if fresh >= cut:
        return ([], fresh) if fresh else (base, 0)
    return _taken(base + window[:cut], slots), cut


def fold_whole(base: list[Plain], window: list[Plain], slots: Iterable[Slot]) -> list[Plain]:
    """The snapshot of everything: no turn stays as it was said."""
    return _taken(base + window, slots)


def restore(
    sender_id: str, base: list[Plain], window: list[Plain], slots: Iterable[Slot]
) -> DialogueStateTracker:
    """The tracker of a snapshot and the events after it."""
    known = list(slots)
    names = {slot.name for slot in known}
    # A slot may have left the domain since; Rasa would log an error for each at every turn.
    events = [e for e in base if e.get("event") != "slot" or e.get("name") in names] + window
    return DialogueStateTracker.from_dict(sender_id, events, known)


def _taken(events: list[Plain], slots: Iterable[Slot]) -> list[Plain]:
    tracker = restore("", events, [], slots)
    return [event.as_dict() for event in _state_as_events(tracker)]


def _state_as_events(tracker: DialogueStateTracker) -> list[Event]:
    stamp = tracker.events[-1].timestamp if tracker.events else None
    events: list[Event] = [
        SlotSet(name, slot.value, timestamp=stamp)
        for name, slot in tracker.slots.items()
        if slot.value != slot.initial_value
    ]
    action = tracker.latest_action or {}
    name, text = action.get("action_name"), action.get("action_text")
    if name or text:
        events.append(ActionExecuted(name, action_text=text, timestamp=stamp))
    loop = tracker.active_loop
    if loop and loop.name:
        events.append(ActiveLoop(loop.name, timestamp=stamp))
        if loop.is_interrupted:
            events.append(LoopInterrupted(True, timestamp=stamp))
        if loop.rejected:
            events.append(ActionExecutionRejected(loop.name, timestamp=stamp))
    prompt = tracker.latest_bot_utterance
    if prompt and (prompt.text or prompt.data):
        events.append(BotUttered(prompt.text, prompt.data, prompt.metadata, stamp))
    if tracker.is_paused():
        events.append(ConversationPaused(timestamp=stamp))
    if tracker.followup_action and tracker.followup_action != ACTION_LISTEN_NAME:
        events.append(FollowupAction(tracker.followup_action, timestamp=stamp))
    return events


def _turn_starts(window: list[Plain]) -> list[int]:
    """Where each user turn that still counts begins: at the listening before its message."""
    said = [place for place, event in enumerate(window) if event.get("event") == "user"]
    if any(event.get("event") in _TAKES_BACK for event in window):
        standing = _standing(window)
        # Turns taken back do not count, but they must not pile up for ever either.
        said = [place for place in said if place in standing] if len(said) < _MOST_RAW else said
    return [
        place - 1 if place and window[place - 1].get("name") == ACTION_LISTEN_NAME else place
        for place in said
    ]


def _standing(window: list[Plain]) -> set[int]:
    """The places of events that were not taken back later."""
    events = list(deserialise_events(window))
    tracker = DialogueStateTracker("", [])
    tracker.events.extend(events)
    applied = {id(event) for event in tracker.applied_events()}
    return {place for place, event in enumerate(events) if id(event) in applied}
