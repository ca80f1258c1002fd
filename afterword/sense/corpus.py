"""The labelled lines that the sense of a message is learned from: data/learn and data/nlu.

All of them are invented. A lesson is a text and the names that hold of it; every other name of
its subject does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from afterword.lint.project import Project
from afterword.lint.training import examples_of

RISK, SPEECH, DRAFTS = "risk", "speech", "drafts"
SUBJECTS = (RISK, SPEECH, DRAFTS)
ANY = "any"  # any risk at all
CAUSE = "cause_"  # before the names of causes, among the names of acts
COMMAND = "command"  # something asked of the assistant itself
TOLD = "telling"

# What people say in words of every kind; other intents are asked for in words of our own.
ACTS = frozenset(
    (
        *("affirm", "ask_contact", "ask_get_back", "ask_why_they_left", "begged_already"),
        *("bot_challenge", "checking_social_media", "deny", "goodbye", "greet", "insult"),
        *("jealous_new_partner", "moving_on", "out_of_scope", "self_care", "smalltalk"),
        *(TOLD, "thanks", "vent"),
    )
)
_TELLING = frozenset(("tell_story", "answer"))
_MAYBE_DANGER = frozenset(("ask_help",))  # who asks for help may be in danger or not
FEWEST_WORDS = 4  # of marked words that are a lesson; "take care" may be part of anything


class CorpusError(ValueError):
    """A file of lessons is wrong; the message says where."""


@dataclass(frozen=True)
class Lesson:
    """A text and what holds of it."""

    text: str
    names: frozenset[str]


def lessons_of(root: Path, subject: str) -> list[Lesson]:
    """Every lesson of a subject, each text once, the first label winning.

    Raises:
        CorpusError, ContentError: a file is wrong.
    """
    made = {RISK: _risk, SPEECH: _speech, DRAFTS: _drafts}[subject](root)
    once: dict[str, Lesson] = {}
    for lesson in made:
        once.setdefault(lesson.text, lesson)
    return list(once.values())


def _risk(root: Path) -> Iterator[Lesson]:
    for line in _lines(root, RISK):
        yield Lesson(line["text"], _risky(line["class"]))
    for place, line in enumerate(_lines(root, SPEECH)):
        # Of harmless talk every second line will do: measured, all of them hear no better, and
        # what learning costs grows with the cube of their number.
        if line.get("risk") or place % 2 == 0:
            yield Lesson(line["text"], _risky(line.get("risk")))
    for intent, text in _training(root):
        if _said(intent) == {COMMAND} and intent not in _MAYBE_DANGER:
            yield Lesson(text, frozenset())


def _risky(name: str | None) -> frozenset[str]:
    return frozenset((ANY, name)) if name else frozenset()


def _speech(root: Path) -> Iterator[Lesson]:
    for line in _lines(root, SPEECH):
        yield Lesson(
            line["text"], frozenset((line["act"], *(CAUSE + name for name in line["causes"])))
        )
    for intent, text in _training(root):
        yield Lesson(text, _said(intent))


def _said(intent: str) -> frozenset[str]:
    if intent.startswith(CAUSE):
        return frozenset((TOLD, intent))
    if intent in _TELLING:
        return frozenset((TOLD,))
    return frozenset((intent if intent in ACTS else COMMAND,))


def _drafts(root: Path) -> Iterator[Lesson]:
    """Whole drafts, and where the words that make them a kind are marked, those for themselves."""
    for line in _lines(root, DRAFTS):
        good = frozenset(f"good.{name}" for name in line.get("good", ()))
        yield Lesson(line["text"], frozenset(line["kinds"]) | good)
        for words in dict.fromkeys(words for _, words in line.get("spans", ())):
            if len(words.split()) >= FEWEST_WORDS:
                kinds = (kind for kind, other in line["spans"] if words in other or other in words)
                yield Lesson(words, frozenset(kinds))


def _lines(root: Path, subject: str) -> Iterator[dict[str, Any]]:
    for path in sorted((root / "data" / "learn" / subject).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found = json.loads(line)
                if not found["text"].strip():
                    raise ValueError("no text")
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CorpusError(f"{path}:{number}: {error!r}") from error
            yield found


def _training(root: Path) -> Iterator[tuple[str, str]]:
    for intent, text, _ in examples_of(Project(root)):
        yield intent, text
