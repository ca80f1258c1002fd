"""The patterns of a rule behind spaCy matchers, asked only where they can match at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.matcher import Matcher
from spacy.tokens import Span
from spacy.vocab import Vocab

from afterword.evidence.terms import Variant
from afterword.reading import Sentence

Needs = tuple[frozenset[str], ...]

_SHORT = 30  # words up to which a sentence is matched whole, and not around the words asked for

# Words of nearly every sentence: having them tells nothing about whether a pattern may match.
_EVERYWHERE = frozenset(
    "i me my he she him her they them we us you it be do "
    "have not no to a the and that this with for of on in".split()
)


@dataclass(frozen=True)
class Match:
    """A match: the first word and the one after the last, counted inside the sentence."""

    start: int
    end: int


class _Pattern:
    """The ways to read one pattern, with one anchoring at the ends of a sentence."""

    def __init__(self, variants: Sequence[Variant], vocab: Vocab) -> None:
        self.variants = variants
        self.at_start, self.at_end = variants[0].at_start, variants[0].at_end
        self.reach = max(len(variant.tokens) for variant in variants)
        self._vocab = vocab

    @cached_property
    def matcher(self) -> Matcher:
        """Built when first needed: building all of them would take seconds of every start."""
        matcher = Matcher(self._vocab, validate=False)
        matcher.add("it", [variant.tokens for variant in self.variants])
        return matcher

    def matches(self, sentence: Sentence, words: set[str], first_word: int) -> Iterator[Match]:
        length = len(sentence.span)
        for begin, part in self._parts(sentence, words):
            for _, start, end in self.matcher(part):
                match = Match(begin + start, begin + end)
                if self.at_start and match.start > first_word:
                    continue
                if self.at_end and match.end < length:
                    continue
                yield match

    def _parts(self, sentence: Sentence, words: set[str]) -> Iterator[tuple[int, Span]]:
        """The stretches of a long sentence that hold one of the words, far enough around it."""
        span = sentence.span
        length = len(span)
        if length <= _SHORT:
            yield 0, span
            return
        begin = end = 0
        for place in sorted({place for word in words for place in sentence.places[word]}):
            if place - self.reach > end:
                if end:
                    yield begin, span[begin:end]
                begin = max(0, place - self.reach)
            end = min(length, place + self.reach + 1)
        if end:
            yield begin, span[begin:end]


class Patterns:
    """A list of patterns, of which any may match."""

    def __init__(self, compiled: Sequence[Sequence[Variant]], vocab: Vocab) -> None:
        self._patterns = [
            _Pattern(same, vocab) for variants in compiled for same in _by_anchors(variants)
        ]

    @property
    def variants(self) -> Iterator[Variant]:
        """Every way to read every pattern."""
        return (variant for pattern in self._patterns for variant in pattern.variants)

    def longest_first(self, sentence: Sentence, first_word: int) -> list[Match]:
        """The longest match at each place of the sentence, the longest first."""
        longest: dict[int, Match] = {}
        for pattern, words in self._able(sentence.lemmas):
            for match in pattern.matches(sentence, words, first_word):
                known = longest.get(match.start)
                if known is None or match.end > known.end:
                    longest[match.start] = match
        return sorted(longest.values(), key=lambda match: (match.start - match.end, match.start))

    def matches(self, sentence: Sentence, first_word: int) -> bool:
        """Says whether any of the patterns matches in the sentence."""
        return any(
            True
            for pattern, words in self._able(sentence.lemmas)
            for _ in pattern.matches(sentence, words, first_word)
        )

    def _able(self, lemmas: frozenset[str]) -> list[tuple[_Pattern, set[str]]]:
        """The patterns of which a sentence holds every word, each with the word it was found by."""
        able: dict[int, set[str]] = {}
        for word in lemmas & self._asked_words:
            for place, others in self._asked[word]:
                for need in others:
                    if need.isdisjoint(lemmas):
                        break
                else:
                    able.setdefault(place, set()).add(word)
        return [(self._patterns[place], words) for place, words in able.items()]

    @cached_property
    def _asked(self) -> dict[str, tuple[tuple[int, Needs], ...]]:
        """By the word least to be expected: which pattern asks for it, and for what else."""
        asked: dict[str, dict[tuple[int, Needs], None]] = {}
        for place, pattern in enumerate(self._patterns):
            for needs in {variant.needs for variant in pattern.variants}:
                first = min(needs, key=lambda need: (len(need & _EVERYWHERE), len(need)))
                others = tuple(need for need in needs if need is not first)
                for word in first:
                    asked.setdefault(word, {})[place, others] = None
        return {word: tuple(ways) for word, ways in asked.items()}

    @cached_property
    def _asked_words(self) -> frozenset[str]:
        return frozenset(self._asked)


def _by_anchors(variants: Sequence[Variant]) -> list[list[Variant]]:
    groups: dict[tuple[bool, bool], list[Variant]] = {}
    for variant in variants:
        groups.setdefault((variant.at_start, variant.at_end), []).append(variant)
    return list(groups.values())
