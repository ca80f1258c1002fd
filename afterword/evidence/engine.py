"""Finds what rules hear in a message: one spaCy pass, then only the rules that can apply.

Every pattern names the words a sentence must hold; an index over them picks the few rules worth
running, so the cost of a message does not grow with the number of rules.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Sequence

from spacy.vocab import Vocab

from afterword.evidence.patterns import Match, Patterns
from afterword.evidence.rules import (
    DROPPED_BY,
    PatternError,
    Rule,
    RuleFile,
    load_rule_files,
    load_sets,
)
from afterword.evidence.scope import Scope
from afterword.evidence.terms import Compiler
from afterword.reading import Document, Reader, Sentence

_JUDGED = 12  # matches of one rule in one sentence whose scope is looked at


@dataclass(frozen=True)
class Evidence:
    """One thing heard. `start` and `end` are character offsets into the raw text."""

    kind: str
    id: str
    rule: str
    means: str
    strength: str
    start: int
    end: int
    text: str
    sentence: int
    flags: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A message with what was heard in it, and what was matched but silenced by its scope.

    `sensed` says how much the message is like each act and cause, where that was looked at
    (afterword.sense); about -1 is nothing like it, 1 just like it.
    """

    document: Document
    evidence: tuple[Evidence, ...]
    silenced: tuple[Evidence, ...]
    sensed: Mapping[str, float] = field(default_factory=dict)

    @property
    def raw(self) -> str:
        """The message as the person typed it."""
        return self.document.raw

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the message."""
        return self.document.sentences

    def of(self, kind: str) -> list[Evidence]:
        """The evidence of one kind, in the order of the text."""
        return [found for found in self.evidence if found.kind == kind]


class _Compiled:
    """A rule ready to run."""

    def __init__(self, file: RuleFile, rule: Rule, compiler: Compiler, vocab: Vocab) -> None:
        self.file, self.rule = file, rule
        self.dropped_by = (DROPPED_BY[file.kind] - set(rule.keep)) | set(rule.drop)
        try:
            wanted, unwanted, company = (
                [compiler.compile(pattern) for pattern in patterns]
                for patterns in (rule.any, rule.unless, rule.also)
            )
        except PatternError as error:
            raise PatternError(f"{file.path}: rule '{rule.id}': {error}") from error
        self.patterns = Patterns(wanted, vocab)
        self.unless = Patterns(unwanted, vocab) if unwanted else None
        self.also = Patterns(company, vocab) if company else None

    def find(self, document: Document, sentence: Sentence, first_word: int) -> list[Match]:
        """The rule's matches in a sentence, the longest first; none where the rule is silent."""
        found = self.patterns.longest_first(sentence, first_word)
        if not found or not self._in_company(document):
            return []
        if self.unless is not None and self.unless.matches(sentence, first_word):
            return []
        return found

    def _in_company(self, document: Document) -> bool:
        """Says whether the message holds, in any sentence, what the rule asks for besides."""
        if self.also is None:
            return True
        return any(self.also.matches(sentence, 0) for sentence in document.sentences)


class Engine:
    """All rules of a folder, compiled once. Reading keeps no state, so threads may share it."""

    def __init__(self, files: Sequence[RuleFile], sets: dict[str, list[str]], style: Path) -> None:
        self.reader = Reader(style)
        self.files = tuple(files)
        compiler = Compiler(sets, self.reader.lexicon)
        self._rules = [
            _Compiled(file, rule, compiler, self.reader.vocab)
            for file in files
            for rule in file.rules
        ]
        self._scope = Scope(compiler)
        self._fillers = frozenset(compiler.words_of("fillers"))
        self._index = _index(self._rules)
        self.reader.speller.learn(_words_of(self._rules))

    @classmethod
    def load(cls, data: Path, folders: Iterable[str] = ("patterns",)) -> Engine:
        """Compiles the rules under data/<folder> for each folder; sets come from data/patterns.

        Raises:
            PatternError: a file or a pattern is wrong; the message says where.
        """
        files = [file for folder in folders for file in load_rule_files(data / folder)]
        return cls(files, load_sets(data / "patterns"), data / "style")

    def read(self, raw: str) -> Reading:
        """Reads a message and returns what was heard in it; never raises on any text."""
        document = self.reader.read(raw)
        heard: list[Evidence] = []
        silenced: list[Evidence] = []
        for sentence in document.sentences:
            for found, dropped in self._hear(document, sentence):
                (silenced if dropped else heard).append(found)
        heard.sort(key=lambda found: (found.start, found.end))
        return Reading(document, tuple(heard), tuple(silenced))

    def _hear(self, document: Document, sentence: Sentence) -> Iterator[tuple[Evidence, bool]]:
        first_word = self._first_word(sentence)
        for place in sorted({p for lemma in sentence.lemmas for p in self._index.get(lemma, ())}):
            compiled = self._rules[place]
            matches = compiled.find(document, sentence, first_word)
            if not matches:
                continue
            match, flags = self._stated(compiled, document, sentence, matches)
            offset = sentence.span.start
            start, end = document.place(offset + match.start, offset + match.end)
            found = Evidence(
                kind=compiled.file.kind,
                id=compiled.file.id,
                rule=f"{compiled.file.id}.{compiled.rule.id}",
                means=compiled.rule.means,
                strength=compiled.rule.strength,
                start=start,
                end=end,
                text=document.raw[start:end],
                sentence=sentence.index,
                tags=tuple(compiled.rule.tags),
            )
            yield replace(found, flags=flags), bool(flags & compiled.dropped_by)

    def _stated(
        self,
        compiled: _Compiled,
        document: Document,
        sentence: Sentence,
        matches: list[Match],
    ) -> tuple[Match, frozenset[str]]:
        """The longest match that its scope lets stand, or else the longest of all."""
        judged: list[tuple[Match, frozenset[str]]] = []
        for match in matches[:_JUDGED]:
            flags = self._scope.flags(document, sentence, match.start, match.end)
            if not flags & compiled.dropped_by:
                return match, flags
            judged.append((match, flags))
        return judged[0]

    def _first_word(self, sentence: Sentence) -> int:
        """The place of the first word that is no filler ("so", "well", "honestly")."""
        for place, token in enumerate(sentence.span):
            if token.lower_ not in self._fillers and not token.is_punct:
                return place
        return 0


def _words_of(rules: Sequence[_Compiled]) -> frozenset[str]:
    """Every word some pattern asks for: what a misspelling may have meant, and what is none."""
    return frozenset(
        word
        for rule in rules
        for variant in rule.patterns.variants
        for need in variant.needs
        for word in need
    )


def _index(rules: Sequence[_Compiled]) -> dict[str, tuple[int, ...]]:
    """Maps each rule's rarest needed words to the rule's place, a word being rare among rules."""
    asked = Counter(
        word
        for rule in rules
        for variant in rule.patterns.variants
        for need in variant.needs
        for word in need
    )
    index: dict[str, set[int]] = {}
    for place, rule in enumerate(rules):
        for variant in rule.patterns.variants:
            rarest = min(variant.needs, key=lambda need: sum(asked[word] for word in need))
            for word in rarest:
                index.setdefault(word, set()).add(place)
    return {word: tuple(sorted(places)) for word, places in index.items()}
