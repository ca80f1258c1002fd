"""Finding a step or a cause in what was said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.content import Library
from afterword.content.lookup import cause_in, step_in, subject_in

LIBRARY = Library.load(Path(__file__).parents[3] / "data")


@pytest.fixture(scope="module")
def library() -> Library:
    return LIBRARY


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("whats step 6", 6),
        ("step ten pls", 10),
        ("the 3rd step?", 3),
        ("what's the twelfth step", 12),
        ("number 4", 4),
        ("step #7", 7),
        ("step16", 16),
        ("8", 8),
        ("nine", 9),
        ("step 99", 99),
        ("step 0", 0),
        ("the sixth one", 6),
        ("the jealousy one", 10),
        ("tell me about no contact", 2),
        ("should I be friends with him", 7),
        ("the one about badmouthing", 8),
        ("what about clearing the air", 15),
        ("tell me about writing it down", 9),
        ("don’t chase, which step was that", 11),
        ("the coffee one", 12),
        ("what is the missing step", 6),
        ("we broke up 2 weeks ago", None),
        ("hello", None),
        ("", None),
        ("/ask_step", None),
    ],
)
def test_a_step_is_found_by_number_or_name(library: Library, said: str, number: int | None) -> None:
    assert step_in(said, library.steps) == number


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("what does the article say about space", "lost_himself"),
        ("what does it say about cheating?", "betrayal"),
        ("and about long distance", "distance"),
        ("the hero instinct thing", "unmet_needs"),
        ("what about kids", "incompatible_goals"),
        ("anything on walking on eggshells", "emotional_burden"),
        ("does the article mention growing apart", "drifted_apart"),
        ("what if the spark is gone", "lost_attraction"),
        ("what does it say about football", None),
        ("", None),
    ],
)
def test_a_cause_is_found_by_its_names(library: Library, said: str, cause: str | None) -> None:
    assert cause_in(said, library.causes) == cause


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("what does the article say about space", "lost_himself"),
        ("what does it say about giving him space", 2),
        ("what about the no communication text", 2),
        ("and poor communication?", "unmet_needs"),
        ("what does it say in step 3 about cheating", 3),
        ("what does the article say about jealousy", 10),
        ("does it say anything about distance", "distance"),
        ("what does it say about the weather", None),
    ],
)
def test_the_longer_name_counts_where_both_could_be_meant(
    library: Library, said: str, subject: str | int | None
) -> None:
    assert subject_in(said, library.causes, library.steps) == subject


@given(said=st.text(max_size=80) | st.from_regex(r"step [\w#]{0,5}", fullmatch=True))
def test_no_text_breaks_the_lookup(said: str) -> None:
    number = step_in(said, LIBRARY.steps)
    assert number is None or number >= 0
    assert cause_in(said, LIBRARY.causes) in {None, *LIBRARY.causes}
