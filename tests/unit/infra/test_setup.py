"""Set-up: which Python it takes, and what it says where there is none."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TOOLS = ("sh", "cat", "cksum", "dirname", "env", "grep", "rm", "sed", "tr")
SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"
RECORDER = '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "uv $*" >>"$RECORD"\nexit 1\n'


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, and a PATH with the plainest tools only."""
    project = tmp_path / "a folder"
    for name in ("scripts/setup", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    lean = "tools/lean-tensorflow/tensorflow"
    shutil.copytree(ROOT / lean, project / lean)
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / tool).symlink_to(found)
    return project


def set_up(place: Path, **more: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Runs it; also what uv was asked for."""
    home = place.parent
    environment = {
        "PATH": str(home / "bin"),
        "HOME": str(home),
        "AFTERWORD_USUAL_PLACES": "",
        "RECORD": str(home / "record"),
        **more,
    }
    done = subprocess.run(
        ["sh", "scripts/setup"],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    record = home / "record"
    return done, record.read_text(encoding="utf-8") if record.exists() else ""


def real_python(path: Path) -> None:
    """A Python 3.10 that runs."""
    program(path, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')


def test_without_any_python_one_line_says_so(place: Path) -> None:
    done, _ = set_up(place)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "setup: no Python found at all; install Python 3.10 and run this again"
    ]


def test_where_none_can_be_had_one_line_says_what_to_do(place: Path) -> None:
    program(place.parent / "bin" / "uv", RECORDER)
    program(place.parent / "bin" / "python3.10", SHIM)
    done, asked = set_up(place)
    assert done.returncode == 1
    assert "uv python install" in asked
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and "AFTERWORD_PYTHON=" in lines[0]


@pytest.mark.parametrize(
    "where", ["bin/python3.10", "bin/python3", ".pyenv/versions/3.10.9/bin/python"]
)
def test_a_python_that_runs_is_found_behind_a_shim_that_does_not(place: Path, where: str) -> None:
    program(place.parent / "bin" / "uv", RECORDER)
    program(place.parent / "bin" / "python3.10", SHIM)
    real_python(place.parent / where)
    _, asked = set_up(place)
    assert f"--python {place.parent / where} .venv" in asked


def test_one_named_by_the_person_comes_first(place: Path) -> None:
    program(place.parent / "bin" / "uv", RECORDER)
    real_python(place.parent / "bin" / "python3.10")
    real_python(place.parent / "mine")
    _, asked = set_up(place, AFTERWORD_PYTHON=str(place.parent / "mine"))
    assert f"--python {place.parent / 'mine'} .venv" in asked


STAMP = """
cd "$1" && here="$(pwd -P)" && mkdir -p .venv/bin && ln -s "$2" .venv/bin/python
printf '%s' "$(cat requirements.txt pyproject.toml tools/lean-tensorflow/tensorflow/__init__.py \
  scripts/setup | cksum | tr -d ' ') $here" >.venv/.setup-run
"""


def test_the_second_time_nothing_is_done_until_something_changes(place: Path) -> None:
    program(place.parent / "bin" / "uv", RECORDER)
    real_python(place.parent / "bin" / "python3.10")
    subprocess.run(["sh", "-c", STAMP, "sh", str(place), sys.executable], check=True)
    done, asked = set_up(place)
    assert (done.returncode, done.stdout, asked) == (0, "", "")
    (place / "requirements.txt").write_text("other==1.0\n", encoding="utf-8")
    _, asked = set_up(place)
    assert "uv venv" in asked
