"""Every reply that code or content names is defined, and every defined reply can be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from afterword.content.replies import load_reply_file
from afterword.lint.calls import Text, sayings, texts
from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import strings_of

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_FILE_ENDS = frozenset(
    [
        "css",
        "db",
        "gz",
        "html",
        "ics",
        "js",
        "json",
        "jsonl",
        "md",
        "pdf",
        "png",
        "py",
        "sqlite",
        "svg",
        "txt",
        "yml",
        "zip",
    ]
)


def check(project: Project) -> Iterator[Finding]:
    """Compares what is defined under data/replies with what Python and other content name."""
    defined = defined_keys(project)
    written = [found for path in project.python_files() for found in texts(path)]
    named = _named_in_content(project)
    yield from _undefined(project, defined, written, named)
    yield from _unused(project, defined, written, named)


def defined_keys(project: Project) -> dict[str, Path]:
    """Every reply key with the file that defines it."""
    return {key: path for path in project.data_files("replies") for key in load_reply_file(path)}


def _undefined(
    project: Project,
    defined: dict[str, Path],
    written: list[Text],
    named: dict[str, tuple[Path, str]],
) -> Iterator[Finding]:
    topics = {key.split(".")[0] for key in defined}
    for text in written:
        if text.literal and text.literal not in defined and _looks_like_key(text.literal, topics):
            yield _missing(project, text.path, f"line {text.line}", text.literal)
    for path in project.python_files():
        for saying in sayings(path):
            known = any(saying.key.fullmatch(key) for key in defined)
            if not known and (not saying.literal or "." in saying.literal):
                yield _missing(
                    project, path, f"line {saying.line}", saying.literal or saying.key.pattern
                )
    for name, (path, key) in named.items():
        if name not in defined and _looks_like_key(name, topics):
            yield _missing(project, path, key, name)


def _unused(
    project: Project,
    defined: dict[str, Path],
    written: list[Text],
    named: dict[str, tuple[Path, str]],
) -> Iterator[Finding]:
    literals = {text.literal for text in written}
    made = {text.pattern for text in written if not text.literal and "." in text.pattern.pattern}
    made = {pattern for pattern in made if _says_a_topic(pattern.pattern)}
    for key, path in defined.items():
        said = key in literals or key in named or any(made_of.fullmatch(key) for made_of in made)
        if not said:
            yield Finding(project.relative(path), key, "expected code or content that says it")


def _says_a_topic(pattern: str) -> bool:
    """Whether a text made of parts begins like a key: "step\\.reason_...", not "..." alone."""
    return re.match(r"[a-z][a-z0-9_]*\\\.", pattern) is not None


def _looks_like_key(text: str, topics: set[str]) -> bool:
    if not _KEY.fullmatch(text) or text.split(".")[0] not in topics:
        return False
    return text.rsplit(".", 1)[1] not in _FILE_ENDS


def _named_in_content(project: Project) -> dict[str, tuple[Path, str]]:
    """Texts of content that are keys, such as `reply: ask.what_happened`."""
    found: dict[str, tuple[Path, str]] = {}
    for path in project.data_files("."):
        if path.relative_to(project.data).parts[0] not in ("replies", "nlu"):
            for key, text in strings_of(project.yaml(path)):
                if _KEY.fullmatch(text):
                    found.setdefault(text, (path, key))
    return found


def _missing(project: Project, path: Path, key: str, name: str) -> Finding:
    return Finding(project.relative(path), key, f"reply '{name}' is not defined in data/replies")
