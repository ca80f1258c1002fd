"""Counts what a draft asks for, and hears the question marks that press for an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.drafts.rules import AskWords
from afterword.reading.document import Document, Sentence

_SHORT = 3  # words; a shorter question ("ok?") asks for nothing of its own
_MARKS = re.compile(r"([^.!?\n]*?)[!?]*\?[!?]*\?[!?]*")


@dataclass(frozen=True)
class Place:
    """A stretch of the raw draft."""

    start: int
    end: int


def asks_of(document: Document, words: AskWords) -> list[Place]:
    """Each different thing the draft asks for, in its order; the same words count once."""
    found: dict[str, Place] = {}
    for sentence in document.sentences:
        for first, last in _asking(sentence, words):
            start, end = document.place(first, last)
            said = document.doc[first:last].text
            if not any(said.endswith(greeting) for greeting in words.greetings):
                found.setdefault(said, Place(start, end))
    return list(found.values())


def pressing_marks(draft: str, words: AskWords) -> list[Place]:
    """Where a word or two, or nothing at all, stands before several question marks."""
    known = frozenset(words.pressing)
    return [
        Place(match.start(1) + len(match[1]) - len(match[1].lstrip()), match.end())
        for match in _MARKS.finditer(draft)
        if not match[1].strip(" ,") or match[1].strip(" ,").lower() in known
    ]


def _asking(sentence: Sentence, words: AskWords) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that ask, as places among the document's words."""
    parts = list(_parts([token.lower_ for token in sentence.span], frozenset(words.breaks)))
    for number, (first, last) in enumerate(parts):
        said = [token.lower_ for token in sentence.span[first:last]]
        is_question = sentence.mark == "?" and number == len(parts) - 1
        opens = any(_begins(said, request.split()) for request in words.requests)
        wonders = bool(said) and said[0] in words.questions
        if (opens and len(said) >= _SHORT) or (is_question and (len(said) >= _SHORT or wonders)):
            yield sentence.span.start + first, sentence.span.start + last


def _parts(words: Sequence[str], breaks: frozenset[str]) -> Iterator[tuple[int, int]]:
    begin = 0
    for place, word in enumerate(words):
        if word in breaks:
            if place > begin:
                yield begin, place
            begin = place + 1
    if begin < len(words):
        yield begin, len(words)


def _begins(said: Sequence[str], opening: Sequence[str]) -> bool:
    return list(said[: len(opening)]) == list(opening)
