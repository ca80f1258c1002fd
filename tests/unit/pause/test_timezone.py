"""A day is the day where the person lives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions.base import message_of
from afterword.capabilities import Capabilities
from afterword.files import FileError
from afterword.pause.dates import is_zone, local_day
from afterword.safety.helplines import Helplines
from afterword.talk import State, Turn

DATA = Path(__file__).parents[3] / "data"
LATE = 1_795_820_400  # 27 November 2026, 23:00 in London and midnight in Vienna


@pytest.fixture(scope="module")
def capabilities() -> Capabilities:
    return Capabilities.load(DATA, "Europe/London")


@pytest.mark.parametrize(
    ("told", "country", "day"),
    [
        (None, "", 27),
        ("Europe/Vienna", "", 28),
        ("Europe/Vienna", "us", 28),
        (None, "in", 28),
        (None, "us", 27),
        (None, "scotland", 27),
        ("Nowhere/At", "in", 28),
        ("../etc/passwd", "", 27),
        (["Europe/Vienna"], "", 27),
    ],
)
def test_the_channel_tells_the_time_zone_else_the_country(
    capabilities: Capabilities, told: Any, country: str, day: int
) -> None:
    event = {"event": "user", "timestamp": LATE, "metadata": {"timezone": told}}
    message = message_of({"text": "hi"}, [event])
    state = State(safety={"country": country})
    turn = Turn(message, state, None, None, None)  # type: ignore[arg-type]
    capabilities.place(turn)
    assert local_day(message.now, message.timezone) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("name", "known"),
    [("Europe/Vienna", True), ("UTC", True), ("Europe", False), ("", False), (7, False)],
)
def test_names_of_time_zones(name: Any, known: bool) -> None:
    assert is_zone(name) is known


def test_a_country_of_an_unknown_time_zone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "safety").mkdir()
    lines = "world: {title: World, said: [], timezone: Nowhere/At}"
    (tmp_path / "safety" / "helplines.yml").write_text(lines)
    with pytest.raises(FileError, match="Nowhere/At"):
        Helplines.load(tmp_path)
