from pathlib import Path

import pytest

from afterword.evidence import Engine

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine.load(DATA)
