"""Pattern files are run against their own examples."""

from __future__ import annotations

import pytest
from small_project import Small

GOOD = """\
kind: cause
id: distance
rules:
  - id: moved
    means: you say somebody moved far away
    any: [moved abroad]
    examples: [he moved abroad, then i moved abroad, i moved abroad last year]
    near_misses: [he moved out, she did not move, did he move]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("he moved abroad,", "he went abroad,", "moved.examples: does not hear 'he went abroad'"),
        ("he moved out", "we moved abroad", "moved.near_misses: hears 'we moved abroad'"),
        ("he moved abroad, ", "", "at least 3 examples, here are 2"),
        (", did he move", "", "at least 3 near_misses, here are 2"),
        ("[moved abroad]", "[$nowhere abroad]", "unknown word set '$nowhere'"),
        ("means:", "meaning:", "distance.yml: rules.0.means"),
        ("kind: cause", "kind: guess", "distance.yml: kind"),
    ],
)
@pytest.mark.parametrize("folder", ["patterns/causes", "drafts/findings"])
def test_a_broken_pattern_file_is_found(
    small_with_words: Small, folder: str, old: str, new: str, expected: str
) -> None:
    small_with_words.write(f"data/{folder}/distance.yml", GOOD)
    assert small_with_words.lint("patterns") == []
    small_with_words.change(f"data/{folder}/distance.yml", old, new)
    found = small_with_words.lint("patterns")
    assert any(f"data/{folder}/distance.yml" in line for line in found)
    assert any(expected in line for line in found)


def test_a_rule_twice_in_one_file_is_found(small_with_words: Small) -> None:
    rule = GOOD[GOOD.index("  - id:") :]
    small_with_words.write("data/patterns/causes/distance.yml", GOOD + rule)
    assert any("'moved' is there twice" in line for line in small_with_words.lint("patterns"))


def test_a_rule_in_two_files_of_one_id_is_found(small_with_words: Small) -> None:
    small_with_words.write("data/patterns/causes/a.yml", GOOD)
    small_with_words.write("data/patterns/causes/b.yml", GOOD)
    assert any(
        "b.yml: moved: expected the id once" in line for line in small_with_words.lint("patterns")
    )
