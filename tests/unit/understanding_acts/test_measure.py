import json

import pytest

from afterword.files import FileError
from afterword.understanding.decide import decide
from afterword.understanding.measure import (
    act_of,
    load_labelled,
    macro,
    outside_recognised,
    scores,
    share_right,
)

from .conftest import DATA


def test_scores_by_hand():
    wanted = ["a", "a", "b", "b"]
    given = ["a", "b", "b", "b"]
    a, b = scores(wanted, given)
    assert (a.precision, a.recall, a.count) == (1.0, 0.5, 2)
    assert (b.precision, b.recall) == (pytest.approx(2 / 3), 1.0)
    assert macro([a, b]) == pytest.approx((2 / 3 + 0.8) / 2)
    assert share_right(wanted, given) == 0.75


def test_a_label_never_decided_scores_nothing():
    (only,) = scores(["a"], ["b"])
    assert only.f1 == 0.0
    assert macro([]) == 0.0


def test_outside_recognised():
    assert (
        outside_recognised(["out_of_scope", "out_of_scope", "x"], ["out_of_scope", "x", "x"]) == 0.5
    )


@pytest.mark.parametrize(
    ("intent", "act"),
    [
        ("cause_distance", "telling"),
        ("tell_story", "telling"),
        ("vent", "vent"),
        ("plan_show", "command"),
        ("bot_challenge", "bot_challenge"),
        ("nlu_fallback", "out_of_scope"),
        ("smalltalk", "out_of_scope"),
    ],
)
def test_intents_are_kinds_of_acts(intent, act):
    assert act_of(intent) == act


@pytest.mark.parametrize("line", ["not json", '{"id": 1}', "[1, 2]"])
def test_a_broken_held_out_line_is_named(tmp_path, line):
    path = tmp_path / "acts.jsonl"
    good = json.dumps({"id": 1, "text": "hi", "intent": "greet"})
    path.write_text(f"{good}\n{line}\n")
    with pytest.raises(FileError, match="line 2"):
        load_labelled(path)


def test_rules_alone_reach_what_they_reached_on_the_held_out_file(engine):
    items = load_labelled(DATA / "heldout" / "acts.jsonl")
    wanted = [act_of(item.intent) for item in items]
    given = [act_of(decide(engine.read(item.text), {}).intent) for item in items]
    assert macro(scores(wanted, given)) >= 0.80
    assert outside_recognised(wanted, given) >= 0.80
