"""A readable view of what is understood in one message, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afterword.evidence import Evidence, Reading
from afterword.understanding.causes import claims_of
from afterword.understanding.decide import Decision

SHOWN = 5  # scores shown of each ranking


def explain(
    reading: Reading, believed: Mapping[str, float], decision: Decision, risk: str | None
) -> Iterator[str]:
    """Yields the lines of the view.

    Args:
        reading: the message as read.
        believed: the classifier's confidence by intent, before the rules had their say.
        decision: what was decided by all together.
        risk: the risk heard, in words, if any.
    """
    yield "read as"
    for sentence in reading.sentences:
        words = (
            token.lower_ if token.lower_ == token.lemma_ else f"{token.lower_}({token.lemma_})"
            for token in sentence.span
        )
        yield f"  {sentence.index + 1}. {' '.join(words)}{' ' + sentence.mark.strip()}"
    yield "heard"
    yield from _listed(reading.evidence)
    yield "heard, but silenced by its scope"
    yield from _listed(reading.silenced)
    claims = claims_of(reading.evidence)
    yield "causes claimed: " + (", ".join(f"{c.id} ('{c.words}')" for c in claims) or "none")
    yield f"risk: {risk or 'none'}"
    yield "the classifier alone"
    yield from _ranked(believed)
    yield "most like, by its sense"
    yield from _ranked(reading.sensed)
    yield "all together"
    yield from _ranked(decision.ranking)
    yield f"decided: {decision.intent} ({decision.confidence:.2f}), because {decision.reason}"


def _listed(found: tuple[Evidence, ...]) -> Iterator[str]:
    if not found:
        yield "  nothing"
    for one in found:
        scope = f" [{', '.join(sorted(one.flags))}]" if one.flags else ""
        yield f"  {one.kind} {one.rule} {one.strength}: '{one.text}'{scope}"


def _ranked(scores: Mapping[str, float]) -> Iterator[str]:
    best = sorted(scores.items(), key=lambda item: -item[1])[:SHOWN]
    for name, score in best:
        yield f"  {score:.2f} {name}"
    if not best:
        yield "  nothing"
