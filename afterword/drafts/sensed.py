"""What a draft is like, beside what the rules find in it: each kind's score, and where."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from afterword.drafts.asks import Place
from afterword.evidence import Reading
from afterword.sense import Sense
from afterword.sense.corpus import DRAFTS
from afterword.sense.limits import DraftLimits, limits_of
from afterword.sense.places import sentences_of

log = logging.getLogger(__name__)

GOOD = "good."  # before the names of good things, among the names of kinds
_FEWEST_IN_ALL = 5  # of a draft, full stops too: "take care" can be like anything


@dataclass(frozen=True)
class Sensed:
    """The scores of the whole, and by kind the sentence that is most like it."""

    limits: DraftLimits
    whole: Mapping[str, float] = field(default_factory=dict)
    sentences: tuple[tuple[Place, Mapping[str, float]], ...] = ()

    def kinds(self, grave: frozenset[str]) -> dict[str, Place]:
        """The kinds it is like, with the words: the sentence that is most like them.

        A grave kind must be more like it: an honest draft is not to be called a threat.
        """
        return {
            kind: self._place(kind)
            for kind, score in self.whole.items()
            if not kind.startswith(GOOD)
            and score > self.limits.whole + self.limits.grave * (kind in grave)
        }

    def unlike(self, kind: str) -> bool:
        """Whether the draft is hardly anything like a kind."""
        return kind in self.whole and self.whole[kind] < self.limits.drop

    def good(self, heard: set[str]) -> set[str]:
        """The good things heard, with those it is like, without those it is nothing like."""
        found = set(heard)
        for name, score in self.whole.items():
            if name.startswith(GOOD) and score > self.limits.good:
                found.add(name.removeprefix(GOOD))
            if name.startswith(GOOD) and score < self.limits.good_drop:
                found.discard(name.removeprefix(GOOD))
        return found

    def _place(self, kind: str) -> Place:
        return max(self.sentences, key=lambda one: one[1][kind])[0]


class DraftSense:
    """Scores drafts; without anything learned, or where that fails, every draft is like nothing."""

    def __init__(self, limits: DraftLimits, sense: Callable[[], Sense | None]) -> None:
        self._limits, self._load = limits, sense

    @classmethod
    def load(cls, data: Path, sense: Callable[[], Sense | None]) -> DraftSense:
        """The limits of data/sense.yml.

        Raises:
            ContentError: the file is wrong; the error says where.
        """
        return cls(limits_of(data).drafts, sense)

    def of(self, reading: Reading) -> Sensed:
        """The draft's scores."""
        places = _places(reading)
        try:
            sense = self._load()
            if sense is None or len(reading.document.words) < _FEWEST_IN_ALL or not places:
                return Sensed(self._limits)
            texts = [reading.raw, *(reading.raw[place.start : place.end] for place in places)]
            whole, *each = sense.scores(DRAFTS, sense.look(texts))
        except Exception as error:  # the rules find what they find without it
            log.error("sense_failed error=%s", type(error).__name__)
            return Sensed(self._limits)
        return Sensed(self._limits, whole, tuple(zip(places, each, strict=True)))


def _places(reading: Reading) -> list[Place]:
    """Where the sentences are; the shortest as well where there is nothing else."""
    return [Place(*span) for span in sentences_of(reading) or sentences_of(reading, 1)]
