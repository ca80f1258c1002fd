"""From which scores on the sense is heard: data/sense.yml, which says what each limit means."""

from __future__ import annotations

from pathlib import Path
from typing import Dict

from afterword.content.errors import build, read_table
from afterword.content.models import Content


class RiskLimits(Content):
    """What the sense may add to the risks that rules hear, and take from them."""

    whole: float
    sentence: float
    of_class: float
    strong: float
    weak: float
    alone: float
    soften: float
    apart: float
    clause: float
    means: Dict[str, str]

    @property
    def settled(self) -> float:
        """From so much on nothing that a rule heard is doubted."""
        return max(self.strong, self.weak, self.soften)


class CauseLimits(Content):
    """From which score on a cause is claimed: no rule heard it, a weak one did, any rule did."""

    alone: float
    weak: float
    stands: float
    means: Dict[str, str]


class DraftLimits(Content):
    """From which scores on a kind of finding, or something good, counts in a draft."""

    whole: float
    grave: float
    drop: float
    good: float
    good_drop: float


class Limits(Content):
    """The whole file."""

    risk: RiskLimits
    causes: CauseLimits
    drafts: DraftLimits


def limits_of(data: Path) -> Limits:
    """The limits of data/sense.yml.

    Raises:
        ContentError: the file is wrong; the error says where.
    """
    path = data / "sense.yml"
    return build(Limits, read_table(path), path)
