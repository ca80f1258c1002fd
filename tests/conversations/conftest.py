"""One agent for all replayed conversations, with a data folder that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from addons.replay import Replayer
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def replayer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayer]:
    """The trained assistant; `make train` makes the model."""
    with pytest.MonkeyPatch.context() as patch:
        data = tmp_path_factory.mktemp("data")
        patch.setenv("AFTERWORD_DATA", str(data))
        settings = StoreSettings(data=data)
        yield Replayer.load(MODELS, new_store=lambda: WindowTrackerStore(settings=settings))
