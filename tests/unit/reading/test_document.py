"""From raw text to words: spelling, contractions, offsets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.reading import Reader

DATA = Path(__file__).parents[3] / "data"
READER = Reader(DATA / "style")


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("I dont know", "i do not know"),
        ("he CAN'T breathe", "he can not breathe"),
        ("she’s gone", "she is gone"),
        ("my bf left rn", "my boyfriend left right now"),
        ("idk tbh", "i do not know to be honest"),
        ("soooo sad", "so sad"),
        ("the break-up", "the break up"),
        ("breakup", "break up"),
        ("my mum's house", "my mum 's house"),
        ("fiancé", "fiance"),
        ("would of stayed", "would have stayed"),
        ("wait... what?!", "wait . what ?"),
        ("💔 ok", "💔 ok"),
        ("", ""),
        ("   \n ", ""),
    ],
)
def test_writes_out_what_people_shorten(raw: str, read: str) -> None:
    assert READER.read(raw).text.strip() == read


def test_offsets_lead_back_to_the_raw_text() -> None:
    raw = "He said he couldn’t breatheeee w me 😭"
    document = READER.read(raw)
    places = {word.text: raw[word.start : word.end] for word in document.words}
    assert places["breathe"] == "breatheeee"
    assert places["not"] == "couldn’t"
    assert places["with"] == "w"
    assert places["😭"] == "😭"


def test_sentences_know_how_they_end() -> None:
    marks = [
        sentence.mark for sentence in READER.read("He left. Why? i cried\nand slept").sentences
    ]
    assert marks == [".", "?", "", ""]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("left", "leave"), ("cheated", "cheat"), ("texting", "text"), ("kids", "kid"), ("was", "be")],
)
def test_lemmas(word: str, lemma: str) -> None:
    assert READER.lexicon.lemma(word) == lemma


def test_one_slip_in_a_word_that_rules_ask_for_is_put_right() -> None:
    reader = Reader(DATA / "style")
    reader.speller.learn(["suffocate", "suffocated"])
    assert reader.read("i felt sufocated").text == "i felt suffocated"
    assert reader.read("the suffix").text == "the suffix"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_reads_any_text_and_offsets_stay_inside(raw: str) -> None:
    document = READER.read(raw)
    for word in document.words:
        assert 0 <= word.start < word.end <= len(raw)
    assert sorted(document.words, key=lambda word: word.start) == list(document.words)


@pytest.mark.parametrize("raw", ["\U0001f3fb", "\ufe0f", "\u200d", "\u2060", "\U0001f3fb he left"])
def test_signs_that_are_no_words_of_their_own(raw: str) -> None:
    assert "" not in [word.text for word in READER.read(raw).words]
