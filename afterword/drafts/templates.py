"""Honest templates, filled with the person's own words."""

from __future__ import annotations

import string
from pathlib import Path

from pydantic import Field

from afterword.content.errors import build
from afterword.content.models import Content
from afterword.files import load_yaml


class Blank(Content):
    """A place to fill: its name in the text, and the question that asks for it."""

    name: str
    ask: str


class Template(Content):
    """A template: what it is for, the text with its blanks, and an example for each blank."""

    id: str
    title: str = Field(..., max_length=40)
    text: str
    blanks: list[Blank]
    example: dict[str, str]

    def fill(self, words: dict[str, str]) -> str:
        """The message with the person's words in the blanks.

        Raises:
            KeyError: a blank was not filled.
        """
        trimmed = {name: said.strip().rstrip(".") for name, said in words.items()}
        return string.Formatter().vformat(self.text, (), trimmed)


def load_templates(folder: Path) -> dict[str, Template]:
    """Reads data/drafts/templates.

    Raises:
        ContentError, FileError: a file is wrong.
    """
    found = [build(Template, load_yaml(path), path) for path in sorted(folder.glob("*.yml"))]
    return {template.id: template for template in found}
