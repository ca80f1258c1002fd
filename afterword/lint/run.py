"""Runs the families of checks; one that meets an unreadable file reports it and the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from afterword.content import ContentError
from afterword.evidence import PatternError
from afterword.files import FileError
from afterword.lint import (
    content,
    copying,
    coverage,
    domain,
    duplicates,
    helplines,
    keys,
    lessons,
    links,
    patterns,
    replies,
    slots,
    training,
    utterances,
)
from afterword.lint.findings import Finding
from afterword.lint.project import Project

Check = Callable[[Project], Iterable[Finding]]

FAMILIES: Mapping[str, Check] = {
    "content": content.check,
    "coverage": coverage.check,
    "domain": domain.check,
    "keys": keys.check,
    "replies": replies.check,
    "utterances": utterances.check,
    "copying": copying.check,
    "patterns": patterns.check,
    "training": training.check,
    "lessons": lessons.check,
    "helplines": helplines.check,
    "slots": slots.check,
    "links": links.check,
    "duplicates": duplicates.check,
}


def lint(project: Project, families: Iterable[str] = tuple(FAMILIES)) -> list[Finding]:
    """Runs the named families and returns what they found, in the order of paths.

    Raises:
        KeyError: there is no family of that name.
    """
    found: set[Finding] = set()
    for name in families:
        try:
            found.update(FAMILIES[name](project))
        except ContentError as error:
            found.add(Finding(project.relative(error.path), error.key, error.expected))
        except (FileError, PatternError) as error:
            found.add(_unreadable(project, str(error)))
    return sorted(found)


def _unreadable(project: Project, message: str) -> Finding:
    """A finding of an error whose text begins with the path."""
    path, _, rest = message.partition(": ")
    return Finding(project.relative(Path(path)), "", rest or message)
