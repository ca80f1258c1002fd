"""Rules and sense together: reads a message with both, and with the rules alone if need be."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Callable, Dict, Iterator, Optional

from pydantic import BaseModel, Extra

from afterword.content.errors import build, read_table
from afterword.evidence import Engine, Evidence, Reading
from afterword.sense.corpus import ANY, CAUSE, RISK, SPEECH
from afterword.sense.sense import Scores, Sense

log = logging.getLogger(__name__)

FILE = "sense.yml"
FEWEST_WORDS = 3  # of a sentence looked at by itself
_AROUND = 5  # words before and after what a rule heard, looked at with it


class RiskLimits(BaseModel):
    """From which scores on the sense is heard (data/sense.yml)."""

    whole: float
    sentence: float
    strong: float
    weak: float
    alone: float
    soften: float
    apart: float
    clause: float
    means: Dict[str, str]

    class Config:
        extra = Extra.forbid


class CauseLimits(BaseModel):
    """From which score on the sense claims a cause (data/sense.yml)."""

    alone: float
    means: Dict[str, str]

    class Config:
        extra = Extra.forbid


class Limits(BaseModel):
    """What of data/sense.yml is about messages."""

    risk: RiskLimits
    causes: CauseLimits


def limits_of(data: Path) -> Limits:
    """The limits of data/sense.yml.

    Raises:
        ContentError: the file is wrong; the error says where.
    """
    path = data / FILE
    table = read_table(path)
    return Limits(
        risk=build(RiskLimits, table["risk"], path, "risk"),
        causes=build(CauseLimits, table["causes"], path, "causes"),
    )


class Hearing:
    """Reads messages. Keeps no state but what was loaded; threads may share it."""

    def __init__(
        self, engine: Engine, limits: Limits, sense: Callable[[], Optional[Sense]]
    ) -> None:
        """`sense` loads what was learned, at the first message; None where there is none."""
        self.engine, self._limits, self._load = engine, limits, sense

    @classmethod
    def load(cls, data: Path, sense: Callable[[], Optional[Sense]] = lambda: None) -> Hearing:
        """Compiles the rules under data/patterns.

        Raises:
            PatternError, ContentError: a file is wrong; the error says where.
        """
        return cls(Engine.load(data), limits_of(data), sense)

    @cached_property
    def _sense(self) -> Optional[Sense]:
        return self._load()

    def read(self, raw: str) -> Reading:
        """Reads a message; where the sense fails, with the rules alone. Never raises on a text."""
        reading = self.engine.read(raw)
        if self._sense is None or not reading.sentences:
            return reading
        try:
            return self._sensed(reading, self._sense)
        except Exception as error:
            log.error("sense_failed error=%s", type(error).__name__)
            return reading

    def _sensed(self, reading: Reading, sense: Sense) -> Reading:
        places = [(0, len(reading.raw)), *_sentences(reading)]
        look = sense.look([reading.raw[start:end] for start, end in places])
        speech = sense.scores(SPEECH, look)
        near = self._near_rules(reading, sense)
        kept = [*self._with_risk(reading, places, sense.scores(RISK, look), near)]
        kept += self._causes(reading, places, speech)
        return replace(reading, evidence=tuple(kept), sensed=speech[0])

    def _causes(
        self, reading: Reading, places: list[tuple[int, int]], speech: list[Scores]
    ) -> Iterator[Evidence]:
        """The causes that the message is like, and that no rule heard or silenced."""
        known = {found.id for found in (*reading.evidence, *reading.silenced)}
        for name, means in self._limits.causes.means.items():
            cause = f"{CAUSE}{name}"
            if speech[0].get(cause, -1.0) > self._limits.causes.alone and name not in known:
                place = _likest(places, speech, cause)
                yield _evidence(reading, places, place, "cause", name, means, "strong")

    def _near_rules(self, reading: Reading, sense: Sense) -> dict[Evidence, float]:
        """How like a risk the words around each rule's match are: it may be one clause of many."""
        heard = [found for found in reading.evidence if found.kind == RISK]
        if not heard or len(reading.document.words) <= _AROUND * 2:
            return {}
        texts = [reading.raw[slice(*_around(reading, found))] for found in heard]
        scores = sense.scores(RISK, sense.look(texts))
        both = self._limits.risk.whole + self._limits.risk.sentence
        return {
            found: both * score[ANY] - self._limits.risk.clause
            for found, score in zip(heard, scores, strict=True)
        }

    def _with_risk(
        self,
        reading: Reading,
        places: list[tuple[int, int]],
        risk: list[Scores],
        near: dict[Evidence, float],
    ) -> Iterator[Evidence]:
        """The evidence, with the risk that rules and sense hear together."""
        limits = self._limits.risk
        most = max(found[ANY] for found in risk)
        like = limits.whole * risk[0][ANY] + limits.sentence * most
        stands = {"strong": limits.strong, "weak": limits.weak}
        heard = False
        for found in reading.evidence:
            if found.kind != RISK:
                yield found
            elif max(like, near.get(found, like)) > stands[found.strength]:
                heard = True
                yield self._as_class(found, risk[0], max(like, near.get(found, like)))
        if not heard and like > limits.alone:
            yield self._alone(reading, places, risk)

    def _as_class(self, found: Evidence, risk: Scores, like: float) -> Evidence:
        """What a rule heard; asked about, or of another class, where the message is unlike it."""
        if like < self._limits.risk.soften:
            found = replace(found, strength="weak")
        best = self._class_of(risk)
        if risk.get(found.id, -1.0) + self._limits.risk.apart < risk[best]:
            return replace(
                found, id=best, rule=f"{best}.sense", means=self._limits.risk.means[best]
            )
        return found

    def _alone(
        self, reading: Reading, places: list[tuple[int, int]], risk: list[Scores]
    ) -> Evidence:
        """The risk that no rule heard, in the sentence that is most like it."""
        name = self._class_of(risk[0])
        place = _likest(places, risk, ANY)
        means = self._limits.risk.means[name]
        return _evidence(reading, places, place, RISK, name, means, "weak")

    def _class_of(self, risk: Scores) -> str:
        return max(self._limits.risk.means, key=lambda name: risk.get(name, -1.0))


