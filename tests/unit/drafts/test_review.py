"""Draft review: kinds, what is good, the whole, templates, and what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.content.replies import load_bank
from afterword.drafts.compare import compare
from afterword.drafts.review import TOO_LONG, Reviewer
from afterword.drafts.templates import load_templates
from afterword.evidence import Engine
from afterword.evidence.rules import load_rule_files

DATA = Path(__file__).parents[3] / "data"
REVIEWER = Reviewer.load(DATA)
ENGINE = Engine.load(DATA, ("drafts/findings", "drafts/good"))
TEMPLATES = load_templates(DATA / "drafts" / "templates")
RULES = [
    pytest.param(file.id, rule, id=f"{file.id}.{rule.id}")
    for folder in ("findings", "good")
    for file in load_rule_files(DATA / "drafts" / folder)
    for rule in file.rules
]


@pytest.mark.parametrize(("kind", "rule"), RULES)
def test_every_rule_hears_its_examples_and_not_its_near_misses(kind: str, rule: object) -> None:
    engine = ENGINE
    full = f"{kind}.{rule.id}"  # type: ignore[attr-defined]
    assert len(rule.examples) >= 3 and len(rule.near_misses) >= 3  # type: ignore[attr-defined]
    for text in rule.examples:  # type: ignore[attr-defined]
        assert full in {found.rule for found in engine.read(text).evidence}, text
    for text in rule.near_misses:  # type: ignore[attr-defined]
        assert full not in {found.rule for found in engine.read(text).evidence}, text


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("It's better if we don't talk for now, maybe friends one day", "fear_of_loss_bait"),
        ("Good that we both started seeing other people", "jealousy_bait"),
    ],
)
def test_the_kind_of_text_the_article_prints_is_found(draft: str, kind: str) -> None:
    assert kind in REVIEWER.review(draft).kinds


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_every_template_passes_its_own_review(name: str) -> None:
    template = TEMPLATES[name]
    review = REVIEWER.review(template.fill(template.example))
    assert review.findings == ()


def test_the_draft_as_a_whole() -> None:
    assert "too_long" in REVIEWER.review("word " * (TOO_LONG + 1)).kinds
    assert "too_many_lately" in REVIEWER.review("hello there", recent=3).kinds
    assert "several_asks" in REVIEWER.review("Can we meet? Why did it end? Who told you?").kinds
    assert REVIEWER.review("").findings == ()


def test_words_are_the_drafts_own_and_the_overall_is_a_reply() -> None:
    draft = "hi. ANSWER me now!! i hope you are well"
    review = REVIEWER.review(draft)
    for finding in review.findings:
        assert draft[finding.start : finding.start + len(finding.text)] == finding.text
    bank = load_bank(DATA / "replies")
    assert review.overall in bank and "score" not in " ".join(bank[review.overall].say)


def test_what_changed_between_two_versions() -> None:
    before = REVIEWER.review("answer me, you always do this")
    after = REVIEWER.review("you always do this. i am drunk")
    change = compare(before, after)
    assert "pressure_to_answer" in change.gone
    assert "always_never_blame" in change.left
    assert "drunk_or_night" in change.fresh


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_reviewed(draft: str) -> None:
    for finding in REVIEWER.review(draft).findings:
        assert finding.why and finding.rewrite
