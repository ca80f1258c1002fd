"""The engine with the project's own rules, loaded once for all tests of understanding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.evidence import Engine
from afterword.understanding.causes import claims_of

DATA = Path(__file__).parents[3] / "data"

Claimed = Callable[[str], set[str]]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine.load(DATA)


@pytest.fixture(scope="session")
def claimed(engine: Engine) -> Claimed:
    """The causes a message claims, by id."""
    return lambda text: {claim.id for claim in claims_of(engine.read(text).evidence)}
