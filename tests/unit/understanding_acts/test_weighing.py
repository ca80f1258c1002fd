"""The table of signs: every name in it is known, and what it decides reads as people mean it."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.evidence import Engine
from afterword.files import load_yaml
from afterword.sense import sense_of
from afterword.sense.corpus import ACTS
from afterword.sense.hearing import Hearing
from afterword.understanding.features import features_of
from afterword.understanding.weighing import DATA, signs_of, weigh


@pytest.fixture(scope="module")
def rules() -> Engine:
    return Engine.load(DATA)


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    sense = sense_of(DATA.parent)
    assert sense is not None, "make train learns it"
    return Hearing.load(DATA, lambda: sense)


def test_the_table_names_only_acts_that_are_weighed() -> None:
    table = load_yaml(DATA / "weighing.yml")
    assert set(table["start"]) <= ACTS
    assert {act for row in table.values() for act in row} <= ACTS


def test_every_rule_in_the_table_is_there() -> None:
    there: set[str] = set()
    for folder in ("acts", "topics"):
        for path in sorted(Path(DATA / "patterns" / folder).glob("*.yml")):
            file = load_yaml(path)
            there |= {f"{file['id']}.{rule['id']}" for rule in file["rules"]}
    for sign in load_yaml(DATA / "weighing.yml"):
        if sign.startswith(("act.", "sign.", "person.")):
            assert sign.removeprefix("act.") in there, sign


def test_shares_add_up_to_one(rules: Engine) -> None:
    reading = rules.read("she left me two weeks ago and i cannot sleep")
    shares = weigh(reading, features_of(reading), {"vent": 0.4, "cause_distance": 0.1}, {})
    assert sum(shares.values()) == pytest.approx(1.0)


def test_what_the_classifier_believes_of_causes_is_a_sign_of_telling(rules: Engine) -> None:
    reading = rules.read("he was always away")
    signs = signs_of(reading, features_of(reading), {"cause_distance": 0.5, "cause_betrayal": 0.2})
    assert signs["believed.telling"] == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        ("Go for a walk every day and give yourself time to grieve", "out_of_scope", "vent"),
        ("people come and go, and you will learn that love is patient", "out_of_scope", "telling"),
        ("we met in college and she moved in with me last summer", "telling", "out_of_scope"),
        ("i miss him so much it hurts and i cannot stop crying", "vent", "out_of_scope"),
    ],
)
def test_whom_a_message_is_about_tells_whose_business_it_is(
    hearing: Hearing, text: str, more: str, less: str
) -> None:
    reading = hearing.read(text)
    shares = weigh(reading, features_of(reading), {}, {})
    assert shares[more] > shares[less]
