"""Intents that lead nowhere and actions nobody wrote."""

from __future__ import annotations

import pytest
from small_project import Small

DOMAIN = "intents: [greet]\nactions: [action_hi]\nslots: {}\n"
RULES = "rules: [{rule: hi, steps: [{intent: greet}, {action: action_hi}]}]\n"
CODE = 'class Hi:\n    action_name = "action_hi"\n'


@pytest.fixture
def whole(small: Small) -> Small:
    small.write("domain.yml", DOMAIN)
    small.write("data/rules/talk.yml", RULES)
    small.write("actions/hi.py", CODE)
    return small


def test_a_domain_that_agrees_is_in_order(whole: Small) -> None:
    assert whole.lint("domain") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("actions/hi.py", "action_hi", "action_ho", "actions.action_hi: expected a class"),
        ("domain.yml", "[greet]", "[greet, bye]", "intents.bye: expected a rule"),
        ("domain.yml", "[action_hi]", "[]", "actions: expected 'action_hi', which a rule calls"),
        (
            "domain.yml",
            "[action_hi]",
            "[action_hi, action_x]",
            "actions.action_x: expected a rule or policy",
        ),
    ],
)
def test_what_does_not_agree_is_found(
    whole: Small, file: str, old: str, new: str, expected: str
) -> None:
    whole.change(file, old, new)
    assert any(f"error: domain.yml: {expected}" in line for line in whole.lint("domain"))


def test_an_action_a_policy_names_needs_no_rule(whole: Small) -> None:
    whole.change("domain.yml", "[action_hi]", "[action_hi, action_x]")
    whole.write("addons/policy.py", 'def action():\n    return "action_x"\n')
    assert whole.lint("domain") == []
