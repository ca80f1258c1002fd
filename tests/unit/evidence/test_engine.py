"""The pattern language and the engine, on small rule files of the test's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from afterword.evidence import Engine, PatternError

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def make(tmp_path: Path) -> Any:
    """Makes an engine of one rule given as its keys."""
    shutil.copytree(DATA / "style", tmp_path / "style")
    (tmp_path / "patterns" / "causes").mkdir(parents=True)
    for name in ("sets.yml", "sets-scope.yml"):
        shutil.copy(DATA / "patterns" / name, tmp_path / "patterns" / name)

    def build(kind: str = "cause", **rule: Any) -> Engine:
        content = {"kind": kind, "id": "it", "rules": [{"id": "r", "means": "m", **rule}]}
        path = tmp_path / "patterns" / "causes" / "it.yml"
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        return Engine.load(tmp_path)

    return build


def heard(engine: Engine, text: str) -> str | None:
    found = engine.read(text).evidence
    return found[0].text if found else None


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("need space", "she NEEDED spaces", "NEEDED spaces"),
        ("=needed space", "she needs space", None),
        ("need ..2 space", "he needs a bit of space", None),
        ("need ..3 space", "he needs a bit of space", "needs a bit of space"),
        ("need more? space", "i need space", "need space"),
        ("(fall out|run out) of love", "we fell out of love", "fell out of love"),
        ("$they leave", "my husband left", "husband left"),
        ("need _ space", "i need some space", "need some space"),
        ("need !my space", "i need my space", None),
        ("< leave me", "so, leave me", "leave me"),
        ("< leave me", "he did leave me", None),
        ("leave me >", "he left me again", None),
        ('"# years"', "after 5 years", None),
        ("# year", "after 5 years", "5 years"),
        ("need space", "he needs. space", None),
    ],
)
def test_language(make: Any, pattern: str, text: str, words: str | None) -> None:
    assert heard(make(any=[pattern]), text) == words


def test_a_gap_never_swallows_a_denial(make: Any) -> None:
    assert heard(make(any=["he ..3 cheat"]), "he would never cheat") is None


def test_unless_silences_within_the_sentence(make: Any) -> None:
    engine = make(any=["space"], unless=["outer space"])
    assert heard(engine, "outer space is big") is None
    assert heard(engine, "outer space is big. i need space") == "space"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("he did not cheat", "negated"),
        ("it was not about cheating", "negated"),
        ("did he cheat?", "question"),
        ("what if he cheated", "hypothetical"),
        ("my mum says he cheated", "reported"),
        ("my sister's boyfriend cheated", "others"),
        ("in my last relationship he cheated", "earlier"),
    ],
)
def test_scope_silences_a_cause(make: Any, text: str, flag: str) -> None:
    reading = make(any=["cheat"]).read(text)
    assert not reading.evidence
    assert flag in reading.silenced[0].flags


@pytest.mark.parametrize(
    "text",
    [
        "he cheated",
        "why did he cheat on me?",
        "i can't believe he cheated",
        "not only lied, he cheated",
        "i did not know that he cheated",
        "i was not happy but he cheated",
    ],
)
def test_scope_lets_what_is_stated_through(make: Any, text: str) -> None:
    assert heard(make(any=["cheat"]), text)


def test_a_rule_may_keep_a_flag(make: Any) -> None:
    assert heard(make(any=["cheat"], keep=["question"]), "did he cheat?") == "cheat"


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"any": ["$nobody"]}, "unknown word set"),
        ({"any": ["(a b"]}, "closing bracket"),
        ({"any": ["..3"]}, "at least one word"),
        ({"any": []}, "any"),
        ({"any": ["a"], "sometimes": 1}, "sometimes"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(make: Any, rule: dict[str, Any], says: str) -> None:
    with pytest.raises(PatternError, match=says) as error:
        make(**rule)
    assert "it.yml" in str(error.value)


def test_evidence_is_a_span_of_the_raw_text(make: Any) -> None:
    raw = "honestly?? he CHEATEDDD on me"
    found = make(any=["cheat on me"]).read(raw).evidence[0]
    assert raw[found.start : found.end] == found.text == "CHEATEDDD on me"
