"""Lessons (data/learn): known names only, nothing twice, and no held-out sentence among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import words_of

_RISK, _SPEECH, _DRAFTS = "risk", "speech", "drafts"


def check(project: Project) -> Iterator[Finding]:
    """Holds every line of data/learn against the names the content knows."""
    known = _known(project)
    held_out = {_plain(text): path for path, text in _held_out(project)}
    seen: set[tuple[str, str]] = set()
    for path in sorted((project.data / "learn").rglob("*.jsonl")):
        subject, shown = path.parent.name, project.relative(path)
        if subject not in known:
            yield Finding(shown, "", f"expected one of the folders {', '.join(sorted(known))}")
            continue
        for place, line in _lines(path):
            message = _wrong(line, known[subject])
            plain = "" if message else _plain(line["text"])
            if plain in held_out:
                message = f"is held out in {project.relative(held_out[plain])}; keep it out of here"
            elif plain and (subject, plain) in seen:
                message = f"'{plain[:60]}' is there twice"
            seen.add((subject, plain))
            if message:
                yield Finding(shown, place, message)


def _wrong(line: Any, known: dict[str, frozenset[str | None]]) -> str:
    """What is wrong with a line, in words; nothing where nothing is."""
    if not isinstance(line, dict) or not str(line.get("text") or "").strip():
        return 'expected a line {"text", ...}'
    for key, names in known.items():
        if key not in line:
            return f"expected a '{key}'"
        given = line[key] if isinstance(line[key], list) else [line[key]]
        for name in given:
            if name not in names:
                return f"{key}: unknown name '{name}'"
    for kind, words in line.get("spans") or ():
        if kind not in line["kinds"] or words not in line["text"]:
            return f"spans: '{words[:40]}' is no part of the text, or '{kind}' none of its kinds"
    return ""


def _known(project: Project) -> dict[str, dict[str, frozenset[str | None]]]:
    from afterword.sense.corpus import ACTS

    classes = project.table(project.data / "safety" / "protocol.yml")["classes"]
    causes = {path.stem for path in project.data_files("article/causes")}
    drafts = project.data / "drafts"
    kinds = {path.stem for path in (drafts / "findings").glob("*.yml")}
    kinds |= set(project.table(drafts / "whole.yml"))
    good = {path.stem for path in (drafts / "good").glob("*.yml")}
    risk = frozenset((*classes, None))
    return {
        _RISK: {"class": risk},
        _SPEECH: {"act": frozenset(ACTS), "causes": frozenset(causes), "risk": risk},
        _DRAFTS: {"kinds": frozenset(kinds), "good": frozenset(good)},
    }


def _held_out(project: Project) -> Iterator[tuple[Path, str]]:
    for path in sorted((project.data / "heldout").glob("*.jsonl")):
        for _, line in _lines(path):
            yield path, str(line.get("text", ""))


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield f"line {number}", json.loads(line)
        except ValueError:
            yield f"line {number}", None


def _plain(text: str) -> str:
    return " ".join(words_of(text)) or text
