"""Ranks the evidence for causes and says which are claimed strongly enough to be offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

MOST_OFFERED = 3  # causes from one message; the others stay in the evidence
ENOUGH = 1.0
WEIGHTS = {"strong": 1.0, "weak": 0.5}
_LOOSE = " ,.;:!?-"  # what a span may end in without meaning anything
_AGAIN = 0.25  # of a rule's weight, for each further sentence that says the same
_MOST_AGAIN = 2  # so that a weak rule alone never makes a claim, however often it is heard
_COUPLE = 0.5  # what a weak rule gains where the message is about a couple that has not parted
_PARTED = "ours.parting"


class CauseEvidence(Protocol):
    """What this module needs of a piece of evidence."""

    @property
    def kind(self) -> str:
        """A "cause", or the "topic" that says whether a couple is spoken of."""

    @property
    def id(self) -> str:
        """Which cause."""

    @property
    def rule(self) -> str:
        """The rule's full id, "cause.rule"."""

    @property
    def means(self) -> str:
        """What the rule hears, in words for the person."""

    @property
    def strength(self) -> str:
        """A key of WEIGHTS."""

    @property
    def text(self) -> str:
        """The person's own words."""

    @property
    def sentence(self) -> int:
        """The number of the sentence in the message."""


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

    Two weak rules make a claim, the same weak rule twice does not, unless the message is about a
    couple that has not parted: "i get angry" is nobody's cause, "i get angry with my wife" is. A
    cause named in several sentences of a long message comes before one named in passing; ties keep
    the order of the text.
    """
    heard_all = list(evidence)
    gain = _COUPLE if _is_of_a_couple(heard_all) else 0.0
    rules: dict[str, dict[str, list[CauseEvidence]]] = {}
    for found in heard_all:
        if found.kind == "cause":
            rules.setdefault(found.id, {}).setdefault(found.rule, []).append(found)
    claims = [_claim(cause, list(heard.values())) for cause, heard in rules.items()]
    enough = [claim for claim in claims if claim.weight + gain >= ENOUGH]
    return sorted(enough, key=lambda claim: -claim.weight)[:most]


def _is_of_a_couple(heard: Iterable[CauseEvidence]) -> bool:
    topics = {(found.id, found.rule) for found in heard if found.kind == "topic"}
    return any(name == "couple" for name, _ in topics) and ("ours", _PARTED) not in topics


def _claim(cause: str, heard: list[list[CauseEvidence]]) -> CauseClaim:
    every = [found for same in heard for found in same]
    best = max(every, key=lambda found: (WEIGHTS[found.strength], len(found.text)))
    weight = sum(_weight(same) for same in heard)
    return CauseClaim(cause, best.text.strip(_LOOSE), best.rule, best.means, weight)


def _weight(same: list[CauseEvidence]) -> float:
    again = min(len({found.sentence for found in same}) - 1, _MOST_AGAIN)
    return WEIGHTS[same[0].strength] * (1 + _AGAIN * again)
