"""What a draft is like, beside what the rules find in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sense"))

from sensing import Breaks, Says, given

from afterword.drafts import Reviewer

DATA = Path(__file__).parents[3] / "data"
RULES = Reviewer.load(DATA)
DRAFT = "The lease ends in May. My mother lights a candle for us every night."


def reviewer(sense: object) -> Reviewer:
    return Reviewer.load(DATA, given(sense))  # type: ignore[arg-type]


def test_a_kind_no_rule_finds_is_shown_in_its_sentence() -> None:
    says = Says(drafts={"candle": {"guilt": 0.5}})
    assert "guilt" not in RULES.review(DRAFT).kinds
    found = [one for one in reviewer(says).review(DRAFT).findings if one.kind == "guilt"]
    assert [one.text for one in found] == ["My mother lights a candle for us every night"]
    assert found[0].why and found[0].rewrite and found[0].grave


def test_what_a_rule_finds_is_left_out_where_the_draft_is_nothing_like_it() -> None:
    threat = "If you don't come back I'll tell everyone what you did."
    assert "threat" in RULES.review(threat).kinds
    assert "threat" not in reviewer(Says()).review(threat).kinds
    assert "threat" in reviewer(Says(drafts={"tell": {"threat": 0.2}})).review(threat).kinds


def test_what_is_counted_is_left_to_counting() -> None:
    says = Says(drafts={"lease": {"several_asks": 0.9}})
    assert "several_asks" not in reviewer(says).review(DRAFT).kinds


def test_good_things_are_sensed_as_well() -> None:
    says = Says(drafts={"lease": {"good.practical": 0.4, "good.kind": -0.9}})
    assert reviewer(says).review("The lease ends in May, thought you'd like to know.").good == (
        "practical",
    )


@pytest.mark.parametrize("sense", [None, Breaks()])
def test_the_rules_go_alone_without_it(sense: object) -> None:
    for draft in (DRAFT, "", "ok", "If you don't come back I'll tell everyone what you did."):
        assert reviewer(sense).review(draft) == RULES.review(draft)
