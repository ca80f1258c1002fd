"""What is found in a draft, where, how it is told, and what is good in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.content.replies import load_bank
from afterword.drafts.review import TOO_LONG, Reviewer

DATA = Path(__file__).parents[3] / "data"
GRAVE = {
    "threat",
    "guilt",
    "ultimatum",
    "pressure_to_answer",
    "jealousy_bait",
    "via_others",
    "sexual_pressure",
    "leverage_money_things",
}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("After everything I did for you, this is what I get", "guilt"),
        ("cant eat, cant sleep, all because of u", "guilt"),
        ("why aren't you replying", "pressure_to_answer"),
        ("I know you saw this", "pressure_to_answer"),
        ("???", "pressure_to_answer"),
        ("hello??", "pressure_to_answer"),
        ("if you don't call by friday i'm done", "ultimatum"),
        ("now or never", "ultimatum"),
        ("you'll regret this", "threat"),
        ("I'll tell everyone at your office", "threat"),
        ("If you leave I'll kill myself", "threat"),
        ("been on a few dates lately", "jealousy_bait"),
        ("a guy at work asked me out", "jealousy_bait"),
        ("you'll never find someone like me", "fear_of_loss_bait"),
        ("you never listen, you always walk away", "always_never_blame"),
        ("you selfish liar", "name_calling"),
        ("you have commitment issues", "diagnosing"),
        ("You're so clever. Could you do my CV?", "flattery_for_favour"),
        ("no strings, just a coffee", "hidden_aim"),
        ("Let's stay friends. I still love you and want more", "hidden_aim"),
        ("I'll quit drinking, I'll go to therapy, whatever you want", "bargaining_promises"),
        ("i'm nothing without you", "self_abasement"),
        ("Where are you? What happened? Who told you?", "several_asks"),
        ("and another thing, last march you lied to me", "relitigating"),
        ("send me a pic of you in bed", "sexual_pressure"),
        ("are you seeing someone", "asking_about_new_partner"),
        ("I'm keeping the dog until you talk to me", "leverage_money_things"),
        ("i told the kids to ask you why daddy left", "via_others"),
        ("im so drunk rn", "drunk_or_night"),
        ("its 3am and i cant sleep", "drunk_or_night"),
    ],
)
def test_each_kind_is_found(reviewer: Reviewer, said: str, kind: str) -> None:
    assert kind in reviewer.review(said).kinds


@pytest.mark.parametrize(
    "said",
    [
        "I'm sorry I pressured you to answer.",
        "You don't owe me anything, and there's no need to reply.",
        "I was drunk when I wrote on Saturday and I'm sorry.",
        "You never did anything wrong.",
        "I was jealous and I was controlling. That was mine.",
        "It wasn't your fault.",
        "The kids need their gym kit on Monday.",
        "If you don't want to, that's fine.",
        "I won't turn up at your work again.",
        "I understand you've met someone and I wish you well.",
        "Your mum says hi.",
        "I promise I won't write again.",
        "You don't have to explain.",
        "You'll always be important to me.",
        "Thanks for dropping the keys off.",
    ],
)
def test_owning_and_leaving_room_is_no_finding(reviewer: Reviewer, said: str) -> None:
    assert reviewer.review(said).kinds == []


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ("Could we talk on Saturday for an hour?", "one_clear_ask"),
        ("I'm sorry for how I spoke to you.", "owns_part"),
        ("If you'd rather not, I'll understand.", "room_for_no"),
        ("Thank you for the years we had.", "thanks"),
        ("The keys are with the neighbour.", "practical"),
        ("I hope you're well.", "kind"),
    ],
)
def test_what_is_good_is_named(reviewer: Reviewer, said: str, good: str) -> None:
    assert good in reviewer.review(said).good
    assert good in reviewer.good_words


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("Can we meet? Or it's over. Answer me.", "one_clear_ask"),
        ("You'll get your keys back when you talk to me", "practical"),
        ("Could you call? Would you write? Can we meet?", "one_clear_ask"),
    ],
)
def test_a_pressed_matter_is_not_praised(reviewer: Reviewer, said: str, lost: str) -> None:
    assert lost not in reviewer.review(said).good


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("It's better if we don't talk. Maybe we can be friends later.", ["fear_of_loss_bait"]),
        ("I'd rather we didn't talk for a while.", []),
        ("You're such a good cook.", []),
    ],
)
def test_half_a_pair_alone_says_nothing(reviewer: Reviewer, said: str, kinds: list[str]) -> None:
    assert reviewer.review(said).kinds == kinds


def test_the_graver_reading_of_the_same_words_is_the_one_told(reviewer: Reviewer) -> None:
    assert reviewer.review("take me back or we are done").kinds == ["ultimatum"]
    assert "hidden_aim" not in reviewer.review("Send me a nude. For old times sake.").kinds


def test_grave_is_a_matter_of_the_kind(reviewer: Reviewer) -> None:
    kinds = reviewer._rules.kinds
    assert {name for name, kind in kinds.items() if kind.grave} == GRAVE
    assert set(kinds) >= GRAVE | {"too_long", "too_many_lately", "several_asks"}


def test_the_draft_as_a_whole(reviewer: Reviewer) -> None:
    assert reviewer.review("word " * TOO_LONG).kinds == []
    assert reviewer.review("word " * (TOO_LONG + 1)).kinds == ["too_long"]
    assert reviewer.review("hello there", recent=1).kinds == []
    assert reviewer.review("hello there", recent=2).kinds == ["too_many_lately"]


@pytest.mark.parametrize(("hour", "kinds"), [(3, ["drunk_or_night"]), (8, []), (None, [])])
def test_the_clock_says_night(reviewer: Reviewer, hour: int | None, kinds: list[str]) -> None:
    assert reviewer.review("I miss our walks", hour=hour).kinds == kinds


def test_nothing_is_found_in_nothing(reviewer: Reviewer) -> None:
    empty = reviewer.review("", recent=0, hour=3)
    assert empty.findings == () and empty.good == () and empty.overall == "draft.overall_plain"


def test_a_kind_found_again_gets_another_suggestion(reviewer: Reviewer) -> None:
    review = reviewer.review("you always do this. it was your fault")
    assert len({finding.rewrite for finding in review.findings}) == 2


def test_words_are_the_drafts_own(reviewer: Reviewer) -> None:
    draft = "hi.\nANSWER me now!! u  always do dis 😉 i hope you are well"
    for finding in reviewer.review(draft).findings:
        assert draft[finding.start : finding.start + len(finding.text)] == finding.text


@pytest.mark.parametrize("draft", ["answer me", "you always do this", "take care", "mhm"])
def test_overall_is_one_sentence_without_a_score(reviewer: Reviewer, draft: str) -> None:
    bank = load_bank(DATA / "replies")
    said = " ".join(bank[reviewer.review(draft).overall].say)
    assert not any(letter.isdigit() for letter in said)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_reviewed(reviewer: Reviewer, draft: str) -> None:
    for finding in reviewer.review(draft).findings:
        assert finding.why and finding.rewrite
        assert draft[finding.start :].startswith(finding.text)
