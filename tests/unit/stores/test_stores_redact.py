"""The words of a message that raised risk are in no file, nor what was made of them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker
from stores_turns import AGREED, bytes_of, said, say, turn

from addons.stores.redact import REMOVED, storable
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore

ANNA = "web:anna"
MARKER = "quokka-lighthouse"


def test_words_that_raised_risk_are_never_written(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    words = f"I took the {MARKER} tonight"
    found = {"kind": "risk", "id": "self_harm", "text": f"took the {MARKER}"}
    risk = {"class": "self_harm", "rule": "took.pills", "words": words}

    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("hi", slots=AGREED))
        slots = {"causes__state": {"waiting": [{"words": f"took the {MARKER}"}]}}
        events = turn(
            words,
            answer=f"You said '{words}'.",
            slots=slots,
            risk=risk,
            evidence=[found],
            message_id="m1",
        )
        events[0].metadata = {"page": MARKER}
        await say(store, ANNA, *events)
        return await store.retrieve(ANNA)

    tracker = asyncio.run(talk())
    assert said(tracker) == ["hi", "[removed]"]
    assert MARKER.encode() not in bytes_of(settings.data)
    assert tracker is not None and tracker.latest_message is not None
    kept = tracker.latest_message.parse_data
    assert kept["risk"] == {"class": "self_harm", "rule": "took.pills"}
    assert tracker.latest_message.message_id == "m1"


def test_where_the_guard_failed_the_words_are_not_written_either(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    async def talk() -> None:
        await say(store, ANNA, *turn("hi", slots=AGREED))
        await say(store, ANNA, *turn(MARKER, guard_failed=True))

    asyncio.run(talk())
    assert MARKER.encode() not in bytes_of(settings.data)


WORDS = "nobody would miss me if I was gone"


def after_risk(event: dict[str, Any]) -> dict[str, Any]:
    """The event as stored when it follows a message that raised risk."""
    message = {
        "event": "user",
        "text": WORDS,
        "parse_data": {"text": WORDS, "risk": {"class": "x"}},
    }
    return storable([message, event])[1]


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (WORDS, REMOVED),
        (WORDS.upper(), REMOVED),
        ("nobody would miss me", REMOVED),
        (f"You wrote: {WORDS}.", f"You wrote: {REMOVED}."),
        ({"deep": [{"words": "miss me if I was gone"}]}, {"deep": [{"words": REMOVED}]}),
        ("me", "me"),  # a word everybody uses tells nothing
        ("he", "he"),
        ("a week", "a week"),
        (3, 3),
        (None, None),
    ],
)
def test_what_a_turn_made_of_the_words_loses_them(value: Any, stored: Any) -> None:
    event = {"event": "slot", "name": "journey__state", "value": value}
    assert after_risk(event)["value"] == stored


def test_the_next_message_keeps_its_words() -> None:
    calm = {"event": "user", "text": "thank you", "parse_data": {"text": "thank you", "risk": None}}
    assert after_risk(calm)["text"] == "thank you"


def test_what_only_the_classifier_needed_is_left_out() -> None:
    ranking = [{"name": str(n), "confidence": 0.1} for n in range(40)]
    parsed = {"text": "hi", "text_tokens": [[0, 2]], "intent_ranking": ranking, "risk": None}
    kept = storable([{"event": "user", "text": "hi", "parse_data": parsed}])[0]["parse_data"]
    assert "text_tokens" not in kept
    assert kept["intent_ranking"] == ranking[:5]
