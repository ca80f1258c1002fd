"""What is kept, when, for how long, and that it is gone when it should be."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from stores_turns import AGREED, bytes_of, hashed, said, say, turn

from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore

ANNA = "web:anna"
MARKER = "quokka-lighthouse"
Opener = Callable[..., WindowTrackerStore]


def rows(settings: StoreSettings, table: str) -> int:
    with sqlite3.connect(settings.data / "conversations.db") as connection:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])


def test_somebody_new_is_nobody_known(store: WindowTrackerStore) -> None:
    assert asyncio.run(store.retrieve(ANNA)) is None


def test_talk_without_consent_goes_on_and_leaves_no_byte(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    async def talk() -> DialogueStateTracker | None:
        for number in range(3):
            await say(store, ANNA, *turn(f"{MARKER} {number}"))
        return await store.retrieve(ANNA)

    assert said(asyncio.run(talk())) == [f"{MARKER} {n}" for n in range(3)]
    assert MARKER.encode() not in bytes_of(settings.data)
    assert rows(settings, "events") == 0


def test_after_consent_another_process_finds_it(
    store: WindowTrackerStore, open_store: Opener
) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("before I agreed"))
        await say(store, ANNA, *turn("I agree", slots=AGREED))
        await say(store, ANNA, *turn("after"))
        return await open_store().retrieve(ANNA)

    tracker = asyncio.run(talk())
    assert said(tracker) == ["before I agreed", "I agree", "after"]
    assert tracker is not None and tracker.get_slot("privacy__state") == {"consent": "yes"}


@pytest.mark.parametrize("changed", [{"consent": "no"}, {}, {"forgotten": True}])
def test_taking_consent_back_leaves_no_byte(
    store: WindowTrackerStore, settings: StoreSettings, changed: dict[str, Any]
) -> None:
    async def talk() -> None:
        for number in range(30):
            words = f"{MARKER} {number} " + "and so on " * 300
            slots = {**AGREED, "causes__state": {"words": words}}
            await say(store, ANNA, *turn(words, answer=words, slots=slots))
            await say(store, f"web:other{number}", *turn("hello", slots=AGREED))
        assert MARKER.encode() in bytes_of(settings.data)
        await say(store, ANNA, *turn("please stop", slots={"privacy__state": changed}))

    asyncio.run(talk())
    assert MARKER.encode() not in bytes_of(settings.data)
    assert hashed(ANNA).encode() not in bytes_of(settings.data)
    assert rows(settings, "conversations") == 30


def test_somebody_forgotten_is_new_again(store: WindowTrackerStore) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn(MARKER, slots=AGREED))
        await say(store, ANNA, *turn("forget me", slots={"privacy__state": {"forgotten": True}}))
        return await store.retrieve(ANNA)

    assert asyncio.run(talk()) is None


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_turn_under_way_does_not_bring_back_who_was_forgotten(
    store: WindowTrackerStore, open_store: Opener, settings: StoreSettings, elsewhere: bool
) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn(MARKER, slots=AGREED))
        tracker = await store.retrieve(ANNA)
        assert tracker is not None
        other = open_store() if elsewhere else store
        assert await other.forget(ANNA)
        for event in turn(MARKER):
            tracker.update(event)
        await store.save(tracker)
        return await store.retrieve(ANNA)

    assert asyncio.run(talk()) is None
    assert MARKER.encode() not in bytes_of(settings.data)


@pytest.mark.parametrize("looked", [True, False])
def test_nor_does_a_turn_without_consent(store: WindowTrackerStore, looked: bool) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("hi"))
        tracker = await store.retrieve(ANNA)
        assert tracker is not None
        await store.forget(ANNA)
        if looked:  # as a page does that shows the conversation
            assert await store.retrieve(ANNA) is None
        for event in turn(MARKER):
            tracker.update(event)
        await store.save(tracker)
        assert await store.retrieve(ANNA) is None
        await say(store, ANNA, *turn("hi again"))
        return await store.retrieve(ANNA)

    assert said(asyncio.run(talk())) == ["hi again"]


def test_forgetting_somebody_unknown_says_so(store: WindowTrackerStore) -> None:
    assert asyncio.run(store.forget("web:nobody")) is False


def test_only_the_newest_turns_stay(store: WindowTrackerStore, settings: StoreSettings) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("first", slots={**AGREED, "causes__state": {"n": 1}}))
        for number in range(40):
            await say(store, ANNA, *turn(f"number {number}"))
        return await store.retrieve(ANNA)

    tracker = asyncio.run(talk())
    assert said(tracker) == [f"number {n}" for n in range(32, 40)]
    assert tracker is not None and tracker.get_slot("causes__state") == {"n": 1}
    assert rows(settings, "events") == 8 * 4 + 1  # with the listening before the first


def test_one_tracker_saved_twice_adds_nothing_twice(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    async def talk() -> None:
        tracker = await say(store, ANNA, *turn("hi", slots=AGREED))
        await store.save(tracker)
        tracker.update(SlotSet("causes__state", 1))
        await store.save(tracker)

    asyncio.run(talk())
    assert rows(settings, "events") == 1 + len(turn("hi", slots=AGREED)) + 1


def test_a_tracker_made_elsewhere_replaces_the_conversation(store: WindowTrackerStore) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("old", slots=AGREED))
        events = turn("new", slots=AGREED)
        await store.save(DialogueStateTracker.from_events(ANNA, events, store.domain.slots))
        return await store.retrieve(ANNA)

    assert said(asyncio.run(talk())) == ["new"]


def test_two_workers_without_a_common_lock_lose_no_turn(
    store: WindowTrackerStore, open_store: Opener
) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("hi", slots=AGREED))
        other = open_store()
        here, there = await store.retrieve(ANNA), await other.retrieve(ANNA)
        assert here and there
        for tracker, keeper, words in ((here, store, "here"), (there, other, "there")):
            for event in turn(words):
                tracker.update(event)
            await keeper.save(tracker)
        return await store.retrieve(ANNA)

    assert said(asyncio.run(talk())) == ["hi", "here", "there"]


def test_keys_are_hashes_and_can_be_retrieved(store: WindowTrackerStore) -> None:
    asyncio.run(say(store, ANNA, *turn("hi", slots=AGREED)))
    assert list(asyncio.run(store.keys())) == ["key:" + hashed(ANNA)]


def test_what_is_past_its_date_is_dropped_and_the_rest_stays(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    asyncio.run(say(store, ANNA, *turn(MARKER, slots=AGREED)))
    asyncio.run(say(store, "web:ben", *turn("hi", slots=AGREED)))
    with sqlite3.connect(settings.data / "conversations.db") as connection:
        past = "update conversations set last_message_at = last_message_at - 30.5 * 86400"
        connection.execute(f"{past} where person = ?", [hashed(ANNA)])
    connection.close()
    assert store.retention.run() == 1
    assert MARKER.encode() not in bytes_of(settings.data)
    assert asyncio.run(store.retrieve("web:ben")) is not None


def test_folder_and_files_are_private(store: WindowTrackerStore, settings: StoreSettings) -> None:
    asyncio.run(say(store, ANNA, *turn("hi", slots=AGREED)))
    assert settings.data.stat().st_mode & 0o777 == 0o700
    for name in ("conversations.db", "conversations.db-wal"):
        assert (settings.data / name).stat().st_mode & 0o777 == 0o600


def test_a_file_others_could_read_is_made_private(
    open_store: Opener, settings: StoreSettings
) -> None:
    settings.data.mkdir(mode=0o755)
    (settings.data / "conversations.db").touch(mode=0o644)
    open_store()
    assert (settings.data / "conversations.db").stat().st_mode & 0o777 == 0o600


def test_a_restart_keeps_only_what_comes_after(store: WindowTrackerStore) -> None:
    from rasa.shared.core.events import Restarted

    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("before", slots=AGREED))
        again = [SlotSet("privacy__state", {"consent": "yes"}), ActionExecuted("action_listen")]
        await say(store, ANNA, UserUttered("/restart"), Restarted(), *again)
        return await store.retrieve(ANNA)

    tracker = asyncio.run(talk())
    assert said(tracker) == []
    assert tracker is not None and tracker.latest_action_name == "action_listen"


def test_silence_forgets_talk_without_consent(open_store: Opener, settings: StoreSettings) -> None:
    store = open_store(replace(settings, unkept_minutes=0.001))

    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, *turn("hi"))
        await asyncio.sleep(0.1)
        return await store.retrieve(ANNA)

    assert asyncio.run(talk()) is None


def test_all_is_one_file_in_the_data_folder(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    asyncio.run(say(store, ANNA, *turn("hi", slots=AGREED)))
    names = {p.name for p in Path(settings.data).iterdir()}
    assert {n for n in names if not n.endswith(("-wal", "-shm", ".lock"))} == {"conversations.db"}


def test_a_turn_that_rasa_broke_off_does_not_silence_the_person(store: WindowTrackerStore) -> None:
    async def talk() -> DialogueStateTracker | None:
        await say(store, ANNA, UserUttered("hi"), *[ActionExecuted("action_answer")] * 10)
        return await store.retrieve(ANNA)

    tracker = asyncio.run(talk())
    assert tracker is not None and tracker.latest_action_name == "action_listen"
