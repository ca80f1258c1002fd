"""Ranks the evidence for causes and says which are claimed strongly enough to be offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

MOST_OFFERED = 3  # causes from one message; the others stay in the evidence
ENOUGH = 1.0
WEIGHTS = {"strong": 1.0, "weak": 0.5}


class CauseEvidence(Protocol):
    """What this module needs of a piece of evidence."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def means(self) -> str: ...
    @property
    def strength(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class CauseClaim:
    """A cause the message claims, with the words that claim it and the rule that heard them."""

    id: str
    words: str
    rule: str
    means: str
    weight: float


def claims_of(evidence: Iterable[CauseEvidence], most: int = MOST_OFFERED) -> list[CauseClaim]:
    """The causes claimed, strongest first, at most `most` of them.

    Two weak rules make a claim, the same weak rule twice does not.
    """
    rules: dict[str, dict[str, CauseEvidence]] = {}
    for found in evidence:
        if found.kind == "cause":
            rules.setdefault(found.id, {}).setdefault(found.rule, found)
    claims = [_claim(cause, list(heard.values())) for cause, heard in rules.items()]
    enough = [claim for claim in claims if claim.weight >= ENOUGH]
    return sorted(enough, key=lambda claim: -claim.weight)[:most]


def _claim(cause: str, heard: list[CauseEvidence]) -> CauseClaim:
    best = max(heard, key=lambda found: (WEIGHTS[found.strength], len(found.text)))
    weight = sum(WEIGHTS[found.strength] for found in heard)
    return CauseClaim(cause, best.text, best.rule, best.means, weight)
