"""Replies get the values they need, their buttons lead somewhere, and they stay short."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from afterword.content.replies import MAX_PAYLOAD, ReplyTemplate, load_reply_file
from afterword.content.wording import PRONOUN_NAMES
from afterword.lint.calls import Saying, sayings, texts
from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import words_of

_WORDY = 60  # words; safety/protocol.md keeps the longest messages below this
_PAYLOAD = re.compile(r"/([a-z_]+)(\{.*\})?")
_RASA_OWN = frozenset(("restart", "session_start", "back"))


def check(project: Project) -> Iterator[Finding]:
    """Checks every reply file, and the buttons Python makes."""
    said = [saying for path in project.python_files() for saying in sayings(path)]
    for path in project.data_files("replies"):
        for key, reply in load_reply_file(path).items():
            shown = project.relative(path)
            yield from _values(project, shown, key, reply, said)
            yield from _length(shown, key, reply)
            for button in reply.buttons:
                yield from _button(project, shown, key, button.send)
    yield from _made_buttons(project)


def _values(
    project: Project, path: Path, key: str, reply: ReplyTemplate, said: list[Saying]
) -> Iterator[Finding]:
    needed = reply.placeholders - PRONOUN_NAMES
    for saying in said:
        if needed and not saying.more and saying.key.fullmatch(key):
            missing = sorted(needed - saying.values)
            if missing:
                where = f"{project.relative(saying.path)} line {saying.line}"
                yield Finding(path, key, f"{{{missing[0]}}} is not given by {where}")


def _length(path: Path, key: str, reply: ReplyTemplate) -> Iterator[Finding]:
    for wording in reply.say:
        count = len(words_of(wording))
        if count > _WORDY:
            yield Finding(path, key, f"expected at most {_WORDY} words, here are {count}")


def _button(project: Project, path: Path, key: str, send: str) -> Iterator[Finding]:
    match = _PAYLOAD.fullmatch(send)
    if match is None:
        yield Finding(path, key, f"'{send}': expected /intent or /intent{{json}}")
        return
    if match[1] not in project.intents | _RASA_OWN:
        yield Finding(path, key, f"'{send}': expected an intent of domain.yml")
    if match[2]:
        try:
            json.loads(match[2])
        except ValueError:
            yield Finding(path, key, f"'{send}': expected JSON after the intent")


def _made_buttons(project: Project) -> Iterator[Finding]:
    """Payloads that are written out in Python."""
    for path in project.python_files():
        for text in texts(path):
            send = text.literal
            if not send.startswith("/") or not _is_payload(send, project):
                continue
            where = f"line {text.line}"
            if len(send.encode()) > MAX_PAYLOAD or "(" in send:
                message = f"'{send}': expected at most {MAX_PAYLOAD} bytes and no brackets ()"
                yield Finding(project.relative(path), where, message)


def _is_payload(text: str, project: Project) -> bool:
    match = re.match(r"/([a-z_]+)", text)
    return match is not None and match[1] in project.intents
