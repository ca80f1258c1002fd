"""The pattern language: one line of terms becomes spaCy token patterns over lemmas.

docs/patterns.md describes it for people who write patterns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Dict, FrozenSet, List, Mapping, Sequence

from afterword.evidence.rules import PatternError
from afterword.reading.lexicon import Lexicon

TokenPattern = List[Dict[str, Any]]

MAX_VARIANTS = 4000
_CLAUSE_END = [".", "!", "?", ";", ":", "\n"]
# What a gap never swallows: the end of a clause, and a denial, which would turn the meaning round.
_NOT_IN_GAP = [*_CLAUSE_END, "not", "never", "no", "nobody", "nothing", "neither", "nor", "without"]
_GAP_WORD = {"LOWER": {"NOT_IN": _NOT_IN_GAP}, "OP": "?"}
_PIECE = re.compile(r"\(|\)\??|\.\.\d*|[^\s()]+")
_GAP = re.compile(r"\.\.(\d*)$")


@dataclass(frozen=True)
class Variant:
    """One spaCy token pattern, with the lemma sets of which a sentence must hold one each."""

    tokens: TokenPattern = field(hash=False)
    needs: tuple[FrozenSet[str], ...]
    at_start: bool
    at_end: bool


@dataclass(frozen=True)
class _Term:
    """Ways to write one place of a pattern; each way is a sequence of token specs."""

    ways: tuple[tuple[tuple[str, Any], ...], ...]


class Compiler:
    """Turns pattern strings into variants, with the named word sets filled in."""

    def __init__(self, sets: Mapping[str, Sequence[str]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._sets = sets
        self._filled: dict[str, tuple[str, ...]] = {}
        self._terms: dict[str, _Term] = {}

    def compile(self, pattern: str | TokenPattern) -> list[Variant]:
        """Compiles one pattern.

        Raises:
            PatternError: an unknown set, a bracket left open, nothing but gaps, too many variants.
        """
        if not isinstance(pattern, str):
            return [Variant(pattern, _raw_needs(pattern), False, False)]
        line, at_start, at_end = _anchors(pattern)
        terms = self._parse(line)
        count = 1
        for term in terms:
            count *= len(term.ways)
        if count > MAX_VARIANTS:
            raise PatternError(f"'{pattern}': {count} ways to read it; split it into several")
        variants = [
            self._variant([spec for way in ways for spec in way], at_start, at_end)
            for ways in product(*(term.ways for term in terms))
        ]
        kept = [variant for variant in variants if variant.needs]
        if not kept:
            raise PatternError(f"'{pattern}': expected at least one word that must be there")
        return kept

    def words_of(self, name: str) -> tuple[str, ...]:
        """The entries of a named set, sets inside it filled in.

        Raises:
            PatternError: the set is unknown, or holds itself.
        """
        if name not in self._filled:
            if name not in self._sets:
                raise PatternError(f"unknown word set '${name}'")
            self._filled[name] = ()  # a set that holds itself finds itself empty
            entries: list[str] = []
            for entry in self._sets[name]:
                entries += self.words_of(entry[1:]) if entry.startswith("$") else [entry]
            self._filled[name] = tuple(dict.fromkeys(entries))
        return self._filled[name]

    def _parse(self, line: str) -> list[_Term]:
        pieces = _PIECE.findall(line)
        terms: list[_Term] = []
        place = 0
        while place < len(pieces):
            piece = pieces[place]
            if piece == "(":
                close = _closing(pieces, place, line)
                inner = " ".join(pieces[place + 1 : close])
                terms.append(self._group(inner, optional=pieces[close].endswith("?")))
                place = close
            else:
                terms.append(self._term(piece))
            place += 1
        return terms

    def _group(self, inner: str, optional: bool) -> _Term:
        ways: list[tuple[tuple[str, Any], ...]] = []
        for alternative in _split_alternatives(inner):
            parts = self._parse(alternative)
            for combination in product(*(part.ways for part in parts)):
                ways.append(tuple(spec for way in combination for spec in way))
        return _Term(tuple(dict.fromkeys(_joined(ways) + ([()] if optional else []))))

    def _term(self, piece: str) -> _Term:
        known = self._terms.get(piece)
        if known is None:
            known = self._terms[piece] = self._read_term(piece)
        return known

    def _read_term(self, piece: str) -> _Term:
        gap = _GAP.match(piece)
        if gap:
            return _Term(((("gap", int(gap.group(1) or 3)),),))
        if piece == "_":
            return _Term(((("any", None),),))
        if piece == "#":
            return _Term(((("number", None),),))
        optional = piece.endswith("?") and len(piece) > 1 and piece != "=?"
        body = piece[:-1] if optional else piece
        if body.startswith("!"):
            ways: list[tuple[tuple[str, Any], ...]] = [(("not", self._singles(body[1:])),)]
        else:
            ways = self._alternatives(body)
        if optional and len(ways) == 1 and len(ways[0]) == 1:
            return _Term(((("maybe", ways[0][0]),),))
        return _Term(tuple(ways + ([()] if optional else [])))

    def _alternatives(self, body: str) -> list[tuple[tuple[str, Any], ...]]:
        lemmas: set[str] = set()
        exact: set[str] = set()
        phrases: list[tuple[tuple[str, Any], ...]] = []
        for word in body.split("|"):
            entries = self.words_of(word[1:]) if word[0:1] == "$" and len(word) > 1 else (word,)
            for entry in entries:
                if " " in entry:
                    phrases.append(tuple(self._spec(part) for part in entry.split()))
                elif entry.startswith("=") and len(entry) > 1:
                    exact.add(entry[1:].lower())
                elif entry:
                    lemmas.add(self._lexicon.lemma(entry.lower()))
        ways: list[tuple[tuple[str, Any], ...]] = []
        if lemmas:
            ways.append((("lemma", frozenset(lemmas)),))
        if exact:
            ways.append((("lower", frozenset(exact)),))
        return ways + phrases

    def _spec(self, word: str) -> tuple[str, Any]:
        if word.startswith("=") and len(word) > 1:
            return ("lower", frozenset({word[1:].lower()}))
        return ("lemma", frozenset({self._lexicon.lemma(word.lower())}))

    def _singles(self, body: str) -> frozenset[str]:
        found: set[str] = set()
        for word in body.split("|"):
            entries = self.words_of(word[1:]) if word.startswith("$") else (word,)
            found |= {self._lexicon.lemma(e.lower()) for e in entries if " " not in e}
        return frozenset(found)

    def _variant(self, specs: list[tuple[str, Any]], at_start: bool, at_end: bool) -> Variant:
        tokens: TokenPattern = []
        needs: list[FrozenSet[str]] = []
        for kind, value in specs:
            if kind == "gap":
                tokens += [_GAP_WORD] * value
                continue
            tokens.append(_token(kind, value))
            if kind in ("lemma", "lower"):
                needs.append(value)
        return Variant(tokens, tuple(needs), at_start, at_end)


@cache
def _token(kind: str, value: Any) -> Dict[str, Any]:
    """One spaCy token pattern. There are thousands of variants and few tokens: they share them."""
    if kind == "any":
        return {"LOWER": {"NOT_IN": _CLAUSE_END}}
    if kind == "number":
        return {"LIKE_NUM": True}
    if kind == "not":
        return {"LEMMA": {"NOT_IN": sorted({*value, *_CLAUSE_END})}}
    if kind == "maybe":
        return {**_token(*value), "OP": "?"}
    key = "LEMMA" if kind == "lemma" else "LOWER"
    return {key: next(iter(value)) if len(value) == 1 else {"IN": sorted(value)}}


def _anchors(pattern: str) -> tuple[str, bool, bool]:
    line = pattern.strip()
    at_start, at_end = line.startswith("< "), line.endswith(" >")
    line = line[2:] if at_start else line
    return (line[:-2] if at_end else line), at_start, at_end


def _closing(pieces: list[str], opening: int, line: str) -> int:
    depth = 0
    for place in range(opening, len(pieces)):
        depth += 1 if pieces[place] == "(" else -1 if pieces[place].startswith(")") else 0
        if depth == 0:
            return place
    raise PatternError(f"'{line}': expected a closing bracket")


def _split_alternatives(inner: str) -> list[str]:
    """Splits "best friend | wife|husband" at the bars outside brackets within it."""
    parts, depth = [""], 0
    for sign in inner:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _joined(ways: list[tuple[tuple[str, Any], ...]]) -> list[tuple[tuple[str, Any], ...]]:
    """Folds the one-word lemma alternatives of a group into one token, to keep variants few."""
    single: set[str] = set()
    rest: list[tuple[tuple[str, Any], ...]] = []
    for way in ways:
        if len(way) == 1 and way[0][0] == "lemma":
            single |= way[0][1]
        else:
            rest.append(way)
    return ([(("lemma", frozenset(single)),)] if single else []) + rest


def _raw_needs(pattern: TokenPattern) -> tuple[FrozenSet[str], ...]:
    needs = []
    for token in pattern:
        if token.get("OP", "1") in ("1", "+"):
            for key in ("LEMMA", "LOWER"):
                value = token.get(key)
                if isinstance(value, str):
                    needs.append(frozenset({value}))
                elif isinstance(value, dict) and "IN" in value:
                    needs.append(frozenset(value["IN"]))
    return tuple(needs)
