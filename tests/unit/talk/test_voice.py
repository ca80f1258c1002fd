"""Wordings, pronouns, and what breaks into an open question."""

from __future__ import annotations

import itertools
from datetime import datetime, timezone

import pytest

from afterword.content.replies import ReplyTemplate
from afterword.talk import Message, State
from afterword.talk.message import Heard
from afterword.talk.pronouns import forms, heard_pronoun
from afterword.talk.routing import is_command
from afterword.talk.voice import UnknownReply, Voice

NOW = datetime(2026, 11, 24, tzinfo=timezone.utc)


def message(text: str, intent: str, heard: bool = True) -> Message:
    rules = [Heard(kind="act", id=intent, rule=f"{intent}.any")] if heard else []
    return Message(text=text, intent=intent, evidence=rules, now=NOW)


def test_no_wording_comes_twice_in_a_row() -> None:
    voice = Voice({"a.b": ReplyTemplate(say=["one", "two", "three"])})
    used: dict[str, int] = {}
    said = [voice.word("a.b", {}, used) for _ in range(7)]
    assert all(first != second for first, second in itertools.pairwise(said))
    assert set(said) == {"one", "two", "three"}


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(UnknownReply):
        Voice({}).word("a.b", {}, {})


@pytest.mark.parametrize(
    ("pronoun", "read"),
    [
        ("he", "he wants his things"),
        ("she", "she wants her things"),
        ("they", "they want their things"),
        ("", "your ex wants your ex's things"),
    ],
)
def test_pronouns_and_verbs_agree(pronoun: str, read: str) -> None:
    assert "{they} want{s} {their} things".format(**forms(pronoun)) == read


def test_the_pronoun_heard_last_counts() -> None:
    assert heard_pronoun(["pronoun_he", "pronoun_she"], "they") == "she"
    assert heard_pronoun(["shares_home"], "they") == "they"


@pytest.mark.parametrize(
    ("said", "free", "page", "breaks"),
    [
        (("help", "ask_help"), True, False, True),
        (("what are the steps", "ask_steps"), True, False, True),
        (("i wrote down the steps that i could have taken", "ask_steps"), True, False, False),
        (("show me my plan", "plan_show"), False, True, False),
        (("help", "ask_help"), False, True, True),
        (("i could not help falling for him back then", "ask_help"), False, True, False),
        (("he left", "tell_story"), False, False, False),
    ],
)
def test_what_breaks_in(said: tuple[str, str], free: bool, page: bool, breaks: bool) -> None:
    assert is_command(message(*said), free=free, page=page) is breaks


def test_a_guess_breaks_into_no_free_answer() -> None:
    guessed = message("that she comes back", "ask_steps", heard=False)
    assert not is_command(guessed, free=True)
    assert is_command(guessed, free=False)


def test_state_survives_slots_and_a_broken_part_starts_afresh() -> None:
    state = State()
    state.person.pronoun = "she"
    state.steps.shown = [1, 3]
    slots = state.to_slots()
    assert State.from_slots(slots) == state
    slots["steps__state"] = {"shown": "nonsense"}
    again = State.from_slots(slots)
    assert again.steps.shown == [] and again.person.pronoun == "she"
