"""The step that fits: said as what is known of a person -> the step they are given, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from afterword.content import Library
from afterword.steps.choose import Situation, allowed, choose_step

STEPS = list(Library.load(Path(__file__).parents[3] / "data").steps.values())


@pytest.mark.parametrize(
    ("situation", "number", "reason"),
    [
        (Situation(), 1, "first"),
        (Situation(wants="back", shown=[1]), 2, "back"),
        (Situation(wants="letting_go", shown=[1]), 2, "letting_go"),
        (Situation(shown=[1]), 2, "unsure"),
        (Situation(shown=[1], pause_stands=True), 3, "unsure"),
        (Situation(causes=["betrayal"], shown=[1, 2, 3]), 9, "cause"),
        (Situation(causes=["emotional_burden"], shown=[1, 2, 9]), 8, "cause"),
        (Situation(causes=["lost_himself"]), 2, "cause"),
        (Situation(wants="back", causes=["distance"], shown=[*range(1, 14)]), 14, "cause"),
        (Situation(holds=["self_harm"]), 1, "held"),
        (Situation(holds=["abuse_victim"], shown=[1]), 3, "held"),
        (Situation(holds=["no_contact_boundary"], wants="back", shown=[1, 3]), 9, "held"),
    ],
)
def test_the_fitting_step_and_why(situation: Situation, number: int, reason: str) -> None:
    chosen = choose_step(STEPS, situation)
    assert chosen is not None
    assert (chosen.step.number, chosen.reason) == (number, reason)


@pytest.mark.parametrize(
    ("situation", "numbers"),
    [
        (Situation(holds=["self_harm"]), {1, 3, 8, 9}),
        (Situation(holds=["abuse_victim"], wants="back"), {1, 3, 8, 9}),
        (Situation(holds=["ex_threatens_suicide"]), {1, 3, 8, 9}),
        (Situation(holds=["harm_other_or_stalking"]), {1, 3, 8, 9}),
        (Situation(holds=["no_contact_boundary", "self_harm"]), {1, 3, 8, 9}),
        (Situation(holds=["minor"]), set()),
        (Situation(wants="letting_go"), {1, 2, 3, 7, 8, 9, 10, 11}),
        (Situation(wants="back", pause_stands=True), {1, 3, 4, 5, 8, 9, 10, 11, 13}),
        (Situation(wants="back"), {*range(1, 17)} - {6}),
    ],
)
def test_asking_again_and_again_gives_each_fitting_step_once(
    situation: Situation, numbers: set[int]
) -> None:
    given: list[int] = []
    while chosen := choose_step(STEPS, replace(situation, shown=given)):
        given.append(chosen.step.number)
    assert len(given) == len(set(given))
    assert set(given) == numbers


@pytest.mark.parametrize("shares", [["children"], ["home"], ["work"]])
def test_who_shares_something_is_asked_before_going_quiet(shares: list[str]) -> None:
    chosen = choose_step(STEPS, Situation(shown=[1], shares=shares))
    assert chosen is not None
    assert chosen.step.number == 2
    assert "practical" in chosen.ask_first


def test_the_missing_step_is_never_allowed() -> None:
    assert not allowed(STEPS[5], [])


def test_choosing_changes_nothing() -> None:
    situation = Situation(causes=["betrayal"], shown=[1])
    assert choose_step(STEPS, situation) == choose_step(STEPS, situation)
