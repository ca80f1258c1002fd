"""The guard: what it hears, what it leaves alone, and which class comes first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from safety_talk import DATA, Talk

from afterword.safety import judge
from afterword.safety.settings import load_settings

HEARD = [
    ("I want to kill myself", "self_harm"),
    ("i dont want to be alive anymore", "self_harm"),
    ("kms fr this time", "self_harm"),
    ("everybody would be better off without me", "self_harm"),
    ("I'm not suicidal but I don't want to wake up", "self_harm"),
    ("if he doesn't come back I'll kill myself", "self_harm"),
    ("he put his hands round my throat", "abuse_victim"),
    ("it was just the one slap", "abuse_victim"),
    ("she won't let me see my friends", "abuse_victim"),
    ("I'm scared to go home", "abuse_victim"),
    ("she swears she'll kill herself if I go", "ex_threatens_suicide"),
    ("my ex keeps threatening suicide", "ex_threatens_suicide"),
    ("I'm outside her flat", "harm_other_or_stalking"),
    ("I put a tracker on his car", "harm_other_or_stalking"),
    ("I want to hurt him", "harm_other_or_stalking"),
    ("she told me to stop texting her", "no_contact_boundary"),
    ("he blocked me everywhere", "no_contact_boundary"),
    ("im 15", "minor"),
    ("I'm in 8th grade", "minor"),
]

# Each beside its neighbour that must be left alone.
PAIRS = [
    ("I'm dying without help, I took all the tablets", "I'm dying to see her"),
    ("I want to die", "I want to dye my hair"),
    ("I cut myself last night because of him", "I cut myself shaving"),
    ("he hit me", "it hit me that he's gone"),
    ("he pushed me down the stairs", "he pushed me to apply for the job"),
    ("he follows me home", "he follows me on instagram"),
    ("I'm afraid of him", "I'm afraid he won't come back"),
    ("he threatened to hurt me", "he threatened to sell the sofa"),
    ("he blocked me", "I blocked him"),
    ("she told me to leave her alone", "I told her to leave me alone"),
    ("she has a restraining order against me", "there is no restraining order"),
    ("I'm 15", "I'm 15 weeks into no contact"),
    ("I'm in high school", "we were high school sweethearts"),
    ("I'll kill him", "I could kill for a coffee"),
    ("I want to disappear forever", "I want to disappear for the weekend"),
    ("I'm outside her house", "I'm outside her house to drop off the boxes, she asked me to"),
]


def risk_of(text: str):
    return judge(Talk.engine.read(text))


@pytest.mark.parametrize(("said", "name"), HEARD)
def test_hears(said: str, name: str) -> None:
    risk = risk_of(said)
    assert risk is not None and risk.name == name


@pytest.mark.parametrize(("risky", "harmless"), PAIRS)
def test_tells_neighbours_apart(risky: str, harmless: str) -> None:
    assert risk_of(risky) is not None
    assert risk_of(harmless) is None


@pytest.mark.parametrize(
    ("said", "first", "also"),
    [
        ("he hits me and I want to die", "self_harm", ["abuse_victim"]),
        ("he blocked me. I'm 15.", "minor", ["no_contact_boundary"]),
        (
            "she told me to leave her alone. I'm outside her house.",
            "harm_other_or_stalking",
            ["no_contact_boundary"],
        ),
    ],
)
def test_answers_the_first_and_names_all(said: str, first: str, also: list[str]) -> None:
    risk = risk_of(said)
    assert risk is not None
    assert (risk.name, risk.also) == (first, also)


@pytest.mark.parametrize(
    ("said", "strength"),
    [
        ("he hits me", "strong"),
        ("is it abuse when your girlfriend slaps you?", "weak"),
        ("my friend is being abused by her husband", "weak"),
        ("there's no point waking up", "weak"),
    ],
)
def test_what_is_asked_or_somebody_elses_is_weak(said: str, strength: str) -> None:
    risk = risk_of(said)
    assert risk is not None and risk.strength == strength


def test_words_inside_a_longer_match_are_the_longer_ones() -> None:
    risk = risk_of("he threatened to jump off a bridge and said he wants to die")
    assert risk is not None and risk.name == "ex_threatens_suicide"


def test_danger_at_this_moment_comes_first() -> None:
    risk = risk_of("he hits me. I'm standing on the bridge right now.")
    assert risk is not None
    assert (risk.name, risk.immediate) == ("self_harm", True)


@dataclass(frozen=True)
class Unknown:
    kind: str = "risk"
    id: str = "no_such_class"
    rule: str = "no_such_class.rule"
    strength: str = "strong"
    start: int = 0
    end: int = 3
    flags: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    evidence: tuple[Unknown, ...] = (Unknown(),)


def test_a_class_the_protocol_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        judge(Reading(), load_settings(DATA))
