"""Training examples: enough of them, none twice, none nearly twice, none in two intents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import words_of

_RULES = "lint/training.yml"
_ENTITY = re.compile(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})")


def check(project: Project) -> Iterator[Finding]:
    """Holds data/nlu against data/lint/training.yml."""
    rules = project.yaml(project.data / _RULES)
    examples = list(examples_of(project))
    yield from _counts(project, rules, Counter(intent for intent, _, _ in examples))
    yield from _in_two_intents(project, examples)
    yield from _alike(project, examples, float(rules["alike"]))


def examples_of(project: Project) -> Iterator[tuple[str, str, Path]]:
    """Every training example: intent, text without entity marks, file."""
    for path in project.data_files("nlu"):
        for item in project.table(path).get("nlu") or []:
            for line in str(item.get("examples") or "").splitlines():
                text = _ENTITY.sub(r"\1", line.strip().removeprefix("-").strip())
                if text and "intent" in item:
                    yield item["intent"], text, path


def _counts(project: Project, rules: dict, counts: Counter[str]) -> Iterator[Finding]:
    frequent = rules["frequent"]
    for intent in sorted(project.intents - set(rules["without"])):
        least = frequent["least"] if intent in frequent["intents"] else rules["rare"]["least"]
        if counts[intent] < least:
            message = f"expected at least {least} examples, here are {counts[intent]}"
            yield Finding(Path("data/nlu"), intent, message)
    for intent in sorted(set(counts) - project.intents):
        yield Finding(Path("data/nlu"), intent, "expected an intent of domain.yml")


def _in_two_intents(project: Project, examples: list[tuple[str, str, Path]]) -> Iterator[Finding]:
    where: dict[str, tuple[str, str]] = {}
    for intent, text, path in examples:
        same = _plain(text)
        first, first_text = where.setdefault(same, (intent, text))
        if first != intent:
            message = f"'{text}' is an example of '{first}' as well"
            yield Finding(project.relative(path), intent, message)
        elif first_text is not text:
            yield Finding(project.relative(path), intent, f"'{text}' is there twice")


def _alike(
    project: Project, examples: list[tuple[str, str, Path]], least: float
) -> Iterator[Finding]:
    by_intent: dict[str, dict[str, Path]] = defaultdict(dict)
    for intent, text, path in examples:
        by_intent[intent].setdefault(_plain(text), path)
    for intent, texts in by_intent.items():
        for one, other in _near_pairs(list(texts), least):
            message = f"'{one}' and '{other}' are nearly the same; expected varied examples"
            yield Finding(project.relative(texts[one]), intent, message)


def _near_pairs(texts: list[str], least: float) -> Iterator[tuple[str, str]]:
    """Pairs whose letter pairs overlap by `least` (Jaccard) or whose words are the same set.

    Only texts that share one of their rarest letter triples' blocks are compared: two sets that
    overlap so much must share a member of any part larger than what they may differ in.
    """
    grams = {text: frozenset(_grams(text)) for text in texts}
    often = Counter(gram for found in grams.values() for gram in found)
    blocks: dict[str, list[str]] = defaultdict(list)
    for text, found in grams.items():
        rarest = sorted(found, key=lambda gram: (often[gram], gram))
        for gram in rarest[: len(found) - int(least * len(found)) + 1]:
            blocks[gram].append(text)
    pairs = {pair for block in blocks.values() for pair in combinations(sorted(set(block)), 2)}
    for one, other in sorted(pairs):
        common = len(grams[one] & grams[other])
        if common >= least * (len(grams[one]) + len(grams[other]) - common):
            yield one, other


def _grams(text: str) -> list[str]:
    padded = f" {text} "
    return [padded[place : place + 3] for place in range(len(padded) - 2)]


def _plain(text: str) -> str:
    """The words of a text; a text without any (emoji, other scripts) as it is."""
    return " ".join(words_of(text)) or text
