"""Words of a text, and the texts of YAML with the keys they stand at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation; an apostrophe parts no word."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


def strings_of(
    content: Any, key: str = "", skip: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Every text in a content with its key, like `rules.0.means`; keys in `skip` are left."""
    if isinstance(content, str):
        yield key, content
    elif isinstance(content, dict):
        for name, value in content.items():
            if name not in skip:
                yield from strings_of(value, f"{key}.{name}" if key else str(name), skip)
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from strings_of(value, f"{key}.{place}" if key else str(place), skip)
