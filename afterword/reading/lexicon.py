"""The lemma of a word: our exceptions first, then spaCy's lookup table, then regular endings."""

from __future__ import annotations

from typing import Mapping

from spacy.language import Language

_ENDINGS = (
    ("ing", ("", "e")),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ies", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
)


class Lexicon:
    """Known words and their lemmas; shared by texts and by the patterns that read them."""

    def __init__(self, nlp: Language, exceptions: Mapping[str, str]) -> None:
        lemmatizer = nlp.get_pipe("lemmatizer")
        self._table = lemmatizer.lookups.get_table("lemma_lookup")  # type: ignore[attr-defined]
        self._strings = nlp.vocab.strings
        self._exceptions = dict(exceptions)
        self._bases = set(self._table.values()) | set(self._exceptions.values())
        self._seen: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Says whether the word, or its regular base form, is in the tables."""
        return (
            word in self._exceptions
            or word in self._table
            or word in self._bases
            or self._regular(word) != word
        )

    def lemma(self, word: str) -> str:
        """The lemma of a lower-cased word; the word itself where no table knows better."""
        found = self._seen.get(word)
        if found is None:
            found = self._exceptions.get(word) or self._table.get(word) or self._regular(word)
            if len(self._seen) < 50_000:  # what people type is unbounded; the cache is not
                self._seen[word] = found
        return found

    def _regular(self, word: str) -> str:
        for ending, replacements in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                stem = word[: -len(ending)]
                for replacement in replacements:
                    if stem + replacement in self._bases:
                        return stem + replacement
                if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in self._bases:
                    return stem[:-1]
        return word
