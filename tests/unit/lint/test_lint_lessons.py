"""Lessons: known names, nothing twice, nothing held out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afterword.lint.project import Project
from afterword.lint.run import lint

ROOT = Path(__file__).parents[3]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("safety", "drafts", "article"):
        (data / name).symlink_to(ROOT / "data" / name)
    for subject in ("risk", "speech", "drafts"):
        (data / "learn" / subject).mkdir(parents=True)
    (data / "heldout").mkdir()
    (data / "heldout" / "a.jsonl").write_text('{"text": "Kept apart."}\n', encoding="utf-8")
    return tmp_path


def found(root: Path) -> list[str]:
    return [str(one) for one in lint(Project(root), ["lessons"])]


def write(root: Path, place: str, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (root / "data" / "learn" / place).write_text(text, encoding="utf-8")


GOOD_RISK = {"text": "he hits me", "class": "abuse_victim"}
GOOD_DRAFT = {"text": "Answer me!", "kinds": ["pressure_to_answer"], "good": []}


def test_good_lines_pass(project: Path) -> None:
    write(project, "risk/a.jsonl", GOOD_RISK, {"text": "we met", "class": None})
    write(project, "drafts/a.jsonl", {**GOOD_DRAFT, "spans": [["pressure_to_answer", "Answer"]]})
    write(
        project,
        "speech/a.jsonl",
        {"text": "we met", "act": "telling", "causes": ["distance"], "risk": None},
    )
    assert found(project) == []


@pytest.mark.parametrize(
    ("place", "line", "expected"),
    [
        ("risk/a.jsonl", {"text": "x y", "class": "boredom"}, "unknown name 'boredom'"),
        ("risk/a.jsonl", {"text": "x y"}, "expected a 'class'"),
        ("risk/a.jsonl", {"text": "  ", "class": None}, 'expected a line {"text"'),
        ("risk/a.jsonl", "{", 'expected a line {"text"'),
        ("risk/a.jsonl", {"text": "kept APART", "class": None}, "is held out"),
        ("drafts/a.jsonl", {**GOOD_DRAFT, "kinds": ["rude"]}, "unknown name 'rude'"),
        ("drafts/a.jsonl", {**GOOD_DRAFT, "spans": [["guilt", "Answer"]]}, "none of its kinds"),
        (
            "drafts/a.jsonl",
            {**GOOD_DRAFT, "spans": [["pressure_to_answer", "Reply"]]},
            "no part of the text",
        ),
        (
            "speech/a.jsonl",
            {"text": "x y", "act": "dancing", "causes": [], "risk": None},
            "unknown name 'dancing'",
        ),
    ],
)
def test_wrong_lines_are_found(project: Path, place: str, line: object, expected: str) -> None:
    write(project, place, line)
    assert len(found(project)) == 1
    assert expected in found(project)[0]


def test_a_line_is_there_once(project: Path) -> None:
    write(project, "risk/a.jsonl", GOOD_RISK)
    write(project, "risk/b.jsonl", {"text": "He hits me!", "class": None})
    assert "is there twice" in found(project)[0]


def test_an_unknown_subject_is_found(project: Path) -> None:
    (project / "data" / "learn" / "songs").mkdir()
    write(project, "songs/a.jsonl", GOOD_RISK)
    assert "expected one of the folders" in found(project)[0]
