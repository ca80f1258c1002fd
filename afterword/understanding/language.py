"""Whether a message is English, as far as a glance can tell."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from afterword.files import load_yaml
from afterword.reading import Document

DATA = Path(__file__).parents[2] / "data"
FEW = 3  # up to so many words may be a name, a sound, a word in any language


def looks_english(document: Document, data: Path = DATA) -> bool:
    """Says no for other scripts, and for four or more words of which hardly one is common.

    A message without letters (emoji, a number) is no other language, so it is let through.
    """
    letters = [sign for sign in document.raw if sign.isalpha()]
    if not letters:
        return True
    latin = sum("LATIN" in unicodedata.name(sign, "") for sign in letters)
    if latin * 2 < len(letters):
        return False
    words = [word.text.lower() for word in document.words if word.text.isalpha()]
    if len(words) <= FEW:
        return True
    common = _common(data)
    return sum(word in common for word in words) * 5 >= len(words)


@lru_cache(maxsize=4)
def _common(data: Path) -> frozenset[str]:
    return frozenset(load_yaml(data / "style" / "english.yml")["words"])