def _around(reading: Reading, found: Evidence) -> tuple[int, int]:
    """The place of a match with a few words before and after it."""
    words = reading.document.words
    first = next(i for i, word in enumerate(words) if word.end > found.start)
    last = max(i for i, word in enumerate(words) if word.start < found.end)
    return (
        words[max(0, first - _AROUND)].start,
        words[min(len(words) - 1, last + _AROUND)].end,
    )


def _likest(places: list[tuple[int, int]], scores: list[Scores], name: str) -> int:
    """The place among `places` of the sentence that is most like a name; the whole where alone."""
    return max(range(len(places)), key=lambda place: (place > 0, scores[place][name]))


def _evidence(
    reading: Reading,
    places: list[tuple[int, int]],
    place: int,
    kind: str,
    name: str,
    means: str,
    strength: str,
) -> Evidence:
    """What no rule heard, in the person's own words all the same."""
    start, end = places[place]
    return Evidence(
        kind=kind,
        id=name,
        rule=f"{name}.sense",
        means=means,
        strength=strength,
        start=start,
        end=end,
        text=reading.raw[start:end],
        sentence=max(0, place - 1),
    )


def _sentences(reading: Reading) -> list[tuple[int, int]]:
    """The places of the sentences, where there are several; a word or two alone say little."""
    words = reading.document.words
    found = [
        (words[one.span.start].start, words[one.span.end - 1].end)
        for one in reading.sentences
        if len(one.span) >= FEWEST_WORDS
    ]
    return found if len(reading.sentences) > 1 else []
