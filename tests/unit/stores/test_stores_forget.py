"""Forgetting and purging from the command line, beside a server that may be running."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from stores_turns import AGREED, bytes_of, hashed, say, turn

from addons.stores import forget as forgetting
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore

MARKER = "quokka-lighthouse"


@pytest.fixture(autouse=True)
def same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "person_key", hashed)


def test_what_the_server_kept_is_gone(store: WindowTrackerStore, settings: StoreSettings) -> None:
    asyncio.run(say(store, "web:anna", *turn(MARKER, slots=AGREED)))
    asyncio.run(say(store, "web:ben", *turn("hi", slots=AGREED)))
    assert forgetting.forget_conversation("web:anna", settings) is True
    assert MARKER.encode() not in bytes_of(settings.data)
    assert asyncio.run(store.retrieve("web:anna")) is None
    assert asyncio.run(store.retrieve("web:ben")) is not None


def test_nobody_known(store: WindowTrackerStore, settings: StoreSettings) -> None:
    assert forgetting.forget_conversation("web:nobody", settings) is False


def test_without_a_database_none_is_made(settings: StoreSettings) -> None:
    assert forgetting.forget_conversation("web:anna", settings) is False
    assert forgetting.purge_conversations(settings) == 0
    assert not settings.data.exists()


def test_purging_drops_what_is_past_its_date(
    store: WindowTrackerStore, settings: StoreSettings
) -> None:
    asyncio.run(say(store, "web:anna", *turn(MARKER, slots=AGREED)))
    assert forgetting.purge_conversations(settings) == 0
    assert forgetting.purge_conversations(replace(settings, retention_days=1e-9)) == 1
    assert MARKER.encode() not in bytes_of(settings.data)
