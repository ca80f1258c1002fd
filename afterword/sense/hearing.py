"""Rules and sense together: reads a message with both, and with the rules alone if need be."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Callable, Iterator, Optional

from afterword.evidence import Engine, Evidence, Reading
from afterword.sense.corpus import ANY, CAUSE, RISK, SPEECH
from afterword.sense.limits import Limits, limits_of
from afterword.sense.places import Span, around, sentences_of
from afterword.sense.sense import Scores, Sense

log = logging.getLogger(__name__)

_AROUND = 5  # words before and after what a rule heard, looked at with it


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
        sentences = sentences_of(reading) if len(reading.sentences) > 1 else []
        places = [(0, len(reading.raw)), *sentences]
        look = sense.look([reading.raw[start:end] for start, end in places])
        speech = sense.scores(SPEECH, look)
        heard = self._with_risk(reading, places, sense.scores(RISK, look), sense)
        kept = [*self._with_causes(heard, speech[0]), *self._causes_alone(reading, places, speech)]
        return replace(reading, evidence=tuple(kept), sensed=speech[0])

    def _with_causes(self, evidence: Iterator[Evidence], speech: Scores) -> Iterator[Evidence]:
        """The evidence without causes that the message is hardly like.

        A weak rule's cause counts as named where the message is somewhat like it.
        """
        limits = self._limits.causes
        for found in evidence:
            like = speech.get(f"{CAUSE}{found.id}", limits.weak)
            if found.kind != "cause":
                yield found
            elif like >= limits.stands:
                yield found if like <= limits.weak else replace(found, strength="strong")

    def _causes_alone(
        self, reading: Reading, places: list[Span], speech: list[Scores]
    ) -> Iterator[Evidence]:
        """The causes that the message is like, and that no rule heard or silenced."""
        known = {found.id for found in (*reading.evidence, *reading.silenced)}
        for name, means in self._limits.causes.means.items():
            cause = f"{CAUSE}{name}"
            if speech[0].get(cause, -1.0) > self._limits.causes.alone and name not in known:
                place = _likest(places, speech, cause)
                yield _evidence(reading, places, place, "cause", name, means, "strong")

    def _with_risk(
        self, reading: Reading, places: list[Span], risk: list[Scores], sense: Sense
    ) -> Iterator[Evidence]:
        """The evidence, with the risk that rules and sense hear together."""
        limits = self._limits.risk
        like = self._likeness(risk[0], max(found[ANY] for found in risk))
        stands = {"strong": limits.strong, "weak": limits.weak}
        near = {} if like > limits.settled else self._near_rules(reading, sense)
        heard = False
        for found in reading.evidence:
            likeness = max(like, near.get(found, like))
            if found.kind != RISK:
                yield found
            elif likeness > stands[found.strength]:
                heard = True
                yield self._as_class(found, risk[0], likeness)
        if not heard and like > limits.alone:
            yield self._alone(reading, places, risk)

    def _near_rules(self, reading: Reading, sense: Sense) -> dict[Evidence, float]:
        """How like a risk the words around each rule's match are: it may be one clause of many."""
        heard = [found for found in reading.evidence if found.kind == RISK]
        if not heard or len(reading.document.words) <= _AROUND * 2:
            return {}
        spans = [around(reading, found.start, found.end, _AROUND) for found in heard]
        scores = sense.scores(RISK, sense.look([reading.raw[start:end] for start, end in spans]))
        return {
            found: self._likeness(score, score[ANY]) - self._limits.risk.clause
            for found, score in zip(heard, scores, strict=True)
        }

    def _likeness(self, whole: Scores, most: float) -> float:
        """How like a risk a text is, by the scores of the whole and the most of its sentences."""
        limits = self._limits.risk
        of_class = whole.get(self._class_of(whole), -1.0)
        return limits.whole * whole[ANY] + limits.sentence * most + limits.of_class * of_class

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

    def _alone(self, reading: Reading, places: list[Span], risk: list[Scores]) -> Evidence:
        """The risk that no rule heard, in the sentence that is most like it."""
        name = self._class_of(risk[0])
        place = _likest(places, risk, ANY)
        means = self._limits.risk.means[name]
        return _evidence(reading, places, place, RISK, name, means, "weak")

    def _class_of(self, risk: Scores) -> str:
        return max(self._limits.risk.means, key=lambda name: risk.get(name, -1.0))


def _likest(places: list[Span], scores: list[Scores], name: str) -> int:
    """The place among `places` of the sentence that is most like a name; the whole where alone."""
    return max(range(len(places)), key=lambda place: (place > 0, scores[place][name]))


def _evidence(
    reading: Reading,
    places: list[Span],
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
