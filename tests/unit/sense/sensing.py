"""A sense that says what a test wants it to say, in place of one that was learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from afterword.sense.corpus import DRAFTS, RISK, SPEECH

Table = Mapping[str, Mapping[str, float]]  # words of a text -> scores of a text that has them
CLASSES = (
    *("self_harm", "abuse_victim", "ex_threatens_suicide", "harm_other_or_stalking"),
    *("no_contact_boundary", "minor"),
)
NAMES = {
    RISK: ("any", *CLASSES),
    SPEECH: ("telling", "command", "cause_betrayal", "cause_distance", "cause_emotional_burden"),
    DRAFTS: ("guilt", "threat", "several_asks", "good.kind", "good.practical"),
}


@dataclass(frozen=True)
class Looked:
    texts: tuple[str, ...]


class Says:
    """Scores by the words a text holds; whatever is not said is nothing like it."""

    def __init__(self, **tables: Table) -> None:
        self._tables = tables
        self.looked: list[tuple[str, ...]] = []

    def look(self, texts: Sequence[str]) -> Looked:
        self.looked.append(tuple(texts))
        return Looked(tuple(texts))

    def scores(self, subject: str, look: Looked) -> list[dict[str, float]]:
        return [self._of(subject, text) for text in look.texts]

    def _of(self, subject: str, text: str) -> dict[str, float]:
        found = dict.fromkeys(NAMES[subject], -1.0)
        for words, scores in self._tables.get(subject, {}).items():
            if words in text:
                found.update(scores)
        return found


class Breaks:
    """A sense that fails at every text."""

    def look(self, texts: Sequence[str]) -> Looked:
        raise ValueError("broken")


def given(sense: object) -> Callable[[], object]:
    return lambda: sense
