"""The risk rules hear their own examples, leave their near misses, and say what they mean."""

from __future__ import annotations

import pytest
from safety_talk import DATA, Talk

from afterword.evidence.rules import load_rule_files
from afterword.safety.settings import load_settings

FILES = [file for file in load_rule_files(DATA / "patterns" / "risk") if file.kind == "risk"]
RULES = [(file, rule) for file in FILES for rule in file.rules]
HARD = {
    "direct", "slang", "misspelled", "caps", "emoji", "mixed_in", "buried", "past", "minimised",
    "indirect", "quoted", "hypothetical", "third_person",
}  # fmt: skip
NAMES = [f"{file.path.stem}.{rule.id}" for file, rule in RULES]


def heard(text: str, rule: str) -> bool:
    return any(found.rule == rule for found in Talk.engine.read(text).evidence)


@pytest.mark.parametrize(("file", "rule"), RULES, ids=NAMES)
def test_examples_and_near_misses(file, rule) -> None:
    full = f"{file.id}.{rule.id}"
    assert len(rule.examples) >= 3 and len(rule.near_misses) >= 3
    assert [text for text in rule.examples if not heard(text, full)] == []
    assert [text for text in rule.near_misses if heard(text, full)] == []


@pytest.mark.parametrize(("file", "rule"), RULES, ids=NAMES)
def test_tags_name_kinds_of_hard_cases(file, rule) -> None:
    assert set(rule.tags) <= HARD | {"now"}
    assert rule.means.startswith(("you ", "it sounds ", "something you said ", "somebody "))


def test_rule_ids_are_used_once() -> None:
    full = [f"{file.id}.{rule.id}" for file, rule in RULES]
    assert sorted(full) == sorted(set(full))


def test_every_class_has_rules_and_every_rule_file_a_class() -> None:
    assert {file.id for file in FILES} == set(load_settings(DATA).classes)
