"""The measuring itself: what counts as flagged, right, and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.safety.guard import Risk
from afterword.safety.measure import as_lines, measure

CASES = """\
{"id": "a", "text": "one", "class": "minor", "kind": "direct"}
{"id": "b", "text": "two", "class": "minor", "kind": "slang"}
{"id": "c", "text": "three", "class": null, "kind": "idiom"}
"""
HEARD = {
    "one": Risk("minor", "minor.age", "strong"),
    "two": Risk("self_harm", "self_harm.slang", "weak"),
    "three": Risk("minor", "minor.hints", "weak"),
}


def test_counts_and_names_what_went_wrong(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(CASES, encoding="utf-8")
    measured = measure(path, HEARD.get)
    assert (measured.must["all"].flagged, measured.must["all"].right) == (2, 1)
    assert (measured.must_not["all"].flagged, measured.must_not["all"].strong) == (1, 0)
    assert [wrong[0] for wrong in measured.wrong] == ["b", "c"]
    assert "b: two -> self_harm.slang" in as_lines(measured, show_wrong=True)
    assert any("50.0 %" in line for line in as_lines(measured))


def test_a_line_that_is_no_case_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("not json\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting value"):
        measure(path, HEARD.get)
