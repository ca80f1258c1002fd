"""What a message looks like from outside: how long, whose, about what."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.evidence import Reading

_FIRST = frozenset(("i", "me", "my", "mine", "myself"))
_SECOND = frozenset(("you", "your", "yours", "yourself"))
_THIRD = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
ADVICE_WORDS = 6
_MARKS = frozenset(".,!?;:-()\"'\n")


@dataclass(frozen=True)
class Features:
    """Counts of a message. `ours` and `elsewhere` count different topic rules that matched."""

    words: int
    sentences: int
    asks: bool  # a question mark, or a question word in front
    first: int
    second: int
    third: int
    past: int  # words in a past form
    ours: frozenset[str]
    elsewhere: frozenset[str]

    @property
    def nobody(self) -> bool:
        """Whether no person is in it: no I, no you, no he or she."""
        return not (self.first or self.second or self.third)

    @property
    def to_others(self) -> bool:
        """Whether it speaks to other people in general: a you without any I, no question."""
        return bool(
            self.second
            and not self.first
            and not self.asks
            and self.words >= ADVICE_WORDS
            and self.past * 6 <= self.words
        )


def features_of(reading: Reading) -> Features:
    """Counts what decide() needs; the topics come from the rules of data/patterns/topics."""
    words = [token for token in reading.document.doc if token.lower_ not in _MARKS]
    plain = [token.lower_ for token in words]
    topics = reading.of("topic")
    return Features(
        words=len(words),
        sentences=len(reading.sentences),
        asks=any(sentence.mark == "?" for sentence in reading.sentences),
        first=sum(word in _FIRST for word in plain),
        second=sum(word in _SECOND for word in plain),
        third=sum(word in _THIRD for word in plain),
        past=sum(_is_past(token.lower_, token.lemma_) for token in words),
        ours=frozenset(_rule(t.rule) for t in topics if t.id == "ours"),
        elsewhere=frozenset(_rule(t.rule) for t in topics if t.id == "elsewhere"),
    )


def _rule(full: str) -> str:
    return full.split(".", 1)[1]


def _is_past(word: str, lemma: str) -> bool:
    """A form that differs from its lemma and is neither -ing nor -s is nearly always past."""
    if word in ("was", "were", "had", "did"):
        return True
    if word == lemma or word.endswith(("ing", "s")) or word in ("am", "are", "an", "n't"):
        return False
    return word.endswith(("ed", "t", "d", "e", "w", "k", "n", "g", "p")) and len(word) > 2
