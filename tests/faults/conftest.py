"""The small assistant with the real stores, desk and action endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import small
from small import Person

from addons.stores.locks import FairLockStore
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.model(tmp_path_factory.mktemp("model"))


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("AFTERWORD_ACTION_SECONDS", "0.4")
    monkeypatch.delenv("AFTERWORD_REDIS_URL", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return StoreSettings(data=tmp_path / "var", busy_seconds=0.3)


@pytest.fixture
def start(model: Path, settings: StoreSettings) -> Iterator[Callable[..., Person]]:
    """Starts the assistant; called again, it is a second process on the same files."""
    stores: list[WindowTrackerStore] = []

    def begin(
        chosen: StoreSettings = settings, path: Path | None = model, sender: str = "web:anna"
    ) -> Person:
        stores.append(WindowTrackerStore(settings=chosen))
        agent = small.load(path, stores[-1], FairLockStore(redis_url=chosen.redis))
        return Person(small.desk(agent), sender)

    yield begin
    for store in stores:
        store.close()
