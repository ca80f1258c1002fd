"""The small project as a fixture, in a folder with a space in its name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_project import SMALL, Small

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small project with the real causes, steps, evidence and lint rules."""
    project = Small(tmp_path / "a project")
    for name in ("article", "lint"):
        shutil.copytree(DATA / name, project.root / "data" / name)
    shutil.copy(DATA / "evidence.yml", project.root / "data")
    for name, text in SMALL.items():
        project.write(name, text)
    return project


@pytest.fixture
def small_with_words(small: Small) -> Small:
    """The small project with what the evidence engine needs to read."""
    shutil.copytree(DATA / "style", small.root / "data" / "style")
    (small.root / "data" / "patterns").mkdir(exist_ok=True)
    for path in (DATA / "patterns").glob("sets*.yml"):
        shutil.copy(path, small.root / "data" / "patterns")
    return small
