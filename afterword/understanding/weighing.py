"""Weighs the signs of a message for the acts of every day, by the table of data/weighing.yml.

A sign is a rule that heard something, a topic, a count, the classifier's belief, what the rules
decided, or how much the message is like an act or a cause (afterword.sense). The table says how
much each speaks for each act; the sums are turned into shares that add up to one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from afterword.evidence import Reading
from afterword.files import load_yaml
from afterword.understanding.features import Features

DATA = Path(__file__).parents[2] / "data"
TELLING = "telling"  # tell_story and every cause

FEW_WORDS, A_PAGE = 6, 40
MANY = 2  # more third persons than this are a crowd of them
A_TIE = frozenset(("sign.my_person", "sign.the_two", "sign.to_ex"))
_OPENERS = frozenset('"“‘*-#')


def weigh(
    reading: Reading,
    features: Features,
    ranking: Mapping[str, float],
    decided: Mapping[str, float],
    data: Path = DATA,
) -> dict[str, float]:
    """The share of each act of the table.

    Args:
        reading: the message, with what the rules heard.
        features: its counts.
        ranking: the classifier's confidence by intent.
        decided: the act that the rules decided, and how surely.
        data: the folder of weighing.yml.
    """
    table = _table(data)
    sums = dict(table["start"])
    signs = signs_of(reading, features, ranking)
    signs.update({f"rules.{act}": confidence for act, confidence in decided.items()})
    for sign, much in signs.items():
        for act, weight in table.get(sign, {}).items():
            sums[act] += much * weight
    most = max(sums.values())
    shares = {act: math.exp(value - most) for act, value in sums.items()}
    together = sum(shares.values())
    return {act: share / together for act, share in shares.items()}


def signs_of(
    reading: Reading, features: Features, ranking: Mapping[str, float]
) -> dict[str, float]:
    """Every sign of a message, and how much of it there is (1 where it is there or not)."""
    signs = _heard(reading)
    signs |= {f"ours.{topic}" for topic in features.ours}
    signs |= {f"elsewhere.{topic}" for topic in features.elsewhere}
    signs |= {name for name, there in _put(reading.raw, features).items() if there}
    if not signs & A_TIE:
        signs.add("no_tie")
    if {"sign.a_he", "sign.a_she"} <= signs:
        signs.add("he_and_she")
    found = dict.fromkeys(signs, 1.0)
    found["past_share"] = min(1.0, 4 * features.past / max(1, features.words))
    found["length"] = min(1.5, features.words / A_PAGE)
    for intent, belief in ranking.items():
        name = f"believed.{TELLING if intent.startswith('cause_') else intent}"
        found[name] = found.get(name, 0.0) + belief
    found.update({f"sensed.{name}": score for name, score in reading.sensed.items()})
    return found


def _heard(reading: Reading) -> set[str]:
    signs = {found.rule for found in reading.of("topic") if found.id in ("sign", "person")}
    signs |= {f"act.{found.rule}" for found in reading.of("act")}
    signs |= {kind for kind in ("feeling", "cause") if reading.of(kind)}
    return signs


def _put(raw: str, features: Features) -> dict[str, bool]:
    """How it is put, as seen from outside."""
    return {
        "first": features.first > 0,
        "second": features.second > 0,
        "third": features.third > 0,
        "third_many": features.third > MANY,
        "no_first": not features.first,
        "second_no_first": features.second > 0 and not features.first,
        "first_no_third": features.first > 0 and not features.third,
        "nobody": features.nobody,
        "asks": features.asks,
        "no_past": not features.past,
        "few_words": features.words <= FEW_WORDS,
        "no_ours": not features.ours,
        "no_ours_but_heart": not features.ours - {"heart"},
        "quotes": '"' in raw or "“" in raw,
        "list_or_quote": raw[:1] in _OPENERS
        or raw[:1].isdigit()
        or (")" in raw and "(" not in raw),
    }


@lru_cache(maxsize=4)
def _table(data: Path) -> dict[str, dict[str, float]]:
    rows = load_yaml(data / "weighing.yml")
    return {sign: {act: float(weight) for act, weight in row.items()} for sign, row in rows.items()}
