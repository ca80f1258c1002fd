"""What may reach a person holds no forbidden words and neither of the manipulative texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import strings_of, words_of

_RULES = "lint/utterable.yml"
# Folders whose texts are for machines: they are read or trained on, never said.
_NEVER_SAID = frozenset(("lint", "nlu", "rules", "stories", "style", "heldout"))
_OF_PATTERNS = frozenset(("means", "rewrite", "about"))  # what is said of a pattern file
_NOT_SAID_KEYS = frozenset(("aliases", "id", "any", "unless", "examples", "near_misses", "source"))


def check(project: Project) -> Iterator[Finding]:
    """Holds every text that can be said against data/lint/utterable.yml."""
    rules = project.yaml(project.data / _RULES)
    never: list[_Forbidden | _Manipulative] = [_Forbidden(item) for item in rules["forbidden"]]
    never += [_Manipulative(item) for item in rules["manipulative"]]
    for path, key, text in utterances(project):
        for rule in never:
            if rule.found_in(text):
                yield Finding(project.relative(path), key, f"never say this: {rule.why}")


def utterances(project: Project) -> Iterator[tuple[Path, str, str]]:
    """Every text that can reach a person, with its file and key."""
    for path in project.data_files("."):
        if path.relative_to(project.data).parts[0] in _NEVER_SAID or path.stem.startswith("sets"):
            continue
        content = project.yaml(path)
        of_patterns = isinstance(content, dict) and "rules" in content and "kind" in content
        for key, text in strings_of(content, skip=_NOT_SAID_KEYS):
            if " " in text and (not of_patterns or _OF_PATTERNS.intersection(key.split("."))):
                yield path, key, text


class _Forbidden:
    def __init__(self, rule: dict[str, Any]) -> None:
        self.why = str(rule["why"])
        self._words = re.compile(rule["words"], re.IGNORECASE)
        self._unless = re.compile(rule["unless"], re.IGNORECASE) if "unless" in rule else None

    def found_in(self, text: str) -> bool:
        plain = text.replace("\u2019", "'")
        if self._unless is not None:
            plain = self._unless.sub(" ", plain)
        return self._words.search(plain) is not None


class _Manipulative:
    """Found where each group has one of its phrases among the words of the text."""

    def __init__(self, rule: dict[str, Any]) -> None:
        self.why = str(rule["why"])
        self._groups = [[_padded(phrase) for phrase in group] for group in rule["groups"]]

    def found_in(self, text: str) -> bool:
        words = _padded(text)
        return all(any(phrase in words for phrase in group) for group in self._groups)


def _padded(text: str) -> str:
    return f" {' '.join(words_of(text))} "
