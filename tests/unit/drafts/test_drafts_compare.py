"""What changed between two versions of a draft."""

from __future__ import annotations

import pytest

from afterword.drafts import Reviewer
from afterword.drafts.compare import Change, compare


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (
            "answer me. you always do this",
            "you always do this. i am drunk",
            Change(("pressure_to_answer",), ("always_never_blame",), ("drunk_or_night",), ()),
        ),
        (
            "answer me",
            "Would you like to talk? No pressure.",
            Change(("pressure_to_answer",), (), (), ("one_clear_ask", "room_for_no")),
        ),
        ("take care", "take care", Change((), (), (), ())),
    ],
)
def test_compare(reviewer: Reviewer, before: str, after: str, change: Change) -> None:
    assert compare(reviewer.review(before), reviewer.review(after)) == change
