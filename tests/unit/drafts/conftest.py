"""The rules for drafts, compiled once for all tests of drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.drafts import Reviewer

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    """The reviewer of the project's own rules."""
    return Reviewer.load(DATA)
