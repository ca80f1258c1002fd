"""Writes out what people shorten, stretch or misspell; offsets stay those of the raw text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterable, Iterator, Mapping

from afterword.files import load_yaml
from afterword.reading.lexicon import Lexicon
from afterword.reading.words import Word, chunks

_STRETCHED = re.compile(r"(.)\1{2,}")
_CONTRACTED = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_VOWELS = frozenset("aeiouy")
_IS_AFTER = frozenset(
    [
        "he",
        "she",
        "it",
        "that",
        "this",
        "what",
        "there",
        "who",
        "where",
        "how",
        "here",
        "everything",
    ]
)


def load_table(folder: Path, name: str) -> dict[str, str]:
    """Reads one data/style table of "as typed: as meant" pairs.

    Raises:
        ValueError: the file is no such table; names the file.
    """
    path = folder / f"{name}.yml"
    table = load_yaml(path) or {}
    if not isinstance(table, dict):
        raise ValueError(f"{path}: expected one table of 'as typed: as meant' lines")
    return {str(typed).lower(): str(meant).lower() for typed, meant in table.items()}


class Speller:
    """Turns raw text into plain lower-case standard English, word by word."""

    def __init__(
        self, meant: Mapping[str, str], lexicon: Lexicon, sounds: Mapping[str, str] | None = None
    ) -> None:
        self._meant = {typed: tuple(text.split()) for typed, text in meant.items()}
        self._phrases = _by_first_word(self._meant)
        self._lexicon = lexicon
        self._sounds = [(re.compile(shape), word) for shape, word in (sounds or {}).items()]
        self._near: dict[str, str] = {}
        self._asked_for: set[str] = set()

    def learn(self, vocabulary: Iterable[str]) -> None:
        """Takes the words that rules ask for: an unknown word one slip away is read as one.

        Only words of five letters or more take part; shorter ones are one slip from everything.
        """
        taken: dict[str, str | None] = {}
        self._asked_for = {form for word in vocabulary for form in self._forms(word)}
        for word in self._asked_for:
            if len(word) >= 5 and word.isalpha():
                for shape in _one_letter_less(word):
                    # A shape two words share says nothing about which was meant.
                    taken[shape] = word if taken.get(shape, word) == word else None
        self._near = {shape: word for shape, word in taken.items() if word}

    def _forms(self, word: str) -> Iterator[str]:
        """The word and its regular forms, so that "chokd" is read as well as "choke"."""
        yield word
        stem = word[:-1] if word.endswith("e") else word
        for form in (f"{word}s", f"{stem}ed", f"{stem}ing", f"{stem}{stem[-1:]}ed"):
            if word.isalpha() and self._lexicon.lemma(form) == word:
                yield form

    def words(self, raw: str) -> Iterator[Word]:
        """Yields the normalised words of a raw text, in order."""
        pending: list[Word] = []
        for kind, word in chunks(raw):
            if kind == "word" and (word.text in self._phrases or pending):
                pending.append(word)
                if len(pending) < 4 and self._may_go_on(pending):
                    continue
                yield from self._settle(pending)
                pending = []
                continue
            if pending:
                yield from self._settle(pending)
                pending = []
            if kind == "word":
                yield from self._single(word)
            else:
                yield word
        if pending:
            yield from self._settle(pending)

    def _may_go_on(self, pending: list[Word]) -> bool:
        typed = " ".join(word.text for word in pending)
        return any(
            phrase == typed or phrase.startswith(typed + " ")
            for phrase in self._phrases.get(pending[0].text, ())
        )

    def _settle(self, pending: list[Word]) -> Iterator[Word]:
        """Replaces the longest listed phrase at the start, then goes on with the rest."""
        while pending:
            for size in range(len(pending), 1, -1):
                meant = self._meant.get(" ".join(word.text for word in pending[:size]))
                if meant:
                    start, end = pending[0].start, pending[size - 1].end
                    yield from (Word(text, start, end) for text in meant)
                    pending = pending[size:]
                    break
            else:
                yield from self._single(pending[0])
                pending = pending[1:]

    def _single(self, word: Word) -> Iterator[Word]:
        for text in filter(None, self._meanings(word.text)):
            yield Word(text, word.start, word.end)

    def _meanings(self, typed: str) -> tuple[str, ...]:
        if typed in self._meant:
            return self._meant[typed]
        if "'" in typed:
            return self._contraction(typed)
        if _STRETCHED.search(typed):
            return self._shortened(typed)
        if len(typed) >= 4 and self._near and not self._lexicon.knows(typed):
            return (self._heard(typed) or self._nearest(typed),)
        return (typed,)

    def _contraction(self, typed: str) -> tuple[str, ...]:
        stem, _, ending = typed.partition("'")
        if typed.endswith("n't"):
            return (*self._meanings(typed[:-3]), "not")
        if "'" + ending in _CONTRACTED:
            return (*self._meanings(stem), _CONTRACTED["'" + ending])
        if ending == "s":
            return (stem, "is") if stem in _IS_AFTER else (*self._meanings(stem), "'s")
        plain = typed.replace("'", "")
        return self._meanings(plain) if plain in self._meant else (plain,)

    def _shortened(self, typed: str) -> tuple[str, ...]:
        twice = _STRETCHED.sub(r"\1\1", typed)
        once = _STRETCHED.sub(r"\1", typed)
        for shape in (once, twice):
            if shape in self._meant:
                return self._meant[shape]
        for shape in (twice, once):
            if self._lexicon.knows(shape):
                return (shape,)
        return (once,)

    def _heard(self, typed: str) -> str | None:
        """The word that a spelling by ear stands for, from the shapes of data/style/sounds.yml."""
        return next((word for shape, word in self._sounds if shape.fullmatch(typed)), None)

    def _nearest(self, typed: str) -> str:
        if typed in self._asked_for:
            return typed
        for place in range(1, len(typed) - 1):  # two letters changed places
            swapped = typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :]
            if swapped in self._asked_for:
                return swapped
        if len(typed) < 5:
            return typed
        if typed in self._near:  # one letter is missing
            return self._near[typed]
        for shape in _one_letter_less(typed):
            meant = self._near.get(shape)
            if meant and meant[0] == typed[0] and _is_slip(typed, meant):
                return meant
        return typed


def _is_slip(typed: str, meant: str) -> bool:
    """A letter too many, or one vowel for another; "decent" is no slip for "deceit"."""
    if len(typed) != len(meant):
        return len(typed) == len(meant) + 1
    differing = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and all(letter in _VOWELS for letter in differing[0])


def _by_first_word(meant: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = {}
    for typed in meant:
        if " " in typed:
            phrases.setdefault(typed.split()[0], []).append(typed)
    return phrases


def _one_letter_less(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}
