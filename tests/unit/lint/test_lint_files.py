"""Copied words, help lines, slots, links, keys twice, and the command itself."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pytest
from small_project import Small

from addons.commands import lint as command
from afterword.lint import Project, lint

SONG = "one fine day the old grey heron walked slowly along the quiet river bank"


@pytest.mark.parametrize(
    "text",
    [
        "So one fine day the old grey heron walked away",
        "- ONE fine day: the old,\n  grey heron 'walked' home\n",
    ],
)
def test_eight_words_of_the_article_are_found(small: Small, tmp_path: Path, text: str) -> None:
    small.article = tmp_path / "source.txt"
    small.article.write_text(SONG)
    small.write("docs/song.md", text)
    assert small.lint("copying") == [
        "error: docs/song.md: copied from the article: 'one fine day the old grey heron walked'"
    ]


def test_seven_words_are_nobodys(small: Small, tmp_path: Path) -> None:
    small.article = tmp_path / "source.txt"
    small.article.write_text(SONG)
    small.write("docs/song.md", "one fine day the old grey heron flew")
    assert small.lint("copying") == []


def test_without_the_article_nothing_is_compared(small: Small) -> None:
    small.write("docs/song.md", SONG)
    assert small.lint("copying") == []


def test_the_article_is_found_by_the_environment(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "elsewhere.txt"
    named.write_text(SONG)
    monkeypatch.setenv("AFTERWORD_ARTICLE", str(named))
    small.write("docs/song.md", SONG)
    assert len(small.lint("copying")) == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: its own page, ", "", "uk.0: expected 'source'"),
        ("phone: '1'", "fone: '1'", "uk.0: expected 'phone', 'text' or 'web'"),
        ("confidence: A", "confidence: sure", "expected confidence A, B or C"),
        ("confidence: A,", "", "uk.0: expected 'confidence'"),
        ("2026-11-01", "last week", "expected checked_on like"),
        ("2026-11-01", "2027-01-01", "not to lie in the future"),
        ("2026-11-01", "2026-07-01", "not checked for 146 days; call or look up 'Line A'"),
        ("uk:", "ends: {}\nuk_old:", ""),
    ],
)
def test_help_lines_nobody_vouches_for_are_found(
    small: Small, old: str, new: str, expected: str
) -> None:
    small.change("data/safety/helplines.yml", old, new)
    found = small.lint("helplines")
    assert [expected in line for line in found] == ([True] if expected else [])


@pytest.mark.parametrize("days", [120, 121])
def test_a_line_may_be_a_hundred_and_twenty_days_old(small: Small, days: int) -> None:
    today = date.fromordinal(date(2026, 11, 1).toordinal() + days)
    assert len(lint(Project(small.root, today=today), ["helplines"])) == days - 120


def test_missing_help_lines_are_found(small: Small) -> None:
    (small.root / "data/safety/helplines.yml").unlink()
    assert "expected the file of help lines" in small.lint("helplines")[0]
    small.write("data/safety/helplines.yml", "{}\n")
    assert "expected help lines in it" in small.lint("helplines")[0]


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("mood", "slots.mood: expected a name like"),
        ("mood__now", "slots.mood__now: expected code that uses this slot"),
    ],
)
def test_slots_without_namespace_or_use_are_found(small: Small, slot: str, expected: str) -> None:
    small.change("domain.yml", "talk__state", slot)
    found = small.lint("slots")
    assert any(expected in line for line in found)
    assert any("expected the slot 'talk__state', which is kept" in line for line in found)


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("domain.yml", "slots:\n  a__b: 1\n  a__b: 2\n", "a__b: line 3"),
        ("data/replies/x.yml", "x.y: {say: [A]}\nx.y: {say: [B]}\n", "x.y: line 2"),
        ("data/x.yml", "- {a: [1, {b: 1}], a: 2}\n", "a: line 1"),
    ],
)
def test_a_key_twice_in_a_table_is_found(small: Small, name: str, text: str, key: str) -> None:
    small.write(name, text)
    assert small.lint("duplicates") == [f"error: {name}: {key}: this key is there twice"]


@pytest.mark.parametrize(
    "text",
    ["[a](gone.md)", "![a](gone.png)", "[a](docs/page.md#gone)", "[a](#gone)", "[a](/docs/x.md)"],
)
def test_links_that_lead_nowhere_are_found(small: Small, text: str) -> None:
    small.write("README.md", f"# Small\n\n{text}\n")
    found = small.lint("links")
    assert len(found) == 1
    assert found[0].startswith("error: README.md: ")


def test_links_out_of_the_project_are_not_followed(small: Small) -> None:
    small.write("README.md", "[a](https://example.org/gone) [b](mailto:a@example.org)\n")
    assert small.lint("links") == []


@pytest.mark.parametrize(("allow", "code"), [(False, 1), (True, 0)])
def test_the_command_fails_on_errors_only(
    small: Small, capsys: pytest.CaptureFixture[str], allow: bool, code: int
) -> None:
    small.change("data/safety/helplines.yml", "2026-11-01", "2020-01-01")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    words = ["--root", str(small.root), "--only", "helplines"]
    assert command.run(parser.parse_args([*words, *(["--allow-stale"] if allow else [])])) == code
    printed = capsys.readouterr().out
    assert ("warning" if allow else "error") + ": data/safety/helplines.yml: uk.0" in printed
    assert f"lint: {1 - int(allow)} errors, {int(allow)} warnings" in printed
