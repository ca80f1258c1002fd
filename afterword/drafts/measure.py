"""Figures of the review against drafts whose kinds were written down by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from afterword.drafts.review import Reviewer


@dataclass
class Tally:
    """Hits, extras and misses by id."""

    hit: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: set[str], found: set[str]) -> None:
        """Counts one draft."""
        self.hit.update(wanted & found)
        self.extra.update(found - wanted)
        self.missed.update(wanted - found)

    @property
    def f1(self) -> float:
        """Micro-F1 over all ids; 1.0 where nothing was to be found and nothing was."""
        right = 2 * sum(self.hit.values())
        wrong = sum(self.extra.values()) + sum(self.missed.values())
        return right / (right + wrong) if right + wrong else 1.0

    def lines(self) -> Iterator[str]:
        """One line an id."""
        for name in sorted({*self.hit, *self.extra, *self.missed}):
            yield (
                f"{name:26} hit {self.hit[name]:3}  extra {self.extra[name]:3}"
                f"  missed {self.missed[name]:3}"
            )


@dataclass
class Figures:
    """What was measured. `grave` counts honest drafts in which something grave was found."""

    kinds: Tally = field(default_factory=Tally)
    good: Tally = field(default_factory=Tally)
    drafts: int = 0
    honest: int = 0
    grave: int = 0
    wrong: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """The figures in one line."""
        return (
            f"kinds micro-F1 {self.kinds.f1:.3f} on {self.drafts} drafts; grave on {self.grave} of"
            f" {self.honest} honest ones; good micro-F1 {self.good.f1:.3f}"
        )


def measure(reviewer: Reviewer, drafts: Sequence[dict[str, Any]]) -> Figures:
    """Reviews every draft and compares with its "kinds" and, where given, its "good"."""
    figures = Figures()
    for draft in drafts:
        review = reviewer.review(draft["text"])
        wanted, found = set(draft["kinds"]), set(review.kinds)
        figures.drafts += 1
        figures.kinds.add(wanted, found)
        if "good" in draft:
            figures.good.add(set(draft["good"]), set(review.good))
        if not wanted:
            figures.honest += 1
            figures.grave += any(finding.grave for finding in review.findings)
        if wanted != found:
            figures.wrong.append(
                f"{draft['id']}: missed {sorted(wanted - found)}, extra {sorted(found - wanted)}"
            )
    return figures
