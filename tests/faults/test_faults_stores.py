"""A store that fails: the person gets a reply that is true, and the log names the cause."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from addons.stores.settings import StoreSettings

Start = Callable[..., Any]
NOT_KEPT = "not kept"
NOT_KNOWN = "notes out of reach, not kept"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 400 KB: a real one for root, else what SQLite is allowed to take."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = os.geteuid() == 0 and _mounts("-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder))
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _mounts(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True).returncode == 0


def test_locked_store(
    start: Start, settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    person = start()
    person.says("agree")
    other = sqlite3.connect(settings.data / "conversations.db")
    other.execute("BEGIN IMMEDIATE")
    assert person.says("tell one") == ["2: one", NOT_KEPT]
    assert "cause=store_locked" in caplog.text
    other.rollback()
    other.close()
    # What was only in mind is kept now, with the turn that could not be saved.
    assert person.says("tell two") == ["3: two"]
    assert start().says("tell three") == ["4: three"]


def test_full_disk(start: Start, tiny_disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    person = start(StoreSettings(data=tiny_disk / "var", busy_seconds=0.3))
    if not os.path.ismount(tiny_disk):
        limit_pages(person, 30)
    assert person.says("agree") == ["1: agree"]
    filler = "tell " + "word " * 20_000
    replies: list[str] = []
    for _ in range(40):
        replies = person.says(filler)
        if NOT_KEPT in replies:
            break
    assert NOT_KEPT in replies
    assert replies[0].endswith(": word")
    assert "cause=disk_full" in caplog.text
    assert "word word" not in caplog.text


def limit_pages(person: Any, pages: int) -> None:
    """Makes SQLite say that the disk is full, where no small disk can be mounted."""
    from sqlalchemy import event

    database = person.desk._agent.tracker_store._tracker_store.kept.database
    database.close()
    limit = f"PRAGMA max_page_count={pages}"
    event.listen(database.engine, "connect", lambda connection, _: connection.execute(limit))


def test_read_only_folder(start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "fixed"
    folder.mkdir()
    root = os.geteuid() == 0 and _mounts("-t", "tmpfs", "-o", "size=1m,ro", "tmpfs", str(folder))
    folder.chmod(0o500) if not root else None
    try:
        person = start(StoreSettings(data=folder / "var", busy_seconds=0.3))
        assert person.says("agree") == ["1: agree", NOT_KNOWN]
        assert person.says("tell one") == ["2: one", NOT_KNOWN]
    finally:
        if root:
            subprocess.run(["umount", "-l", str(folder)], check=True)
    assert "cause=" in caplog.text


def test_store_gone_and_back(
    start: Start, settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    person = start()
    person.says("agree")
    person.says("tell one")
    away = settings.data.with_name("away")
    shutil.move(settings.data, away)
    assert person.says("tell two") == ["1: two", NOT_KNOWN]
    assert "cause=store_gone" in caplog.text
    shutil.move(away, settings.data)
    assert person.says("tell three") == ["3: three"]


def test_unreachable_server(start: Start, settings: StoreSettings) -> None:
    nobody = replace(settings, url="postgresql://nobody@127.0.0.1:9/none")
    person = start(nobody)
    assert person.says("agree") == ["1: agree", NOT_KNOWN]
    assert person.says("tell more") == ["2: more", NOT_KNOWN]


def test_redis_away(
    start: Start, settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    person = start(replace(settings, redis="redis://127.0.0.1:9/0"))
    assert person.says("tell one") == ["1: one"]
    assert person.says("agree") == ["2: agree"]
    assert "redis_away" in caplog.text


def test_damaged_file(
    start: Start, settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.data.mkdir()
    (settings.data / "conversations.db").write_bytes(b"this is no database at all" * 400)
    person = start()
    assert person.says("agree") == ["1: agree", NOT_KNOWN]
    assert "cause=store_damaged" in caplog.text


def test_what_cannot_be_deleted_is_not_called_deleted(
    start: Start, settings: StoreSettings
) -> None:
    person = start()
    person.says("agree")
    other = sqlite3.connect(settings.data / "conversations.db")
    other.execute("BEGIN IMMEDIATE")
    assert person.says("disagree")[-1] == "not deleted yet"
    other.rollback()
    other.close()
    assert person.says("tell more")[-1] != "not deleted yet"
    assert start().says("tell again") == ["1: again"]


@pytest.mark.parametrize("seconds", [-10 * 365 * 86400.0, -3600.0, 3600.0, 10 * 365 * 86400.0])
def test_jumping_clock(start: Start, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    person = start()
    person.says("agree")
    person.says("tell one")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + seconds)
    assert person.says("tell two") == ["3: two"]
    retention = person.desk._agent.tracker_store._tracker_store.retention
    assert retention.run() == 0
    monkeypatch.undo()
    monkeypatch.setenv("AFTERWORD_DATA", "unused")
    assert retention.run() == 0
    assert person.says("tell three") == ["4: three"]


def test_a_date_from_the_future_is_put_right(start: Start, settings: StoreSettings) -> None:
    person = start()
    person.says("agree")
    file = settings.data / "conversations.db"
    with sqlite3.connect(file) as connection:
        connection.execute("update conversations set last_message_at = 9e9")
    connection.close()
    person.desk._agent.tracker_store._tracker_store.retention.run()
    with sqlite3.connect(file) as connection:
        dated = connection.execute("select last_message_at from conversations").fetchone()[0]
    connection.close()
    assert abs(dated - time.time()) < 60


def test_unusable_key(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from addons.stores import people
    from afterword.notebook import keys

    monkeypatch.setenv("AFTERWORD_KEY", "x")
    keys.keys.cache_clear()
    people.person_key.cache_clear()
    try:
        person = start()
        assert person.says("agree") == ["1: agree", NOT_KNOWN]
        assert person.says("tell more") == ["2: more", NOT_KNOWN]
    finally:
        keys.keys.cache_clear()
    assert "key_unusable" in caplog.text
    assert "anna" not in caplog.text
