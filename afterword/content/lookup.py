"""Finds a cause or a step by the names people give it: "step ten", "the jealousy one"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from afterword.content.models import Cause, Step

Owner = TypeVar("Owner", int, str)

_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen"""
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
thirteenth fourteenth fifteenth sixteenth"""
_NUMBER_WORDS = {word: place for place, word in enumerate(_NUMBERS.split(), start=1)}
_ORDINAL_WORDS = {word: place for place, word in enumerate(_ORDINALS.split(), start=1)}
_BEFORE = frozenset(("step", "steps", "number", "no", "nr", "tip", "way"))
_DIGITS = re.compile(r"^#?(\d{1,3})(st|nd|rd|th)?$")
_TOKEN = re.compile(r"[#\w']+")


def step_in(text: str, steps: Mapping[int, Step]) -> int | None:
    """The number of the step a text names, by number or by name; None where it names none.

    A number no step has is returned as it is, so that the answer can say so.
    """
    words = _words(text)
    number = _number(words)
    if number is not None:
        return number
    return _by_name(words, _steps_names(steps))[1]


def cause_in(text: str, causes: Mapping[str, Cause]) -> str | None:
    """The id of the cause a text names; None where it names none."""
    words = _words(text)
    return _by_name(words, _causes_names(causes))[1]


def subject_in(
    text: str, causes: Mapping[str, Cause], steps: Mapping[int, Step]
) -> str | int | None:
    """The cause (its id) or the step (its number) a text names; None where it names neither.

    Where both are named the longer name counts, and the cause if they are of one length: "space"
    is the cause of having had too little of it, "giving space" is the step.
    """
    words = _words(text)
    number = _number(words)
    if number is not None:
        return number
    of_cause, cause = _by_name(words, _causes_names(causes))
    of_step, step = _by_name(words, _steps_names(steps))
    return step if of_step > of_cause else cause


def _steps_names(steps: Mapping[int, Step]) -> list[tuple[int, list[str]]]:
    return [(step.number, [step.name, *step.aliases]) for step in steps.values()]


def _causes_names(causes: Mapping[str, Cause]) -> list[tuple[str, list[str]]]:
    return [(cause.id, [cause.name, *cause.aliases]) for cause in causes.values()]


def _words(text: str) -> list[str]:
    plain = text.lower().replace("\u2019", "'").replace("'", "")
    return _TOKEN.findall(plain)


def _number(words: list[str]) -> int | None:
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        number = None
        if word in _BEFORE:
            number = _as_number(after, _NUMBER_WORDS)
        if number is None and (after in _BEFORE or after == "one"):
            number = _as_number(word, _ORDINAL_WORDS)
        if number is None and re.fullmatch(r"(step|#)\d{1,3}", word):
            number = int(word.lstrip("step#"))
        if number is not None:
            return number
    return _as_number(words[0], _NUMBER_WORDS) if len(words) == 1 else None


def _as_number(word: str, spelt: Mapping[str, int]) -> int | None:
    digits = _digits(word)
    return digits if digits is not None else spelt.get(word)


def _digits(word: str) -> int | None:
    match = _DIGITS.match(word)
    return int(match[1]) if match else None


def _by_name(
    words: list[str], named: Iterable[tuple[Owner, list[str]]]
) -> tuple[int, Owner | None]:
    """The longest name that stands in the text, endings aside: its length in words, its owner."""
    said = [_stem(word) for word in words]
    best: tuple[int, Owner | None] = (0, None)
    for owner, names in named:
        for name in names:
            wanted = [_stem(word) for word in _words(name)]
            if _in_a_row(wanted, said) and len(wanted) > best[0]:
                best = (len(wanted), owner)
    return best


def _in_a_row(wanted: list[str], said: list[str]) -> bool:
    length = len(wanted)
    return any(said[place : place + length] == wanted for place in range(len(said) - length + 1))


def _stem(word: str) -> str:
    """Cuts a plural, -ing or -ed, so that "texts" is "text" and "badmouthing" is "badmouth"."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word
