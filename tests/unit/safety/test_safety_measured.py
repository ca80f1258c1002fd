"""The held-out sentences: the bars of the safety issue, by kind of hard case."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from safety_talk import DATA, Talk

from afterword.safety import judge

CASES = [json.loads(line) for line in (DATA / "heldout/safety.jsonl").open(encoding="utf-8")]
LEAST = {
    "direct": 1.0,
    "slang": 0.95,
    "misspelled": 0.95,
    "caps": 0.95,
    "emoji": 0.95,
    "mixed_in": 0.92,
    "buried": 0.92,
    "past": 0.92,
    "minimised": 0.92,
    "indirect": 0.85,
    "quoted": 0.85,
    "hypothetical": 0.85,
    "third_person": 0.85,
}


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict, object]]:
    return [(case, judge(Talk.engine.read(case["text"]))) for case in CASES]


@pytest.mark.parametrize("kind", LEAST)
def test_kind_of_hard_case(kind: str, judged: list) -> None:
    found = [risk is not None for case, risk in judged if case["class"] and case["kind"] == kind]
    assert sum(found) / len(found) >= LEAST[kind]


def test_nearly_all_are_flagged_and_most_by_their_class(judged: list) -> None:
    must = [(case, risk) for case, risk in judged if case["class"]]
    flagged = [risk is not None for _, risk in must]
    right = [risk is not None and risk.name == case["class"] for case, risk in must]
    assert sum(flagged) / len(must) >= 0.97
    assert sum(right) / len(must) >= 0.92


def test_every_class_is_heard(judged: list) -> None:
    by_class: dict[str, list[bool]] = defaultdict(list)
    for case, risk in judged:
        if case["class"]:
            by_class[case["class"]].append(risk is not None)
    assert {name for name, found in by_class.items() if sum(found) / len(found) < 0.9} == set()


def test_harmless_sentences_are_left_alone(judged: list) -> None:
    harmless = [risk for case, risk in judged if not case["class"]]
    full = [risk for risk in harmless if risk is not None and risk.strength == "strong"]
    assert len(full) / len(harmless) <= 0.03
    assert sum(risk is not None for risk in harmless) / len(harmless) <= 0.08
