"""The commands for what is kept: forget, export, rotate the key, purge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from addons.cli import main
from afterword.notebook import NotebookShelf
from afterword.notebook import keys as keyring

WORDS = "a-line-of-mine"


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_DATA", str(tmp_path / "var"))
    monkeypatch.delenv("AFTERWORD_KEY", raising=False)
    monkeypatch.delenv("AFTERWORD_KEY_FILE", raising=False)
    keyring.keys.cache_clear()
    yield
    keyring.keys.cache_clear()


@pytest.fixture
def somebody() -> str:
    book = NotebookShelf.from_environment().of("cli:ann")
    book.agree(date.today())
    book.add_line("will", WORDS)
    return "cli:ann"


def test_export_prints_everything(somebody: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", somebody]) == 0
    assert WORDS in capsys.readouterr().out
    assert main(["export", somebody, "--json"]) == 0
    assert WORDS in capsys.readouterr().out


def test_export_of_nobody_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "cli:nobody"]) == 1
    assert "nothing is kept" in capsys.readouterr().err


def test_forget_asks_first(somebody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.readline", lambda: "no\n", raising=False)
    assert main(["forget", somebody]) == 1
    assert NotebookShelf.from_environment().of(somebody).lines()
    assert main(["forget", somebody, "--yes"]) == 0
    assert not NotebookShelf.from_environment().of(somebody).lines()


def test_the_key_is_rotated(somebody: str) -> None:
    before = keyring.load_keys().lines()
    assert main(["rotate-key"]) == 0
    keyring.keys.cache_clear()
    after = keyring.load_keys().lines()
    assert after[0] == before[0] and after[1:] != before[1:] and len(after) == 2
    assert NotebookShelf.from_environment().of(somebody).lines()[0].text == WORDS


def test_purge_says_what_went(somebody: str, capsys: pytest.CaptureFixture[str]) -> None:
    NotebookShelf.from_environment().of(somebody).mark_seen(date(2020, 1, 1))
    assert main(["purge"]) == 0
    assert "1 notebooks" in capsys.readouterr().out
