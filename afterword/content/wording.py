"""Placeholders of texts: which a text holds, and which every text may use."""

from __future__ import annotations

import string

_LOWER = ("they", "them", "their", "theirs", "themself", "s", "es", "is", "was", "has", "does")
PRONOUN_NAMES = frozenset(
    (*_LOWER, *(name.capitalize() for name in _LOWER if name not in ("s", "es")))
)
"""Names filled from the person's pronoun for the ex; afterword.talk.pronouns gives the words."""


def names_in(text: str) -> frozenset[str]:
    """The names in braces in a text.

    Raises:
        ValueError: a brace is left open, or something other than a plain name stands in braces.
    """
    names: set[str] = set()
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"expected a plain name in braces, not '{{{name}}}'")
        names.add(name)
    return frozenset(names)
