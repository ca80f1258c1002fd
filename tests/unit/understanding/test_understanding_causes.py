"""Ranking of evidence into claims, and long messages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from afterword.evidence import Engine
from afterword.understanding.causes import MOST_OFFERED, claims_of


@dataclass
class Heard:
    id: str
    rule: str
    strength: str = "strong"
    text: str = "words"
    sentence: int = 0
    kind: str = "cause"
    means: str = "you say so"


@pytest.mark.parametrize(
    ("heard", "claims"),
    [
        ([], []),
        ([Heard("a", "a.1")], ["a"]),
        ([Heard("a", "a.1", "weak")], []),
        ([Heard("a", "a.1", "weak"), Heard("a", "a.2", "weak")], ["a"]),
        ([Heard("a", "a.1", "weak", sentence=n) for n in range(9)], []),
        ([Heard("a", "a.1"), Heard("b", "b.1"), Heard("b", "b.2")], ["b", "a"]),
        ([Heard("a", "a.1"), Heard("b", "b.1"), Heard("b", "b.1", sentence=1)], ["b", "a"]),
        ([Heard("a", "a.1"), Heard("b", "b.1")], ["a", "b"]),
        ([Heard(x, f"{x}.1") for x in "abcde"], ["a", "b", "c"]),
        ([Heard("a", "a.1", kind="feeling")], []),
    ],
)
def test_ranking(heard: list[Heard], claims: list[str]) -> None:
    assert [claim.id for claim in claims_of(heard)] == claims


def test_one_weak_rule_is_enough_for_a_couple_that_has_not_parted(
    engine: Engine,
) -> None:
    def claimed(text: str) -> list[str]:
        return [claim.id for claim in claims_of(engine.read(text).evidence)]

    assert claimed("i am anxious. my husband knows it") == ["emotional_burden"]
    assert claimed("i am anxious. my boss knows it") == []
    assert claimed("my husband left me and i am depressed") == []


def test_the_strongest_longest_words_stand_for_the_claim() -> None:
    heard = [
        Heard("a", "a.1", "weak", "a long weak piece of evidence"),
        Heard("a", "a.2", "strong", "short"),
        Heard("a", "a.3", "strong", "longer words"),
    ]
    assert claims_of(heard)[0].words == "longer words"


def test_a_page_is_read_sentence_by_sentence_and_nothing_is_lost(engine: Engine) -> None:
    page = (
        "we met at uni and for two years it was lovely. then he got a job and moved to spain.\n"
        "i lied to him about my debts, i lied for months! "
        "he found out and he could not trust me anymore. "
        "we hadn't had sex since easter anyway. and he never wanted kids. "
        "i still have his jumper. what do i do now?"
    )
    reading = engine.read(page)
    heard = {found.id for found in reading.of("cause")}
    assert heard >= {"distance", "betrayal", "lost_attraction", "incompatible_goals"}
    claims = claims_of(reading.evidence)
    assert len(claims) == MOST_OFFERED
    assert claims[0].id == "betrayal"


@pytest.mark.parametrize(
    "raw",
    [
        "HE CHEATED on me!!",
        "  well…  he’s been cheeting on me 😭",
        "she said she needs spaaace",
        "line one\nwe just grew apart\nline three",
    ],
)
def test_the_words_of_a_claim_stand_in_the_message(engine: Engine, raw: str) -> None:
    claims = claims_of(engine.read(raw).evidence)
    assert claims
    assert all(claim.words in raw for claim in claims)
