"""One pass over a message: words, lemmas and sentences in a spaCy Doc that knows the raw text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span

from afterword.reading.lexicon import Lexicon
from afterword.reading.spelling import Speller, load_table
from afterword.reading.words import Word

_ENDS = frozenset((".", "!", "?", "\n"))


@dataclass(frozen=True)
class Sentence:
    """One sentence: its place among the document's words, and what it ends with."""

    index: int
    span: Span
    start: int
    end: int
    mark: str  # "?", "!", "." or "" where the person put none

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Every lemma and every plain form in it, for the quick look before matching."""
        return frozenset(t.lemma_ for t in self.span) | frozenset(t.lower_ for t in self.span)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """For every lemma and plain form the places, in the sentence, where it stands."""
        places: dict[str, list[int]] = {}
        for place, token in enumerate(self.span):
            for word in {token.lemma_, token.lower_}:
                places.setdefault(word, []).append(place)
        return places


@dataclass(frozen=True)
class Document:
    """A message as read. Offsets count characters of the raw text."""

    raw: str
    words: tuple[Word, ...]
    doc: Doc
    sentences: tuple[Sentence, ...]

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every plain form in the message."""
        return frozenset(word.text for word in self.words)

    @property
    def text(self) -> str:
        """The normalised text, one space between words."""
        return " ".join(word.text for word in self.words)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of the words from `start` up to, not including, `end`."""
        return self.words[start].start, self.words[end - 1].end


class Reader:
    """Reads raw text into documents. Build it once; reading keeps no state."""

    def __init__(self, style: Path) -> None:
        self._nlp = spacy.blank("en")
        self._nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
        self._nlp.initialize()
        self.lexicon = Lexicon(self._nlp, load_table(style, "lemmas"))
        meant = {**load_table(style, "spelling"), **load_table(style, "short_forms")}
        sounds = load_table(style, "sounds") if (style / "sounds.yml").exists() else {}
        self.speller = Speller(meant, self.lexicon, sounds)

    @property
    def vocab(self) -> spacy.vocab.Vocab:
        """The vocabulary matchers must share with the documents."""
        return self._nlp.vocab

    def read(self, raw: str) -> Document:
        """Reads one message of any length; an empty one gives a document without sentences."""
        words = tuple(self.speller.words(raw))
        doc = Doc(
            self._nlp.vocab,
            words=[word.text for word in words],
            lemmas=[self.lexicon.lemma(word.text) for word in words],
        )
        return Document(raw, words, doc, tuple(_sentences(doc, words)))


def _sentences(doc: Doc, words: tuple[Word, ...]) -> list[Sentence]:
    found: list[Sentence] = []
    begin = 0
    for place in range(len(words) + 1):
        at_end = place == len(words)
        if not at_end and words[place].text not in _ENDS:
            continue
        if place > begin:
            mark = "" if at_end else words[place].text.strip()
            first, last = words[begin], words[place - 1]
            found.append(Sentence(len(found), doc[begin:place], first.start, last.end, mark))
        begin = place + 1
    return found
