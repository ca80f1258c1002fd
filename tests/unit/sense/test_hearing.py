"""Rules and sense together: what the sense adds, softens and leaves, and what happens without."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import pytest
from sensing import Breaks, Says, given

from afterword.evidence import Engine
from afterword.safety.guard import Risk, judge
from afterword.sense.hearing import Hearing, limits_of

DATA = Path(__file__).parents[3] / "data"
ENGINE = Engine.load(DATA)


def hearing(sense: object) -> Hearing:
    return Hearing(ENGINE, limits_of(DATA), given(sense))  # type: ignore[arg-type]


def judged(sense: object, text: str) -> Optional[Risk]:
    return judge(hearing(sense).read(text))


UNHEARD = "The cat is fed. I packed the last of it into the blue box."
PLAIN = "I want to kill myself"


def test_what_no_rule_hears_is_asked_about() -> None:
    says = Says(risk={"blue box": {"any": 0.9, "self_harm": 0.8}})
    assert judged(Says(), UNHEARD) is None
    risk = judged(says, UNHEARD)
    assert risk is not None
    assert (risk.name, risk.strength, risk.rule) == ("self_harm", "weak", "self_harm.sense")


def test_it_shows_the_persons_own_words() -> None:
    says = Says(risk={"blue box": {"any": 0.9, "self_harm": 0.8}})
    heard = [one for one in hearing(says).read(UNHEARD).evidence if one.kind == "risk"]
    assert [one.text for one in heard] == ["I packed the last of it into the blue box"]
    assert UNHEARD[heard[0].start : heard[0].end] == heard[0].text


def test_a_rule_stands_where_the_message_is_like_a_risk() -> None:
    says = Says(risk={"kill": {"any": 0.9, "self_harm": 0.9}})
    risk = judged(says, PLAIN)
    assert risk is not None and risk.strength == "strong" and risk.rule != "self_harm.sense"


def test_a_rule_is_asked_about_where_the_message_is_little_like_one() -> None:
    risk = judged(Says(risk={"kill": {"any": -0.45, "self_harm": -0.45}}), PLAIN)
    assert risk is not None and risk.strength == "weak"


def test_a_rule_gives_way_where_the_message_is_nothing_like_a_risk() -> None:
    assert judged(Says(), PLAIN) is None


def test_the_class_is_the_one_it_is_most_like() -> None:
    says = Says(risk={"kill": {"any": 0.9, "self_harm": -0.5, "ex_threatens_suicide": 0.8}})
    risk = judged(says, PLAIN)
    assert risk is not None
    assert (risk.name, risk.strength) == ("ex_threatens_suicide", "strong")


def test_a_cause_no_rule_hears_is_claimed() -> None:
    text = "Turns out there was a second phone in the glovebox all along."
    says = Says(speech={"second phone": {"cause_betrayal": 0.6}})
    heard = [one.id for one in hearing(says).read(text).evidence if one.kind == "cause"]
    assert "betrayal" in heard


@pytest.mark.parametrize(
    ("text", "like", "strengths"),
    [
        ("he cheated on me", 0.5, {"strong"}),
        ("he cheated on me", -0.6, {"strong"}),
        ("he cheated on me", -0.95, set()),
        ("i get angry at nothing", -0.6, {"weak"}),
        ("i get angry at nothing", 0.1, {"strong"}),
        ("i get angry at nothing", -0.95, set()),
    ],
)
def test_a_cause_stands_by_how_like_it_the_message_is(
    text: str, like: float, strengths: set[str]
) -> None:
    names = ("cause_betrayal", "cause_emotional_burden")
    says = Says(speech={text: dict.fromkeys(names, like)})
    evidence = hearing(says).read(text).evidence
    assert {one.strength for one in evidence if one.kind == "cause"} == strengths


def test_a_cause_that_was_denied_stays_denied() -> None:
    says = Says(speech={"distance": {"cause_distance": 0.9}})
    reading = hearing(says).read("we never lived far apart, no distance at all")
    assert not [one for one in reading.evidence if one.kind == "cause" and one.id == "distance"]


def test_what_was_sensed_travels_with_the_reading() -> None:
    says = Says(speech={"left": {"telling": 0.7}})
    assert hearing(says).read("he left")  # a word or two are looked at as a whole
    assert hearing(says).read("he left me").sensed["telling"] == 0.7


@pytest.mark.parametrize("text", [PLAIN, UNHEARD, "", "   ", "🥺", "\x00"])
def test_the_rules_go_on_where_the_sense_fails(text: str, caplog: pytest.LogCaptureFixture) -> None:
    alone = ENGINE.read(text)
    broken = hearing(Breaks()).read(text)
    assert broken.evidence == alone.evidence
    assert broken.sensed == {}
    if alone.sentences:
        assert "sense_failed" in caplog.text
    assert text.strip() not in caplog.text or not text.strip()


def test_the_rules_go_on_where_nothing_was_learned() -> None:
    assert hearing(None).read(PLAIN).evidence == ENGINE.read(PLAIN).evidence
