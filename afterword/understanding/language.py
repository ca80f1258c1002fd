"""Whether a message is English, as far as a glance can tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from afterword.files import load_yaml

DATA = Path(__file__).parents[2] / "data"
_WORD = re.compile(r"[^\W\d_]+")
FEW = 3  # up to so many words may be a name, a sound, a word in any language


def looks_english(raw: str, data: Path = DATA) -> bool:
    """Says no for other scripts, and for four or more words of which hardly one is common.

    A message without letters (emoji, a number) is no other language, so it is let through.
    """
    letters = [sign for sign in raw if sign.isalpha()]
    if not letters:
        return True
    latin = sum("LATIN" in unicodedata.name(sign, "") for sign in letters)
    if latin * 2 < len(letters):
        return False
    words = _WORD.findall(raw.lower())
    if len(words) <= FEW:
        return True
    common = _common(data)
    return sum(word in common for word in words) * 5 >= len(words)


@lru_cache(maxsize=4)
def _common(data: Path) -> frozenset[str]:
    return frozenset(load_yaml(data / "style" / "english.yml")["words"])
