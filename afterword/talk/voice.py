"""Chooses wordings: several for each reply, never the one used last, filled with the values."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from afterword.content.replies import Bank, ReplyTemplate, load_bank


class UnknownReply(KeyError):
    """A reply key that no file under data/replies defines."""


class Voice:
    """The reply bank with a memory of wordings, which the caller keeps."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    @classmethod
    def load(cls, folder: Path) -> Voice:
        """Reads data/replies.

        Raises:
            ContentError: a reply file is wrong; the message says where.
        """
        return cls(load_bank(folder))

    def knows(self, key: str) -> bool:
        """Whether some file defines the key."""
        return key in self._bank

    def template(self, key: str) -> ReplyTemplate:
        """The wordings and buttons of a key.

        Raises:
            UnknownReply: no file defines it.
        """
        try:
            return self._bank[key]
        except KeyError:
            raise UnknownReply(key) from None

    def word(self, key: str, values: Mapping[str, Any], used: dict[str, int]) -> str:
        """Fills the next wording of a key; `used` remembers which came last, by key.

        The first wording comes first, then they take turns, so no two in a row are the same.

        Raises:
            UnknownReply: no file defines the key.
            KeyError: the wording asks for a value that was not given.
        """
        wordings = self.template(key).say
        choice = (used.get(key, -1) + 1) % len(wordings)
        used[key] = choice
        return string.Formatter().vformat(wordings[choice], (), dict(values)).strip()
