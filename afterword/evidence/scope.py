"""What a match does not say: denied, asked, supposed, hearsay, somebody else's, or long ago."""

from __future__ import annotations

from typing import Sequence

from afterword.evidence.terms import Compiler
from afterword.reading import Sentence

_REACH = 7  # words before a match in which a negator still denies it


class Scope:
    """Judges a match by the words around it, inside its own clause.

    The word lists are the sets named scope_* of data/patterns.
    """

    def __init__(self, compiler: Compiler) -> None:
        def words(name: str) -> frozenset[str]:
            return frozenset(compiler.words_of(name))

        self._negators = words("scope_negators")
        self._not_denying = [tuple(p.split()) for p in compiler.words_of("scope_not_denying")]
        self._breaks = words("scope_breaks")
        self._auxiliaries = words("scope_auxiliaries")
        self._subjects = words("scope_subjects")
        self._suppose = [tuple(p.split()) for p in compiler.words_of("scope_suppose")]
        self._third = words("scope_third")
        self._opine = words("scope_opine")
        self._earlier = [tuple(p.split()) for p in compiler.words_of("scope_earlier")]
        self._no_reason = words("scope_no_reason")
        self._fillers = words("fillers")

    def flags(self, sentence: Sentence, start: int, end: int) -> frozenset[str]:
        """The scope flags of the words from `start` up to `end`, counted inside the sentence."""
        words = [token.lower_ for token in sentence.span]
        lemmas = [token.lemma_ for token in sentence.span]
        clause = self._clause_start(words, start)
        before = words[clause:start]
        found = set()
        if self._denied(before, words[end : end + 6]):
            found.add("negated")
        if self._asked(before + words[start:end], sentence.mark):
            found.add("question")
        if _holds(before[-8:], self._suppose) or _holds(words[start:end], self._suppose):
            found.add("hypothetical")
        if self._is_hearsay(lemmas[max(0, start - 8) : start]):
            found.add("reported")
        if self._is_others(words[clause:start], lemmas[clause:start]):
            found.add("others")
        if _holds(words[clause:], self._earlier):
            found.add("earlier")
        return frozenset(found)

    def _clause_start(self, words: Sequence[str], start: int) -> int:
        for place in range(start - 1, -1, -1):
            word = words[place]
            if word == "because" and place and words[place - 1] in ("not", "just", "only"):
                continue  # "not because he cheated": the denial goes on
            if word in self._breaks:
                return place + 1
        return 0

    def _denied(self, before: Sequence[str], after: Sequence[str]) -> bool:
        near = list(before[-_REACH:])
        for place, word in enumerate(near):
            if word in self._negators:
                rest = near[place:]
                if not any(tuple(rest[: len(p)]) == p for p in self._not_denying):
                    return True
        # "kids were not the reason"
        return "not" in after[:3] and any(word in self._no_reason for word in after)

    def _asked(self, clause: Sequence[str], mark: str) -> bool:
        opening = [word for word in clause[:4] if word not in self._fillers]
        if len(opening) < 2 or opening[0] not in self._auxiliaries:
            return False
        return mark == "?" or opening[1] in self._subjects

    def _is_hearsay(self, lemmas: Sequence[str]) -> bool:
        for place, lemma in enumerate(lemmas):
            if lemma in self._third:
                return any(word in self._opine for word in lemmas[place + 1 : place + 4])
        return False

    def _is_others(self, words: Sequence[str], lemmas: Sequence[str]) -> bool:
        """Says whether the clause's subject is a friend's or relation's relationship."""
        for place, lemma in enumerate(lemmas):
            if lemma in self._third:
                rest = words[place + 1 :]
                return not any(word in ("i", "we", "me", "us", "with") for word in rest)
        return False


def _holds(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(
        tuple(words[place : place + len(phrase)]) == phrase
        for phrase in phrases
        for place in range(len(words) - len(phrase) + 1)
    )
