"""Figures about decisions: per intent and per kind of act, and which errors were worst."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from afterword.files import FileError
from afterword.understanding.intents import NO_INTENT, family_of

OUTSIDE = "out_of_scope"


@dataclass(frozen=True)
class Labelled:
    """One held-out sentence and the intent it is meant to have."""

    id: str
    text: str
    intent: str


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of one label, and how many sentences carry it."""

    label: str
    precision: float
    recall: float
    f1: float
    count: int


def load_labelled(path: Path) -> list[Labelled]:
    """Reads JSON lines of id, text and intent.

    Raises:
        FileError: a line is no such thing; says which.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            item = json.loads(line)
            found.append(Labelled(str(item["id"]), str(item["text"]), str(item["intent"])))
        except (ValueError, KeyError, TypeError) as error:
            raise FileError(f"{path}: line {number}: expected id, text and intent") from error
    return found


def act_of(intent: str) -> str:
    """The kind of act an intent stands for: causes are told, commands are one kind."""
    family = family_of(intent)
    if family == "cause" or intent == "tell_story":
        return "telling"
    if intent in ("nlu_fallback", "smalltalk") or intent in NO_INTENT:
        return OUTSIDE
    if family == "command" and intent != "bot_challenge":
        return "command"
    return intent


def scores(wanted: Sequence[str], given: Sequence[str]) -> list[Score]:
    """One score for each label that is wanted anywhere, by name."""
    hit = Counter(w for w, g in zip(wanted, given, strict=True) if w == g)
    asked, said = Counter(wanted), Counter(given)
    found = []
    for label in sorted(asked):
        precision = hit[label] / said[label] if said[label] else 0.0
        recall = hit[label] / asked[label]
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        found.append(Score(label, precision, recall, f1, asked[label]))
    return found


def macro(found: Iterable[Score]) -> float:
    """The mean F1, every label counting the same."""
    values = [score.f1 for score in found]
    return sum(values) / len(values) if values else 0.0


def share_right(wanted: Sequence[str], given: Sequence[str]) -> float:
    """The share of sentences decided as wanted."""
    return sum(w == g for w, g in zip(wanted, given, strict=True)) / max(1, len(wanted))


def outside_recognised(wanted: Sequence[str], given: Sequence[str]) -> float:
    """The share of sentences that are none of our business which were taken as that."""
    pairs = [(w, g) for w, g in zip(wanted, given, strict=True) if w == OUTSIDE]
    return sum(g == OUTSIDE for _, g in pairs) / max(1, len(pairs))
