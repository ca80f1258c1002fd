"""`afterword parse` and `afterword explain` with the trained model, as somebody would run them."""

from __future__ import annotations

import json

import pytest

from addons.cli import main

SAID = [
    ("w1", "we broke up 2 weeks ago and im a mess", {"tell_story", "vent"}),
    ("w2", "i keep checking his insta at 3am", {"checking_social_media"}),
    ("w3", "should i text her happy birthday", {"ask_contact"}),
    ("w4", "honestly she wanted kids and i dont, thats it", {"cause_incompatible_goals"}),
    ("w5", "lol are you a bot", {"bot_challenge"}),
    ("w6", "give me a recipe for onion soup", {"out_of_scope"}),
]


@pytest.fixture
def parsed(tmp_path, capsys):
    """Runs the command on a file and gives its lines, and what it said about the wrong ones."""

    def run(lines: list[str]) -> tuple[int, list[dict], str]:
        path = tmp_path / "said.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        code = main(["parse", str(path)])
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return run


def test_each_message_gets_its_line_in_order(parsed):
    code, lines, _ = parsed([json.dumps({"id": name, "text": text}) for name, text, _ in SAID])
    assert code == 0
    assert [line["id"] for line in lines] == [name for name, _, _ in SAID]
    for line, (_, text, intents) in zip(lines, SAID, strict=True):
        assert line["intent"] in intents, text
        assert 0.0 <= line["confidence"] <= 1.0
        assert all(cause["text"] in text for cause in line["causes"])
        assert line["risk"] is None
        assert line["language_ok"] is True
    assert [cause["id"] for cause in lines[3]["causes"]] == ["incompatible_goals"]


@pytest.mark.parametrize("text", ["", "   ", "🍕🍕", "/ask_help", "nul\x00inside", "x" * 10_000])
def test_odd_input_gets_a_line_as_well(parsed, text):
    code, lines, _ = parsed([json.dumps({"id": 1, "text": text})])
    assert code == 0
    assert len(lines) == 1 and lines[0]["intent"]


def test_a_risk_is_told_with_class_rule_and_strength(parsed):
    _, (line,), _ = parsed([json.dumps({"id": 1, "text": "i want to kill myself"})])
    assert line["risk"]["class"] == "self_harm"
    assert set(line["risk"]) == {"class", "rule", "strength"}


def test_a_wrong_line_is_named_and_the_rest_goes_on(parsed):
    code, lines, said = parsed(["nonsense", json.dumps({"id": 2, "text": "thank you"})])
    assert code == 1
    assert [line["id"] for line in lines] == [2]
    assert "line 1" in said


def test_explain_shows_why(capsys):
    assert main(["explain", "he", "cheated", "on", "me"]) == 0
    shown = capsys.readouterr().out
    assert "causes claimed: betrayal ('" in shown
    assert "the classifier alone" in shown
    assert "decided: cause_betrayal" in shown
