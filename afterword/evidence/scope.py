"""What a match does not say: denied, asked, supposed, hearsay, somebody else's, or long ago."""

from __future__ import annotations

import itertools
from typing import Dict, Iterable, List, Sequence, Tuple

from afterword.evidence.terms import Compiler
from afterword.reading import Document, Sentence

Phrases = Dict[str, List[Tuple[str, ...]]]

_REACH = 7  # words before a match in which a negator still denies it
_ADVICE = frozenset(("should", "can", "could", "will", "would", "may", "might"))
_FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
_YOU = frozenset(("you", "your", "yourself", "yourselves"))
_SOMEBODY = frozenset(
    ("i", "me", "my", "mine", "myself", "we", "us", "our", "he", "she", "him", "her", "his")
)
_SHARED = frozenset(("i", "we", "me", "us", "with"))
# After these a question takes what follows as given: "is it normal that he never touches me?"
_GIVEN = frozenset(("that", "because", "when", "after", "since", "who", "for", "while"))


class Scope:
    """Judges a match by the words around it, inside its own clause.

    The word lists are the sets named scope_* of data/patterns.
    """

    def __init__(self, compiler: Compiler) -> None:
        def words(name: str) -> frozenset[str]:
            return frozenset(compiler.words_of(name))

        self._negators = words("scope_negators")
        self._not_denying = _by_first(compiler.words_of("scope_not_denying"))
        self._breaks = words("scope_breaks")
        self._auxiliaries = words("scope_auxiliaries")
        self._subjects = words("scope_subjects")
        self._suppose = _by_first(compiler.words_of("scope_suppose"))
        self._third = words("scope_third")
        self._opine = words("scope_opine")
        self._earlier = _by_first(compiler.words_of("scope_earlier"))
        self._no_reason = words("scope_no_reason")
        self._fillers = words("fillers")
        self._bounds = words("scope_denial_ends")
        self._denied_links = words("scope_denied_links")
        self._new_subjects = words("scope_new_subjects")
        self._doubts = words("scope_doubts")
        self._people = words("scope_people")
        self._kin = words("scope_kin")
        self._letter = {tuple(p.split()) for p in compiler.words_of("scope_letter")}
        self._partners = words("scope_partners")

    def flags(self, document: Document, sentence: Sentence, start: int, end: int) -> frozenset[str]:
        """The scope flags of the words from `start` up to `end`, counted inside the sentence."""
        words = [token.lower_ for token in sentence.span]
        lemmas = [token.lemma_ for token in sentence.span]
        clause = self._clause_start(words, start)
        before = words[clause:start]
        found = set()
        if self._denied(words, clause, start, end):
            found.add("negated")
        if self._asked(words, clause, start, end, sentence.mark):
            found.add("question")
        if _holds(before[-8:], self._suppose) or _holds(words[start:end], self._suppose):
            found.add("hypothetical")
        if self._is_hearsay(lemmas[max(0, start - 8) : start]):
            found.add("reported")
        if self._is_others(words[clause:start], lemmas[clause:start], words[start : end + 4]):
            found.add("others")
        offset = sentence.span.start
        if self._is_advice(document) or self._is_kin(document, offset + start, offset + end):
            found.add("nobodys")
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

    def _denied(self, words: Sequence[str], clause: int, start: int, end: int) -> bool:
        first = max(clause, start - _REACH)
        for place in range(start - 1, first - 1, -1):
            if words[place] in self._negators and self._reaches(words, place, start):
                return True
        # "kids were not the reason"
        after = words[end : end + 6]
        return "not" in after[:3] and any(word in self._no_reason for word in after)

    def _reaches(self, words: Sequence[str], negator: int, start: int) -> bool:
        """Says whether a denial reaches the match: not past a new subject or a new clause.

        "i can not take it he lied" denies the taking only; "i do not think he lied" the lie.
        """
        if _begins(words, negator, self._not_denying):
            return False
        between = words[negator + 1 : start]
        if any(word in self._bounds for word in between):
            return False
        if between and between[0] in self._denied_links:
            return True  # "not because he lied", "not that he lied"
        if words[start] in self._negators and any(word in ("and", "or") for word in between):
            return False  # "he did not call and had no time": each denial has its own reach
        ahead = range(negator + 1, start + 1)
        subject = next((place for place in ahead if words[place] in self._new_subjects), None)
        if subject is None:
            return not self._goes_on(words, negator, start)
        middle = words[negator + 1 : subject]
        if any(word in self._doubts for word in middle):
            return True
        return all(word in self._auxiliaries for word in middle)

    def _goes_on(self, words: Sequence[str], negator: int, start: int) -> bool:
        """Says whether an "and" takes up the tale again: "he did not call and lied"."""
        if "and" not in words[negator:start]:
            return False
        if words[negator] in ("no", "nothing", "nobody"):
            return True  # "no sex and fights every day"
        if words[negator] != "not" or negator == 0:
            return False
        return words[negator - 1] in ("do", "does", "did") and words[start].endswith("ed")

    def _asked(self, words: Sequence[str], clause: int, start: int, end: int, mark: str) -> bool:
        places = [p for p in range(clause, min(clause + 4, end)) if self._opens(words[p])]
        if len(places) < 2 or words[places[0]] not in self._auxiliaries:
            return False
        if mark != "?" and words[places[1]] not in self._subjects:
            return False
        if words[places[0]] in _ADVICE and words[places[1]] in ("i", "we", "you"):
            return False  # "should i forgive him for lying" takes the lie as given
        between = words[places[1] + 1 : start]
        if any(word in self._doubts for word in between):
            return True
        return not any(word in _GIVEN for word in between)

    def _opens(self, word: str) -> bool:
        """Says whether a word may open a question; "i" is a filler in "i mean" only."""
        return word in self._subjects or (word != "not" and word not in self._fillers)

    def _is_hearsay(self, lemmas: Sequence[str]) -> bool:
        for place, lemma in enumerate(lemmas):
            if lemma in self._third:
                return any(word in self._opine for word in lemmas[place + 1 : place + 4])
        return False

    def _is_others(self, words: Sequence[str], lemmas: Sequence[str], after: Sequence[str]) -> bool:
        """Says whether the clause's subject is a friend's or relation's relationship."""
        if words and words[-1] in self._people and not any(w in _FIRST for w in after):
            return True  # "men cheat"
        for place, lemma in enumerate(lemmas):
            if lemma in self._third:
                rest = [*words[place + 1 :], *after[:_REACH]]
                return not any(word in _SHARED for word in rest)
        return False

    def _is_advice(self, document: Document) -> bool:
        """Says whether the message speaks to "you" in general and of nobody in particular."""
        words = document.forms
        if words.isdisjoint(_YOU) or not words.isdisjoint(_SOMEBODY):
            return False
        typed = [word.text for word in document.words]
        return not any(pair in self._letter for pair in zip(typed, typed[1:]))

    def _is_kin(self, document: Document, start: int, end: int) -> bool:
        """Says whether the message is about a relation or flatmate, and of no partner at all."""
        if not document.forms.isdisjoint(self._partners):
            return False
        if any(token.lower_ in self._kin for token in document.doc[start:end]):
            return False  # "his family said no": what the rule asks for
        words = [token.lower_ for token in document.doc[:start]]
        pairs = itertools.pairwise(words)
        return any(first == "my" and second in self._kin for first, second in pairs)


def _by_first(phrases: Iterable[str]) -> Phrases:
    """Phrases as word tuples, by their first word."""
    found: Phrases = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


def _begins(words: Sequence[str], place: int, phrases: Phrases) -> bool:
    return any(
        tuple(words[place : place + len(phrase)]) == phrase
        for phrase in phrases.get(words[place], ())
    )


def _holds(words: Sequence[str], phrases: Phrases) -> bool:
    return any(
        word in phrases and _begins(words, place, phrases) for place, word in enumerate(words)
    )
