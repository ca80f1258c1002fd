"""Feelings, and whose they are."""

from __future__ import annotations

import pytest

from afterword.evidence import Engine
from afterword.understanding.feelings import felt


@pytest.mark.parametrize(
    ("text", "feelings"),
    [
        ("i'm so sad", {("sad", "self")}),
        ("i hate him, i'm so angry", {("angry", "self")}),
        ("i feel guilty about leaving", {("guilty", "self")}),
        ("im so ashamed of myself", {("ashamed", "self")}),
        ("i'm scared i will be alone forever", {("anxious", "self"), ("lonely", "self")}),
        ("i feel numb", {("numb", "self")}),
        ("so jealous of her", {("jealous", "self")}),
        ("i don't understand why he left", {("confused", "self")}),
        ("i feel hopeful today", {("hopeful", "self")}),
        ("honestly i'm relieved", {("relieved", "self")}),
        ("i feel so betrayed", {("betrayed", "self")}),
        ("😭", {("sad", "self")}),
        ("he left :(", {("sad", "self")}),
        ("he is angry at me", {("angry", "ex")}),
        ("she seemed relieved and i am heartbroken", {("relieved", "ex"), ("sad", "self")}),
        ("she said she feels guilty", {("guilty", "ex")}),
        ("i'm not sad", set()),
        ("are you sad?", set()),
        ("he lives on the second floor", set()),
    ],
)
def test_feelings(engine: Engine, text: str, feelings: set[tuple[str, str]]) -> None:
    assert {(f.id, f.holder) for f in felt(engine.read(text).evidence)} == feelings


def test_a_feeling_is_told_once_for_each_holder(engine: Engine) -> None:
    found = felt(engine.read("i am sad. so sad. i am so sad. he was sad").evidence)
    assert [(f.id, f.holder) for f in found] == [("sad", "self"), ("sad", "ex")]
