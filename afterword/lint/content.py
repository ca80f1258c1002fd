"""Causes, steps, evidence and replies are what their models say, and evidence is used."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.content import Library
from afterword.content.library import load_evidence
from afterword.content.replies import load_bank
from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import strings_of, words_of

_WORDY = 45  # words in one message; more is a wall of text on a phone
_TOLD_ALONE = ("what_is", "why", "honest_version", "what_article_says", "small_thing")


def check(project: Project) -> Iterator[Finding]:
    """Loads everything (a broken file raises ContentError), then looks for unused evidence."""
    Library.load(project.data)
    load_bank(project.data / "replies")
    yield from _evidence_ids(project)
    yield from _evidence_use(project)
    yield from _long_texts(project)


def _evidence_ids(project: Project) -> Iterator[Finding]:
    """Every `evidence` list anywhere in data names evidence there is."""
    known = load_evidence(project.data / "evidence.yml")
    for path in project.data_files("."):
        for key, text in strings_of(project.yaml(path)):
            parts = key.split(".")
            named = "evidence" in parts[-2:] and parts[0] != "nlu" and " " not in text
            if named and text not in known:
                yield Finding(project.relative(path), key, f"unknown evidence id '{text}'")


def _evidence_use(project: Project) -> Iterator[Finding]:
    path = project.data / "evidence.yml"
    used: set[str] = set()
    for file in project.data_files("."):
        if file != path:
            used.update(text for _, text in strings_of(project.yaml(file)))
    for file in project.files:
        if file.suffix == ".md":
            used.update(file.read_text(encoding="utf-8").replace("`", " ").split())
    for name in load_evidence(path):
        if name not in used:
            message = "expected some advice, page of docs or reply that uses this evidence"
            yield Finding(project.relative(path), name, message)


def _long_texts(project: Project) -> Iterator[Finding]:
    for path in project.data_files("article"):
        for key, text in strings_of(project.yaml(path)):
            count = len(words_of(text))
            if key.split(".")[0] in _TOLD_ALONE and count > _WORDY:
                message = f"expected at most {_WORDY} words, here are {count}"
                yield Finding(project.relative(path), key, message)
