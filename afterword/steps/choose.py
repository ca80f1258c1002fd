"""Chooses the next fitting step for a person. A pure function of what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from afterword.content import Step
from afterword.content.lookup import step_in

__all__ = ["Chosen", "Reason", "Situation", "allowed", "choose_step", "step_in"]

Reason = Literal["first", "cause", "pause", "back", "unsure", "letting_go", "held"]

_PER_CAUSE = 4  # how many places a confirmed cause moves a step forward
_MOST_CAUSES = 2


@dataclass(frozen=True)
class Situation:
    """What is known of a person, as far as steps depend on it.

    `causes`: confirmed or partly confirmed; `holds`: classes of standing holds;
    `wants`: back, unsure, letting_go, or empty while unknown; `shares`: children, home, work.
    """

    causes: Sequence[str] = ()
    holds: Sequence[str] = ()
    wants: str = ""
    shares: Sequence[str] = ()
    pause_stands: bool = False
    shown: Sequence[int] = field(default_factory=tuple)


@dataclass(frozen=True)
class Chosen:
    """The step, why it is this one (a key, worded in data/replies), and what to ask before it."""

    step: Step
    reason: Reason
    ask_first: str = ""


def choose_step(steps: Sequence[Step], situation: Situation) -> Chosen | None:
    """The step that fits best of those not shown yet; None where none is left.

    Order is the article's as set down in each step's `fits.order`; a confirmed cause the step is
    for moves it forward. Holds and a standing pause take steps away (safety/protocol.md).
    """
    fitting = [step for step in steps if _fits(step, situation)]
    if not fitting:
        return None
    step = min(fitting, key=lambda item: (_place(item, situation), item.number))
    return Chosen(step, _reason(step, situation), step.first_question(situation.shares))


def allowed(step: Step, holds: Sequence[str]) -> bool:
    """Whether the step may be given at all under these holds."""
    if "self_harm" in holds and not step.after_self_harm:
        return False
    return step.judgement != "missing" and not set(step.withheld_under) & set(holds)


def _fits(step: Step, situation: Situation) -> bool:
    if step.fits is None or step.number in situation.shown or not allowed(step, situation.holds):
        return False
    wants = situation.wants or "unsure"
    if step.fits.wants and wants not in step.fits.wants:
        return False
    pause = "standing" if situation.pause_stands else "none"
    return not step.fits.pause or pause in step.fits.pause


def _place(step: Step, situation: Situation) -> int:
    assert step.fits is not None  # _fits let nothing else through
    matching = len(set(step.fits.causes) & set(situation.causes))
    return step.fits.order - _PER_CAUSE * min(matching, _MOST_CAUSES)


def _reason(step: Step, situation: Situation) -> Reason:
    assert step.fits is not None
    if situation.holds:
        return "held"
    if set(step.fits.causes) & set(situation.causes):
        return "cause"
    if situation.pause_stands and step.fits.pause == ["standing"]:
        return "pause"
    if not situation.shown:
        return "first"
    wants = situation.wants or "unsure"
    return wants if wants in ("back", "letting_go") else "unsure"  # type: ignore[return-value]
