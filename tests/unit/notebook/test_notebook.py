"""The notebook: in memory until agreed, encrypted after, exportable, and gone when asked."""

from __future__ import annotations

import sqlite3
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from afterword.notebook import (
    Entry,
    KeyMismatch,
    NotebookError,
    NotebookShelf,
    Pause,
    StoreUnavailable,
)
from afterword.notebook.errors import NewerDatabase
from afterword.notebook.keys import KeyRing, load_keys, write_keys
from afterword.privacy.export import as_json, as_markdown

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
TODAY = NOW.date()
MARKER = "zebra-marker-77"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.fresh()


@pytest.fixture
def shelf(data: Path, ring: KeyRing) -> NotebookShelf:
    return NotebookShelf(f"sqlite:///{data / 'notebook.db'}", ring)


def bytes_below(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def fill(shelf: NotebookShelf, sender: str = "cli:ann") -> None:
    book = shelf.of(sender)
    book.start_pause(Pause(start=TODAY, end=TODAY + timedelta(7), why_start=MARKER))
    book.keep_cause("betrayal", MARKER, "confirmed")
    page = book.begin_entry(Entry(prompt="own", began=NOW, minutes=5, before=2))
    book.add_to_entry(page, MARKER)
    book.finish_entry(page, 3, NOW)
    book.add_line("will", MARKER)
    book.keep_draft(MARKER, ["guilt"], ["kind"])
    book.keep_want("back")


def test_before_consent_nothing_is_on_disk(shelf: NotebookShelf, data: Path) -> None:
    fill(shelf)
    assert shelf.of("cli:ann").pause() is not None
    assert not data.exists()


def test_agreeing_moves_everything_to_the_store(shelf: NotebookShelf, data: Path) -> None:
    fill(shelf)
    shelf.of("cli:ann").agree(TODAY)
    shelf.close()
    again = NotebookShelf(f"sqlite:///{data / 'notebook.db'}", shelf.keys).of("cli:ann")
    assert again.consented
    assert again.pause().why_start == MARKER  # type: ignore[union-attr]
    assert [entry.text for entry in again.entries()] == [MARKER]
    assert again.person().wants == "back"


def test_agreeing_again_loses_nothing(shelf: NotebookShelf) -> None:
    fill(shelf)
    shelf.of("cli:ann").agree(TODAY)
    shelf.of("cli:ann").agree(TODAY)
    again = shelf.of("cli:ann")
    assert [entry.text for entry in again.entries()] == [MARKER]
    assert again.pause() is not None
    assert again.person().wants == "back"


@pytest.mark.parametrize("good", range(0, 7))
def test_a_store_that_fails_half_way_loses_and_doubles_nothing(
    shelf: NotebookShelf, data: Path, good: int
) -> None:
    fill(shelf)
    whole = as_json(shelf.of("cli:ann").everything())
    left = [good]  # records that can be written before the disk fails

    def fail(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT INTO notebook_") and "notebook_meta" not in statement:
            left[0] -= 1
            if left[0] < 0:
                failure = sqlite3.OperationalError("disk I/O error")
                raise OperationalError(statement, {}, failure)

    event.listen(shelf.engine(), "before_cursor_execute", fail)
    if good < 6:
        with pytest.raises(StoreUnavailable):
            shelf.of("cli:ann").agree(TODAY)
        assert as_json(shelf.of("cli:ann").everything()) == whole, "lost from memory"
        assert not shelf.of("cli:ann").consented
        with sqlite3.connect(data / "notebook.db") as connection:
            for table in ("entry", "pause", "cause", "line", "draft", "person"):
                found = connection.execute(f"SELECT count(*) FROM notebook_{table}").fetchone()
                assert found == (0,), f"after {good} records {table} was half kept"
    left[0] = 100
    shelf.of("cli:ann").agree(TODAY)
    again = shelf.of("cli:ann")
    assert again.consented and again.person().wants == "back"
    counts = {kind: len(records) for kind, records in again.everything().items()}
    assert counts == {
        **dict.fromkeys(("person", "pause", "entry", "cause", "line", "draft"), 1),
        "hold": 0,
    }


def test_on_disk_there_are_neither_words_nor_ids(shelf: NotebookShelf, data: Path) -> None:
    fill(shelf)
    shelf.of("cli:ann").agree(TODAY)
    assert MARKER.encode() not in bytes_below(data)
    assert b"cli:ann" not in bytes_below(data)


def test_forgetting_leaves_no_row_and_no_bytes(shelf: NotebookShelf, data: Path) -> None:
    fill(shelf)
    book = shelf.of("cli:ann")
    book.agree(TODAY)
    book.keep_holds({"holds": ["self_harm"]}, None)
    person = shelf.keys.person("cli:ann")
    assert person.encode() in bytes_below(data)
    book.forget()
    assert person.encode() not in bytes_below(data)
    assert not any(shelf.of("cli:ann").everything().values())


def test_taking_consent_back_deletes_what_was_kept(shelf: NotebookShelf, data: Path) -> None:
    fill(shelf)
    book = shelf.of("cli:ann")
    book.agree(TODAY)
    book.disagree()
    assert shelf.keys.person("cli:ann").encode() not in bytes_below(data)
    assert not shelf.of("cli:ann").consented


def test_a_hold_is_kept_without_consent_and_without_words(shelf: NotebookShelf, data: Path) -> None:
    shelf.of("cli:bo").keep_holds({"holds": [{"name": "abuse_victim"}]}, None)
    shelf.close()
    again = NotebookShelf(f"sqlite:///{data / 'notebook.db'}", shelf.keys)
    assert again.of("cli:bo").holds() == {"holds": [{"name": "abuse_victim"}]}
    assert b"abuse_victim" not in bytes_below(data)


def test_the_export_is_complete(shelf: NotebookShelf) -> None:
    fill(shelf)
    book = shelf.of("cli:ann")
    book.agree(TODAY)
    everything = book.everything()
    filled = {kind for kind, records in everything.items() if records}
    assert filled >= {"person", "pause", "entry", "cause", "line", "draft"}
    for form in (as_json(everything), as_markdown(everything)):
        assert form.count(MARKER) == 5
        assert "guilt" in form and "back" in form


def test_two_people_do_not_see_each_other(shelf: NotebookShelf) -> None:
    fill(shelf, "web:1")
    shelf.of("web:1").agree(TODAY)
    other = shelf.of("tg:1")
    other.agree(TODAY)
    assert other.entries() == [] and other.pause() is None


def test_linked_channels_share_one_notebook(shelf: NotebookShelf) -> None:
    fill(shelf, "web:1")
    web = shelf.of("web:1")
    web.agree(TODAY)
    code = web.link_code(NOW)
    assert not shelf.of("tg:9").link("WRONGC0D", NOW)
    assert shelf.of("tg:9").link(code.lower(), NOW)
    assert shelf.of("tg:9").pause() is not None
    assert not shelf.of("tg:8").link(code, NOW), "a code works once"
    assert shelf.of("tg:9").unlink()
    assert shelf.of("tg:9").pause() is None


def test_who_writes_on_a_joined_channel_only_is_not_dropped(shelf: NotebookShelf) -> None:
    fill(shelf, "web:1")
    web = shelf.of("web:1")
    web.agree(TODAY - timedelta(40))
    web.mark_seen(TODAY - timedelta(40))
    assert shelf.of("tg:9").link(web.link_code(NOW), NOW)
    shelf.of("tg:9").mark_seen(TODAY)
    assert shelf.purge(TODAY, 30) == 0
    assert shelf.of("tg:9").entries() and shelf.of("web:1").entries()


def test_who_blocks_a_joined_channel_is_not_reminded_there(shelf: NotebookShelf) -> None:
    web = shelf.of("web:1")
    web.agree(TODAY)
    assert shelf.of("tg:9").link(web.link_code(NOW), NOW)
    book = shelf.of("tg:9")
    book.start_pause(Pause(start=TODAY, end=TODAY + timedelta(1), reminder_wanted=True))
    book.remember_address("9")
    tomorrow = TODAY + timedelta(1)
    assert [due[2] for due in shelf.due_reminders(tomorrow)] == ["9"]
    shelf.forget_address("tg:9")
    assert shelf.due_reminders(tomorrow) == []


def test_an_old_code_does_not_link(shelf: NotebookShelf) -> None:
    web = shelf.of("web:1")
    web.agree(TODAY)
    code = web.link_code(NOW)
    assert not shelf.of("tg:9").link(code, NOW + timedelta(minutes=16))


def test_retention_deletes_who_has_not_written(shelf: NotebookShelf, data: Path) -> None:
    for sender, day in (("web:old", TODAY - timedelta(31)), ("web:new", TODAY)):
        book = shelf.of(sender)
        book.agree(day)
        book.mark_seen(day)
    assert shelf.purge(TODAY, 30) == 1
    assert not shelf.of("web:old").consented and shelf.of("web:new").consented
    assert shelf.keys.person("web:old").encode() not in bytes_below(data)


def test_reminders_are_due_once(shelf: NotebookShelf) -> None:
    book = shelf.of("tg:5")
    book.agree(TODAY)
    book.start_pause(Pause(start=TODAY, end=TODAY + timedelta(1), reminder_wanted=True))
    book.remember_address("5")
    assert shelf.due_reminders(TODAY) == []
    (due,) = shelf.due_reminders(TODAY + timedelta(1))
    assert due[2] == "5"
    assert shelf.reminder_sent(due[1]) and not shelf.reminder_sent(due[1])
    assert shelf.due_reminders(TODAY + timedelta(1)) == []


def test_counts_have_no_person_and_fold_into_months(shelf: NotebookShelf) -> None:
    long_ago = NOW - timedelta(days=120)
    for _ in range(2):
        shelf.of("web:1").count_risk("self_harm", "self_harm.direct", long_ago)
    shelf.of("web:2").count_risk("self_harm", "self_harm.direct", NOW)
    assert [row[3] for row in shelf.risk_counts()] == [2, 1]
    shelf.purge(TODAY, 30)
    assert shelf.risk_counts()[0] == (f"{long_ago:%Y-%m}", "self_harm", "self_harm.direct", 2)


# Keys


def test_the_key_file_is_outside_the_data_and_ours_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AFTERWORD_KEY", raising=False)
    monkeypatch.delenv("AFTERWORD_KEY_FILE", raising=False)
    monkeypatch.setenv("AFTERWORD_DATA", str(tmp_path / "var"))
    first = load_keys()
    (file,) = (tmp_path / ".afterword").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_keys().lines() == first.lines()


def test_rotation_loses_nobody_and_drops_the_old_key(
    shelf: NotebookShelf, data: Path, tmp_path: Path
) -> None:
    fill(shelf)
    shelf.of("cli:ann").agree(TODAY)
    old = shelf.keys
    shelf.reseal(old.with_new())
    write_keys(shelf.keys.newest_only(), tmp_path / "k")
    new = KeyRing.read((tmp_path / "k").read_text(), "k")
    shelf.close()
    url = f"sqlite:///{data / 'notebook.db'}"
    assert NotebookShelf(url, new).of("cli:ann").entries()[0].text == MARKER
    with pytest.raises(KeyMismatch):
        NotebookShelf(url, old).of("cli:ann")


def test_a_wrong_key_is_refused_and_damages_nothing(shelf: NotebookShelf, data: Path) -> None:
    fill(shelf)
    shelf.of("cli:ann").agree(TODAY)
    shelf.close()
    before = (data / "notebook.db").read_bytes()
    with pytest.raises(KeyMismatch, match="Nothing was changed"):
        NotebookShelf(f"sqlite:///{data / 'notebook.db'}", KeyRing.fresh()).of("cli:ann")
    assert (data / "notebook.db").read_bytes() == before
    assert shelf.of("cli:ann").consented


@pytest.mark.parametrize("text", ["", "rubbish", "c2hvcnQ=\nrubbish"])
def test_a_broken_key_is_named_but_not_shown(text: str) -> None:
    with pytest.raises(NotebookError, match="the-file holds no key") as error:
        KeyRing.read(text, "the-file")
    assert "rubbish" not in str(error.value)


# Faults


def test_a_locked_database_is_unavailable_not_silent(shelf: NotebookShelf, data: Path) -> None:
    book = shelf.of("cli:ann")
    book.agree(TODAY)
    other = sqlite3.connect(data / "notebook.db", timeout=0)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreUnavailable):
            book.add_line("will", "not kept")
    finally:
        other.rollback()
    assert shelf.of("cli:ann").lines() == []


def test_a_full_disk_is_unavailable(shelf: NotebookShelf) -> None:
    book = shelf.of("cli:ann")
    book.agree(TODAY)
    with shelf.engine().connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def fill_disk(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(shelf.engine(), "connect", fill_disk)
    shelf.engine().dispose()
    with pytest.raises(StoreUnavailable):
        for _ in range(50):
            book.add_line("will", "x" * 4000)
    assert shelf.of("cli:ann").consented


def test_a_folder_that_is_a_file(tmp_path: Path, ring: KeyRing) -> None:
    (tmp_path / "var").write_text("in the way")
    with pytest.raises(StoreUnavailable):
        NotebookShelf(f"sqlite:///{tmp_path / 'var' / 'n.db'}", ring).of("cli:a").agree(TODAY)


def test_a_newer_database_is_refused(shelf: NotebookShelf, data: Path) -> None:
    shelf.of("cli:ann").agree(TODAY)
    shelf.close()
    with sqlite3.connect(data / "notebook.db") as connection:
        connection.execute("UPDATE notebook_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="newer"):
        shelf.of("cli:ann")
