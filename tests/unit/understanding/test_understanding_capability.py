"""What every cause must be heard in, and the messages that name none: minimal functionality."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conftest import Claimed

NAMED = [
    ("betrayal", "he cheated on me with my neighbour"),
    ("betrayal", "she was sleeping with her boss"),
    ("betrayal", "my husband lied to me for years"),
    ("betrayal", "i found messages from another girl on his phone"),
    ("betrayal", "i was unfaithful and she found out"),
    ("betrayal", "she left me for some guy she met online"),
    ("lost_himself", "he said he felt suffocated"),
    ("lost_himself", "my girlfriend needs space"),
    ("lost_himself", "i lost myself in that marriage"),
    ("lost_himself", "i nagged him about everything"),
    ("lost_himself", "she never opened up to me"),
    ("unmet_needs", "i never felt appreciated"),
    ("unmet_needs", "she never listened to me"),
    ("unmet_needs", "we had no communication"),
    ("unmet_needs", "he took me for granted"),
    ("emotional_burden", "i was walking on eggshells"),
    ("emotional_burden", "he gave me the silent treatment for days"),
    ("emotional_burden", "i was too needy and jealous of everyone"),
    ("emotional_burden", "she couldn't cope with my depression"),
    ("lost_attraction", "we haven't had sex in a year"),
    ("lost_attraction", "the spark is gone"),
    ("lost_attraction", "he isn't attracted to me anymore"),
    ("lost_attraction", "we were more like roommates"),
    ("drifted_apart", "we grew apart"),
    ("drifted_apart", "she became distant"),
    ("drifted_apart", "he never had time for me"),
    ("incompatible_goals", "she wants children and i don't"),
    ("incompatible_goals", "we wanted different things"),
    ("incompatible_goals", "he isn't ready for commitment"),
    ("incompatible_goals", "her family is muslim and mine is catholic, they never accepted me"),
    ("distance", "it was a long distance relationship"),
    ("distance", "she moved to another country"),
    ("distance", "we live four hours apart"),
]

NONE = [
    "he broke up with me last night",
    "i miss her so much it hurts",
    "should i text him on his birthday?",
    "she has a new boyfriend and i can't sleep",
    "i begged him to come back",
    "i keep checking his instagram",
    "today i went for a run and felt ok",
    "no contact day 12",
    "i'm lying in bed crying",
    "not gonna lie it hurts",
    "we are still living together",
    "i moved out on sunday",
    "i need space to heal",
    "i want to find myself again",
    "give it time and look after yourself",
    "you will find someone who loves you",
    "people cheat all the time",
    "my dad cheated on my mum",
    "my sister and her husband grew apart",
    "do you keep my messages?",
    "thank you, that helped",
    "how do i bake bread",
]


@pytest.mark.parametrize(("cause", "text"), NAMED)
def test_a_named_cause_is_claimed(claimed: Claimed, cause: str, text: str) -> None:
    assert cause in claimed(text)


@pytest.mark.parametrize("text", NONE)
def test_nothing_is_claimed_where_no_cause_is_named(claimed: Claimed, text: str) -> None:
    assert claimed(text) == set()


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("we drifted and he never listened to me", {"drifted_apart", "unmet_needs"}),
        ("it was long distance and then she cheated", {"distance", "betrayal"}),
        ("no sex for a year and fights every day", {"lost_attraction", "emotional_burden"}),
        ("he felt smothered. i wanted kids, he didn't", {"lost_himself", "incompatible_goals"}),
    ],
)
def test_several_causes_are_all_claimed(claimed: Claimed, text: str, causes: set[str]) -> None:
    assert claimed(text) == causes
