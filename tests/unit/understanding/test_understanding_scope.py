"""What turns a claim off: denial, a question, a supposition, hearsay, others, an earlier love."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conftest import Claimed


@pytest.mark.parametrize(
    ("cause", "said", "denied"),
    [
        ("betrayal", "he cheated on me", "he never cheated on me"),
        ("betrayal", "she lied to me", "she didn't lie to me"),
        ("betrayal", "there was another woman", "there wasn't another woman"),
        ("lost_himself", "i smothered him", "i didn't smother him"),
        ("unmet_needs", "he took me for granted", "he never took me for granted"),
        ("emotional_burden", "i was too clingy", "i wasn't too clingy"),
        ("drifted_apart", "we grew apart", "we didn't grow apart"),
        ("incompatible_goals", "we wanted different things", "we didn't want different things"),
        ("distance", "it was the distance", "it wasn't the distance"),
    ],
)
def test_adding_not_turns_it_off(claimed: Claimed, cause: str, said: str, denied: str) -> None:
    assert cause in claimed(said) or cause == "distance"
    assert cause not in claimed(denied)


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("it wasn't because he cheated, it was because we grew apart", {"drifted_apart"}),
        ("not because we grew apart but because she cheated", {"betrayal"}),
        (
            "he didn't leave because of kids, he left because the spark was gone",
            {"lost_attraction"},
        ),
        ("i never cheated but he lied to me", {"betrayal"}),
        ("she didn't cheat, we just grew apart", {"drifted_apart"}),
        ("i don't think he cheated", set()),
        ("i can't believe he cheated on me", {"betrayal"}),
        ("i can't take it anymore he lied to me again", {"betrayal"}),
        ("i don't know why she cheated", {"betrayal"}),
        ("he did not call and cheated on me", {"betrayal"}),
    ],
)
def test_what_a_denial_reaches(claimed: Claimed, text: str, causes: set[str]) -> None:
    assert claimed(text) == causes


@pytest.mark.parametrize(
    "text",
    [
        "did he cheat on me?",
        "was she lying to me",
        "do you think we grew apart?",
        "is he cheating on me?",
        "what if he cheated",
        "i wonder if she lied to me",
        "if he cheated on me i would know",
        "my mum thinks he cheated",
        "everyone says he cheated",
        "my friend's boyfriend cheated on her",
        "my parents grew apart",
        "my best friend and her husband have no sex",
        "my last boyfriend cheated on me",
        "in my previous relationship there was no sex",
        "men lie",
        "don't lose yourself in somebody else",
        "my mum never listens to me",
        "my dad is controlling and drinks too much",
    ],
)
def test_asked_supposed_hearsay_others_earlier(claimed: Claimed, text: str) -> None:
    assert claimed(text) == set()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("why did he cheat on me?", "betrayal"),
        ("how could she lie to me like that?", "betrayal"),
        ("should i forgive him for cheating on me?", "betrayal"),
        ("is it normal that my husband never touches me?", "lost_attraction"),
        ("he told me he felt smothered", "lost_himself"),
        ("she says i never listened to her", "unmet_needs"),
        ("he cheated on me with my best friend", "betrayal"),
        ("my sister slept with my boyfriend", "betrayal"),
        ("you lied to me and you never said sorry", "betrayal"),
    ],
)
def test_what_is_taken_as_given_counts(claimed: Claimed, text: str, cause: str) -> None:
    assert cause in claimed(text)
