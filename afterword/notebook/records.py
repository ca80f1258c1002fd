"""What a notebook holds. Every record can be written as JSON and read back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Dict, List, Optional, Type

from pydantic import BaseModel, Extra


class Record(BaseModel):
    """Ground of all records; keys of an older version are dropped."""

    id: str = ""

    class Config:
        extra = Extra.ignore


class Pause(Record):
    """A pause. Days are dates at the person's place, so a clock change moves nothing."""

    start: date
    end: date
    timezone: str = "UTC"
    why_start: str = ""
    why_end: str = ""
    status: str = "standing"  # standing, stopped, over
    reminder_wanted: bool = False
    reminder_sent: bool = False
    day_said: Optional[date] = None
    slips: List[str] = []


class Entry(Record):
    """A page of the journal; scores are from 1 (awful) to 5 (all right)."""

    prompt: str
    began: datetime
    minutes: int
    text: str = ""
    before: int = 0
    after: int = 0
    ended: Optional[datetime] = None
    edited: Optional[datetime] = None


class NotedCause(Record):
    """A cause in the person's words: confirmed, partly, or told while looking closer."""

    cause: str
    words: str
    how: str


class Line(Record):
    """A line of the plan, or another short note, under its section."""

    section: str
    text: str


class Draft(Record):
    """A draft that was looked at, and the kinds that were found in it."""

    text: str
    kinds: List[str] = []
    good: List[str] = []


class Person(Record):
    """What is known of the person apart from their words."""

    consent: str = ""  # yes, no, or empty while unasked
    adult: bool = False
    country: str = ""
    timezone: str = ""
    wants: str = ""
    steps: List[int] = []
    created: Optional[date] = None


KINDS: Dict[str, Type[Record]] = {
    "person": Person,
    "pause": Pause,
    "entry": Entry,
    "cause": NotedCause,
    "line": Line,
    "draft": Draft,
}
"""The tables' names and what each holds."""
