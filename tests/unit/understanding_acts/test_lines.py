from dataclasses import asdict

import pytest

from afterword.understanding.lines import line_of


def parsed(engine, text, intent):
    evidence = [
        {**asdict(found), "flags": sorted(found.flags)} for found in engine.read(text).evidence
    ]
    return {"intent": {"name": intent, "confidence": 0.912345}, "evidence": evidence, "risk": None}


def test_a_line_has_the_words_of_the_person(engine):
    text = "He CHEATED on me and i feel so sad"
    line = line_of("a1", parsed(engine, text, "cause_betrayal"), True)
    assert list(line) == [
        "id",
        "intent",
        "confidence",
        "causes",
        "feelings",
        "risk",
        "language_ok",
    ]
    assert line["id"] == "a1"
    assert line["confidence"] == 0.9123
    assert [cause["id"] for cause in line["causes"]] == ["betrayal"]
    assert all(cause["text"] in text for cause in line["causes"])
    assert all(set(cause) == {"id", "text", "rule"} for cause in line["causes"])
    assert {feeling["id"] for feeling in line["feelings"]} >= {"sad"}


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback"])
def test_what_is_none_of_our_business_has_no_cause(engine, intent):
    assert line_of(1, parsed(engine, "he cheated on me", intent), True)["causes"] == []


def test_a_risk_keeps_three_things_only(engine):
    result = parsed(engine, "hello", "greet")
    result["risk"] = {"class": "self_harm", "rule": "x.y", "strength": "weak", "immediate": False}
    line = line_of(1, result, True)
    assert line["risk"] == {"class": "self_harm", "rule": "x.y", "strength": "weak"}


def test_an_empty_parse_result_is_a_line_as_well():
    line = line_of(None, {}, False)
    assert line["intent"] is None
    assert line["causes"] == [] and line["feelings"] == [] and line["risk"] is None
    assert line["language_ok"] is False
