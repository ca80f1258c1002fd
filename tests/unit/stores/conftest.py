"""A domain with two slots, a store in a folder of its own, and turns as Rasa would log them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from stores_turns import hashed

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
