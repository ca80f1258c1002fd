"""The feelings a message names, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol


class FeelingEvidence(Protocol):
    """What this module needs of a piece of evidence."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def tags(self) -> Iterable[str]:
        """A rule tagged "ex" hears the other person's feeling."""


@dataclass(frozen=True)
class Feeling:
    """A feeling, whose it is, and the words that say so."""

    id: str
    holder: Literal["self", "ex"]
    words: str


def felt(evidence: Iterable[FeelingEvidence]) -> list[Feeling]:
    """The feelings in the order of the text, each once for each holder."""
    found: dict[tuple[str, str], Feeling] = {}
    for heard in evidence:
        if heard.kind == "feeling":
            holder: Literal["self", "ex"] = "ex" if "ex" in heard.tags else "self"
            found.setdefault((heard.id, holder), Feeling(heard.id, holder, heard.text))
    return list(found.values())
