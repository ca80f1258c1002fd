"""Reads how long a pause shall be, and counts its days by the calendar of the person's place.

Days are dates, not spans of 24 hours, so a change of the clock in between moves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONGEST = 365  # days; issue of sight: an end nobody can see is no end
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "couple": 2}
_SPAN = re.compile(
    r"\b(?P<n>\d{1,4}|" + "|".join(_NUMBERS) + r")\s+(?:of\s+)?(?P<unit>day|week|month|year)s?\b"
    # "he left two weeks ago, I want a pause" and "after 4 years together" ask for no length.
    r"(?!\s+(?:ago|together|now|since|of dating|old))"
)
_MEANS_AN_END = re.compile(r"\b(?:until|till|til|for)\b")
_A_TRY_AT_A_DAY = re.compile(r"\d|\b(?:until|till|til|after|before|when|next|end of)\b")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_UNIT_DAYS = {"day": 1, "week": 7, "year": 365}

Problem = Literal["unclear", "past", "far"]


@dataclass(frozen=True)
class Ending:
    """The last day of a pause as read from words, or what is wrong with it."""

    day: date | None = None
    problem: Problem | None = None


def local_day(moment: datetime, timezone: str) -> date:
    """The calendar day at the person's place; an unknown time zone counts as UTC."""
    zone = timezone if is_zone(timezone) else "UTC"
    return moment.astimezone(ZoneInfo(zone)).date()


def is_zone(name: object) -> bool:
    """Whether this is the name of a time zone."""
    if not isinstance(name, str) or not name:
        return False
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder, such as "Europe"
        return False


def read_ending(text: str, today: date) -> Ending:
    """Reads "a week", "30 days", "until 5 June" or "the wedding on the 5th of June".

    Day and month in figures are read in that order ("5/6" is the 5th of June).
    """
    words = text.lower().strip()
    span = _SPAN.search(words)
    day = _after_span(span, today) if span else _named_day(words, today)
    if day is None:
        return Ending(problem="unclear")
    if day <= today:
        return Ending(day, "past")
    if (day - today).days > LONGEST:
        return Ending(day, "far")
    return Ending(day)


def read_ending_in_passing(text: str, today: date) -> Ending:
    """The same where nobody asked for a length yet, so that a day may be there for other reasons.

    A wrong day counts only where it is meant as the end: "until yesterday", "for three years".
    """
    ending = read_ending(text, today)
    if ending.problem is not None and not _MEANS_AN_END.search(text.lower()):
        return Ending(problem="unclear")
    return ending


def looks_like_a_day(text: str) -> bool:
    """Whether somebody seems to name a day or a length, though it cannot be read."""
    return _A_TRY_AT_A_DAY.search(text.lower()) is not None


def day_number(start: date, today: date) -> int:
    """Which day of the pause today is; the first is 1."""
    return max(1, (today - start).days + 1)


def length(start: date, end: date) -> int:
    """How many days a pause has from its first to its last."""
    return max(1, (end - start).days)


def _after_span(span: re.Match[str], today: date) -> date | None:
    number = int(span["n"]) if span["n"].isdigit() else _NUMBERS[span["n"]]
    if number > 10_000:
        return None
    if span["unit"] == "month":
        return _months_later(today, number)
    return today + timedelta(days=number * _UNIT_DAYS[span["unit"]])


def _months_later(today: date, months: int) -> date:
    """The same day some months on; the last day of a month that is too short for it."""
    from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

    return today + relativedelta(months=months)


def _named_day(words: str, today: date) -> date | None:
    written_out = _ISO.search(words)
    if written_out:
        try:
            return date.fromisoformat(written_out.group())
        except ValueError:
            return None
    import dateparser  # slow to load, and few messages ask for it
    from dateparser.search import search_dates

    settings = {
        "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": ["day", "month"],
    }
    # A date with its year said may lie behind us, and is then said to; without, the next one is
    # meant. Only the first reading can tell them apart.
    settings["PREFER_DATES_FROM"] = "future"
    found = dateparser.parse(words, languages=["en"], settings=settings)
    if found is None:
        hits = search_dates(words, languages=["en"], settings=settings) or []
        found = hits[0][1] if hits else None
    return found.date() if found else None
