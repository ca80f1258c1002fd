"""Reading the end of a pause, and counting its days."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from afterword.pause.dates import day_number, length, local_day, read_ending

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("a week", date(2026, 12, 1)),
        ("two weeks pls", date(2026, 12, 8)),
        ("30 days", date(2026, 12, 24)),
        ("a month", date(2026, 12, 24)),
        ("a couple of weeks", date(2026, 12, 8)),
        ("until 5 June", date(2027, 6, 5)),
        ("until after the wedding on the 5th of June", date(2027, 6, 5)),
        ("5/6", date(2027, 6, 5)),
        ("2027-01-03", date(2027, 1, 3)),
    ],
)
def test_reads_an_ending(said: str, day: date) -> None:
    ending = read_ending(said, TODAY)
    assert (ending.day, ending.problem) == (day, None)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("until after the wedding", "unclear"),
        ("dunno", "unclear"),
        ("", "unclear"),
        ("31 February", "unclear"),
        ("99999 days", "far"),
        ("2025-01-01", "past"),
        ("two years", "far"),
        ("400 days", "far"),
    ],
)
def test_says_what_is_wrong(said: str, problem: str) -> None:
    assert read_ending(said, TODAY).problem == problem


def test_a_month_from_the_last_of_january_ends_in_february() -> None:
    assert read_ending("a month", date(2027, 1, 31)).day == date(2027, 2, 28)


def test_the_day_is_the_day_at_the_persons_place() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=timezone.utc)
    assert local_day(late, "Europe/London") == date(2026, 11, 24)
    assert local_day(late, "Australia/Sydney") == date(2026, 11, 25)
    assert local_day(late, "No/Such_Place") == date(2026, 11, 24)


def test_a_pause_across_a_clock_change_counts_calendar_days() -> None:
    # The clocks in London go forward in the night to 29 March 2026.
    before = datetime(2026, 3, 28, 23, 30, tzinfo=timezone.utc)
    after = datetime(2026, 3, 29, 23, 30, tzinfo=timezone.utc)  # 00:30 on the 30th in London
    start, today = local_day(before, "Europe/London"), local_day(after, "Europe/London")
    assert (start, today) == (date(2026, 3, 28), date(2026, 3, 30))
    assert day_number(start, today) == 3
    assert length(start, date(2026, 4, 4)) == 7
