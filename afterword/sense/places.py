"""Where the sentences of a message are, for looking at each by itself."""

from __future__ import annotations

from afterword.evidence import Reading

Span = tuple[int, int]  # offsets of the raw text
FEWEST_WORDS = 3  # of a sentence looked at by itself; a word or two alone say little


def sentences_of(reading: Reading, fewest: int = FEWEST_WORDS) -> list[Span]:
    """The sentences of at least so many words, in the order of the text."""
    return [
        reading.document.place(one.span.start, one.span.end)
        for one in reading.sentences
        if len(one.span) >= fewest
    ]


def around(reading: Reading, start: int, end: int, words: int) -> Span:
    """What stands between two offsets, with so many words before and after it."""
    there = reading.document.words
    first = next(place for place, word in enumerate(there) if word.end > start)
    last = max(place for place, word in enumerate(there) if word.start < end)
    return reading.document.place(max(0, first - words), min(len(there), last + words + 1))
