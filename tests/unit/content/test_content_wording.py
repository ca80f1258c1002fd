"""Placeholder names of texts."""

from __future__ import annotations

import pytest

from afterword.content.wording import PRONOUN_NAMES, names_in
from afterword.talk.pronouns import forms


@pytest.mark.parametrize("pronoun", ["he", "she", "they", ""])
def test_every_pronoun_fills_every_name(pronoun: str) -> None:
    assert set(forms(pronoun)) >= PRONOUN_NAMES


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("no names", set()),
        ("{They} want{s} {name}", {"They", "s", "name"}),
        ("{{not a name}}", set()),
    ],
)
def test_names_in_braces_are_found(text: str, names: set[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize("text", ["{", "{}", "{0}", "{a!r}", "{a:>3}", "{a b}"])
def test_anything_but_a_plain_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"brace|plain name|Single|expected"):
        names_in(text)
