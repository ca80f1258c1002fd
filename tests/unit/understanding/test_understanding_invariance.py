"""What must not change a claim: spelling, who it was, tense, case, fillers, sentences around it."""

from __future__ import annotations

import pytest

from tests.unit.understanding.conftest import Claimed


@pytest.mark.parametrize(
    ("cause", "versions"),
    [
        (
            "betrayal",
            ["he cheated on me", "he cheeted on me", "he cheatd on me", "HE CHEATED ON ME"],
        ),
        (
            "unmet_needs",
            ["i never felt appreciated", "i never felt apreciated", "never felt apprecated"],
        ),
        ("lost_himself", ["he felt suffocated", "he felt sufocated", "he felt suffocatd"]),
        ("drifted_apart", ["we grew apart", "We Grew Apart!!!", "weeee grew apart"]),
        ("unmet_needs", ["we didn't communicate", "we didnt communicate", "we didn’t comunicate"]),
        (
            "lost_attraction",
            ["he isn't attracted to me", "he isnt attracted 2 me", "hes not atracted to me"],
        ),
        (
            "distance",
            ["long distance", "Long-Distance relationship", "it was an ldr", "LDR for a year"],
        ),
    ],
)
def test_spelling_and_case(claimed: Claimed, cause: str, versions: list[str]) -> None:
    for version in versions:
        assert cause in claimed(version), version


@pytest.mark.parametrize("who", ["he", "she", "they", "my ex", "my wife", "my bf", "my partner"])
@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("betrayal", "{} cheated on me"),
        ("betrayal", "{} lied to me about everything"),
        ("lost_himself", "{} said i was smothering"),
        ("lost_himself", "{} needed space"),
        ("unmet_needs", "{} never appreciated me"),
        ("emotional_burden", "{} gave me the silent treatment"),
        ("lost_attraction", "{} lost feelings for me"),
        ("drifted_apart", "{} became distant"),
        ("incompatible_goals", "{} didn't want children"),
        ("distance", "{} moved abroad"),
    ],
)
def test_whoever_it_was(claimed: Claimed, who: str, cause: str, said: str) -> None:
    assert cause in claimed(said.format(who))


@pytest.mark.parametrize(
    ("cause", "versions"),
    [
        ("betrayal", ["he cheats on me", "he cheated on me", "he's been cheating on me"]),
        ("lost_himself", ["she needs space", "she needed space", "she says she is needing space"]),
        ("drifted_apart", ["we drift apart", "we drifted apart", "we're drifting apart"]),
        ("lost_attraction", ["we don't have sex", "we didn't have sex", "we haven't had sex"]),
        ("emotional_burden", ["he ignores me for days", "he ignored me for days"]),
        ("distance", ["he is moving abroad", "he moved abroad", "he moves abroad in may"]),
    ],
)
def test_tense(claimed: Claimed, cause: str, versions: list[str]) -> None:
    for version in versions:
        assert cause in claimed(version), version


@pytest.mark.parametrize(
    "filler", ["so yeah, {}", "tbh {}", "{} lol", "{} :(", "ok so basically {}"]
)
@pytest.mark.parametrize(
    "around", ["{}", "It ended on friday. {}.", "{}. Should I text him?", "hi\n{}\nthanks"]
)
@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("betrayal", "he had an affair"),
        ("drifted_apart", "we grew apart"),
        ("incompatible_goals", "we wanted different things"),
        ("lost_attraction", "the spark was gone"),
    ],
)
def test_fillers_and_sentences_around(
    claimed: Claimed, cause: str, said: str, around: str, filler: str
) -> None:
    assert claimed(around.format(filler.format(said))) == {cause}
