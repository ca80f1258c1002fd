"""Reads a draft sentence by sentence: what tends to land badly and why, and what is good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from afterword.drafts.asks import Place, asks_of, pressing_marks
from afterword.drafts.rules import Rules
from afterword.drafts.sensed import DraftSense, Sensed
from afterword.evidence import Evidence, Reading
from afterword.sense import Sense

TOO_LONG = 120  # words; a message that takes more than a minute to read asks for too much
TOO_MANY = 2  # unanswered messages in the last week, after which another one presses
TOO_MANY_ASKS = 2
NIGHT = range(5)  # hours of the clock in which a message is better kept for the morning
ALONE = "alone"  # tag of a rule whose finding is named only where nothing else is found
_COUNTED = frozenset(("too_long", "several_asks"))  # known by counting, and by nothing else
_OPENING = 60  # characters shown for a finding about the whole


@dataclass(frozen=True)
class Finding:
    """One finding. `text` are the draft's own words; `start` their offset in the draft."""

    kind: str
    text: str
    start: int
    why: str
    rewrite: str
    grave: bool
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """What was found, in the order of the draft, and what is good, by id."""

    findings: tuple[Finding, ...]
    good: tuple[str, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds found, each once, in the order of the draft."""
        return list(dict.fromkeys(finding.kind for finding in self.findings))

    @property
    def overall(self) -> str:
        """The overall judgement as a reply key: no score, one sentence."""
        if any(finding.grave for finding in self.findings):
            return "draft.overall_grave"
        if self.findings:
            return "draft.overall_some"
        return "draft.overall_clear" if self.good else "draft.overall_plain"


@dataclass(frozen=True)
class _Found:
    kind: str
    place: Place
    rule: str = ""
    alone: bool = False


class Reviewer:
    """The rules for drafts, compiled once. Reviewing keeps no state."""

    def __init__(self, rules: Rules, sense: DraftSense) -> None:
        self._rules, self._sense = rules, sense
        self._grave = frozenset(name for name, kind in rules.kinds.items() if kind.grave)

    @property
    def good_words(self) -> dict[str, str]:
        """What each good thing is, in words, by id."""
        return {name: good.what for name, good in self._rules.good.items()}

    @classmethod
    def load(cls, data: Path, sense: Callable[[], Sense | None] = lambda: None) -> Reviewer:
        """Reads data/drafts; `sense` gives what was learned besides, None for the rules alone.

        Raises:
            PatternError, ContentError: a file is wrong; the error says where.
        """
        return cls(Rules.load(data), DraftSense.load(data, sense))

    def review(self, draft: str, recent: int = 0, hour: int | None = None) -> Review:
        """Reviews a draft of any length.

        Args:
            draft: the message as the person would send it.
            recent: messages sent in the last week that were not answered.
            hour: the person's hour of the clock, 0 to 23; None where it isn't known.
        """
        reading = self._rules.engine.read(draft)
        asks = asks_of(reading.document, self._rules.asks)
        sensed = self._sense.of(reading)
        found = self._weighed(list(self._in_sentences(reading)))
        kinds = {one.kind for one in found}
        if "pressure_to_answer" not in kinds:
            marks = pressing_marks(draft, self._rules.asks)
            found += [_Found("pressure_to_answer", place) for place in marks]
        found = self._with_sense(found, sensed)
        kinds |= {one.kind for one in found}
        found += self._about_whole(draft, recent, hour, asks, kinds)
        told = tuple(self._told(draft, found))
        return Review(told, _good(reading, told, asks, sensed))

    def _in_sentences(self, reading: Reading) -> Iterator[_Found]:
        """One finding for each kind and sentence: the longest words say it best."""
        heard = reading.of("draft")
        rules = Counter(rule for rule, _ in {(found.rule, found.sentence) for found in heard})
        best: dict[tuple[str, int], _Found] = {}
        for found in heard:
            if not self._counts(found, rules):
                continue
            name = found.rule.split(".")[1]
            for kind in (found.id, *self._rules.kinds[found.id].also.get(name, ())):
                place = (kind, found.sentence)
                one = _Found(kind, Place(found.start, found.end), found.rule, ALONE in found.tags)
                if place not in best or _nearer(one, best[place]):
                    best[place] = one
        yield from best.values()

    def _with_sense(self, found: list[_Found], sensed: Sensed) -> list[_Found]:
        """What the rules found and the sense does not rule out, and what only it finds."""
        kept = [one for one in found if not sensed.unlike(one.kind)]
        heard = {one.kind for one in kept}
        more = (
            _Found(kind, place)
            for kind, place in sensed.kinds(self._grave).items()
            if kind not in heard and kind not in _COUNTED
        )
        return [*kept, *more]

    def _weighed(self, found: list[_Found]) -> list[_Found]:
        """Leaves out what a graver or nearer reading of the same words already says."""
        kinds = self._rules.kinds
        return [
            one
            for one in found
            if not any(
                (one.alone and not other.alone and other.kind != one.kind)
                or one.kind in kinds[other.kind].covers
                or (one.kind in kinds[other.kind].outweighs and _overlap(one.place, other.place))
                for other in found
            )
        ]

    def _counts(self, found: Evidence, rules: Counter[str]) -> bool:
        """Half of a pair counts only beside the other half, and shows the first half's words."""
        name = found.rule.split(".")[1]
        if rules[found.rule] < self._rules.kinds[found.id].several.get(name, 1):
            return False
        pairs = [pair for pair in self._rules.kinds[found.id].together if name in pair]
        return not pairs or any(
            name == first and f"{found.id}.{second}" in rules for first, second in pairs
        )

    def _about_whole(
        self,
        draft: str,
        recent: int,
        hour: int | None,
        asks: Sequence[Place],
        kinds: set[str],
    ) -> Iterator[_Found]:
        opening = Place(0, _opening(draft))
        if len(asks) >= TOO_MANY_ASKS:
            yield _Found("several_asks", asks[0])
        if len(draft.split()) > TOO_LONG:
            yield _Found("too_long", opening)
        if recent >= TOO_MANY and "too_many_lately" not in kinds:
            yield _Found("too_many_lately", opening)
        if hour in NIGHT and "drunk_or_night" not in kinds and draft.strip():
            yield _Found("drunk_or_night", opening)

    def _told(self, draft: str, found: Sequence[_Found]) -> Iterator[Finding]:
        """Puts words to what was found; a kind found again gets its next suggestion."""
        seen: dict[str, int] = {}
        for one in sorted(found, key=lambda one: (one.place.start, one.kind)):
            kind = self._rules.kinds[one.kind]
            turn = seen[one.kind] = seen.get(one.kind, -1) + 1
            own = self._rules.rewrites.get(one.rule) if one.rule.startswith(one.kind) else None
            yield Finding(
                kind=one.kind,
                text=draft[one.place.start : one.place.end],
                start=one.place.start,
                why=kind.why,
                rewrite=own or kind.rewrite[turn % len(kind.rewrite)],
                grave=kind.grave,
                evidence=tuple(kind.evidence),
            )


def _good(
    reading: Reading, told: Sequence[Finding], asks: Sequence[Place], sensed: Sensed
) -> tuple[str, ...]:
    """What is good, by id; a matter used to press is not practical, a charged ask not clear."""
    good = sensed.good({heard.id for heard in reading.of("good")})
    grave = any(finding.grave for finding in told)
    places = [Place(finding.start, finding.start + len(finding.text)) for finding in told]
    charged = any(_overlap(place, ask) for place in places for ask in asks)
    if grave:
        return ()
    if told:
        good.discard("practical")
    if told or charged or len(asks) > 1:
        good.discard("one_clear_ask")
    elif len(asks) == 1:
        good.add("one_clear_ask")
    return tuple(sorted(good))


def _nearer(one: _Found, other: _Found) -> bool:
    """Words that hold by themselves before a guess, then the longer ones."""
    if one.alone != other.alone:
        return other.alone
    return one.place.end - one.place.start > other.place.end - other.place.start


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _opening(draft: str) -> int:
    """Where the opening words end: at a space, so that no word is cut."""
    if len(draft) <= _OPENING:
        return len(draft)
    space = draft.rfind(" ", 0, _OPENING)
    return space if space > 0 else _OPENING
