"""A day is the day where the person lives."""

from __future__ import annotations

from datetime import date

import pytest

from actions.base import message_of
from afterword.pause.dates import local_day

LATE = 1_795_820_400  # 27 November 2026, 23:00 in London and midnight in Vienna


@pytest.mark.parametrize(
    ("zone", "day"), [("", 27), ("Europe/London", 27), ("Europe/Vienna", 28), ("Nowhere/At", 27)]
)
def test_days_are_those_of_the_set_time_zone(
    monkeypatch: pytest.MonkeyPatch, zone: str, day: int
) -> None:
    monkeypatch.setenv("AFTERWORD_TIMEZONE", zone)
    message = message_of({"text": "hi"}, [{"event": "user", "timestamp": LATE}])
    assert local_day(message.now, message.timezone) == date(2026, 11, day)
