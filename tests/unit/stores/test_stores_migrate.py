"""The database is brought up to date at start; a newer one is refused and left as it is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from addons.stores.database import Database, check
from addons.stores.faults import NewerDatabase
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore

START = """
import sys
from pathlib import Path
from addons.stores.database import Database, check
from addons.stores.settings import StoreSettings
Database(StoreSettings(data=Path(sys.argv[1]))).prepare()
"""


def test_a_newer_database_is_refused_and_unharmed(
    open_store: Callable[..., WindowTrackerStore], settings: StoreSettings
) -> None:
    open_store().close()
    file = settings.data / "conversations.db"
    with sqlite3.connect(file) as connection:
        connection.execute("update conversations_version set version_num = '9999'")
    connection.close()
    with pytest.raises(NewerDatabase, match=r"9999.*newer version.*Nothing was changed"):
        open_store()
    assert "9999" in str(check(settings))
    with sqlite3.connect(file) as connection:
        found = connection.execute("select version_num from conversations_version").fetchone()
    assert found == ("9999",)


def test_many_processes_may_start_at_once(settings: StoreSettings) -> None:
    command = [sys.executable, "-c", START, str(settings.data)]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    for process in started:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error.decode()
    Database(settings).prepare()


def test_starting_again_changes_nothing(settings: StoreSettings) -> None:
    Database(settings).prepare()
    before = (settings.data / "conversations.db").read_bytes()
    Database(settings).prepare()
    assert (settings.data / "conversations.db").read_bytes() == before


def test_an_unreachable_database_is_no_reason_not_to_start(settings: StoreSettings) -> None:
    assert check(replace(settings, url="postgresql://nobody@127.0.0.1:9/none")) is None
    assert check(settings) is None
