"""Crisis lines: which are shown where, at most three at a time, none that is only remembered."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Literal, Optional

from pydantic import BaseModel, Extra, ValidationError

from afterword.files import FileError, load_yaml
from afterword.pause.dates import is_zone

FILE = Path("safety") / "helplines.yml"
MOST_LINES = 3  # protocol: three rows at a time
ELSEWHERE = "world"  # the directory for every place without lines of its own
TOPICS = (
    "crisis",
    "abuse",
    "abuse_more",
    "own_behaviour",
    "stalked",
    "images",
    "images_child",
    "child",
)
_HERE = re.compile(
    r"\b(?:i'?m|i am|i live|we live|i'm living|i am living|i'm based|living|based)"
    r"\s+(?:here\s+)?(?:in|from|near)\s+(?:the\s+)?$"
)
_SHORT = 3  # letters up to which a name ("us", "in") counts only as an answer or after "in the"


class Line(BaseModel):
    """One way to reach a service. `checked_on` is the day it was last checked."""

    name: str
    phone: str = ""
    text: str = ""
    web: str = ""
    hours: str = ""
    note: str = ""
    source: str
    confidence: Literal["A", "B", "C"]
    checked_on: date

    class Config:
        extra = Extra.forbid

    @property
    def shown(self) -> str:
        """The line as the person sees it, the number on its own line's end."""
        details = ", ".join(part for part in (self.hours, self.note) if part)
        reach = self.phone or self.text or self.web
        return f"{self.name}: {reach}" + (f" ({details})" if details else "")


class Place(BaseModel):
    """A country, or a part of one with lines of its own."""

    title: str
    said: List[str]
    parent: str = ""
    timezone: str = ""  # of most people there
    emergency: List[Line] = []
    crisis: List[Line] = []
    abuse: List[Line] = []
    abuse_more: List[Line] = []
    own_behaviour: List[Line] = []
    stalked: List[Line] = []
    images: List[Line] = []
    images_child: List[Line] = []
    child: List[Line] = []

    class Config:
        extra = Extra.forbid


class Helplines:
    """Every line there is, by place and topic."""

    def __init__(self, places: Dict[str, Place]) -> None:
        self.places = places

    @classmethod
    def load(cls, data: Path) -> Helplines:
        """Reads the file below a content folder.

        Raises:
            FileError: missing, not YAML, a row wrong, or no lines for the rest of the world.
        """
        path = data / FILE
        try:
            places = {code: Place(**row) for code, row in (load_yaml(path) or {}).items()}
        except (ValidationError, TypeError) as error:
            raise FileError(f"{path}: {error}") from error
        unknown = [p.parent for p in places.values() if p.parent and p.parent not in places]
        if ELSEWHERE not in places or unknown:
            raise FileError(f"{path}: expected '{ELSEWHERE}' and every parent: {unknown}")
        for code, place in places.items():
            if place.timezone and not is_zone(place.timezone):
                raise FileError(f"{path}: {code}: no time zone is called {place.timezone}")
        return cls(places)

    def select(self, country: str, topic: str, immediate: bool = False) -> List[Line]:
        """At most three lines: emergency, one to ring, one to write or read.

        Where danger is immediate the emergency number comes first, else last. A topic a place has
        no line for is answered with the directory of the whole world.

        Raises:
            KeyError: the topic is none of TOPICS.
        """
        if topic not in TOPICS:
            raise KeyError(topic)
        rows = self._rows(country, topic) or self._rows(ELSEWHERE, topic)
        call = [row for row in rows if row.phone][:1]
        write = [row for row in rows if not row.phone][:1]
        chosen = call + write or rows[:1]
        if call and not write:
            chosen = [row for row in rows if row.phone][:2]
        emergency = (self._rows(country, "emergency") or self._rows(ELSEWHERE, "emergency"))[:1]
        ordered = emergency + chosen if immediate else chosen + emergency
        return ordered[:MOST_LINES]

    def timezone(self, country: str) -> str:
        """The time zone of a place, or ""; where a country has several, that of its middle."""
        place = self.places.get(country)
        if place is None:
            return ""
        return place.timezone or self.timezone(place.parent)

    def _rows(self, country: str, topic: str) -> List[Line]:
        place = self.places.get(country)
        if place is None:
            return []
        rows = [row for row in getattr(place, topic) if row.confidence != "C"]
        return rows or (self._rows(place.parent, topic) if place.parent else [])

    def country_in(self, text: str, asked: bool) -> Optional[str]:
        """The place a text names; a short name counts only when the question was put, or "in" it.

        "us" is a country after "in the", and a pronoun everywhere else.
        """
        plain = re.sub(r"[^\w\s.']", " ", text.lower()).strip()
        best: Optional[str] = None
        length = 0
        for code, place in self.places.items():
            for name in place.said:
                if len(name) > length and self._says(plain, name, asked):
                    best, length = code, len(name)
        return best

    @staticmethod
    def _says(plain: str, name: str, asked: bool) -> bool:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", plain):
            if asked and (len(name) > 2 or plain.strip(". ") in (name, f"the {name}")):
                return True
            before = plain[: found.start()]
            if _HERE.search(before) and (name != "us" or before.endswith("the ")):
                return True
            if len(name) > _SHORT and plain == name:
                return True
        return False


@lru_cache(maxsize=4)
def helplines_of(data: Path) -> Helplines:
    """The lines of a folder, read once per process."""
    return Helplines.load(data)
