"""Everybody's notebooks: opens one for a sender, and does what concerns them all."""

from __future__ import annotations

import json
import logging
import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import SQLAlchemyError

from afterword.notebook import counts, links, retention
from afterword.notebook.database import (
    HOLDS,
    META,
    RECORDS,
    SCHEMA,
    SEEN,
    open_engine,
    reading,
    sweep,
    writing,
)
from afterword.notebook.errors import KeyMismatch, NotebookError, StoreUnavailable, cause_of
from afterword.notebook.keys import KeyRing, keys
from afterword.notebook.notebook import Notebook
from afterword.notebook.pages import DatabasePages, MemoryPages, Pages, remove
from afterword.notebook.records import Record

log = logging.getLogger(__name__)

DATABASE = "notebook.db"
MOST_UNKEPT = 5_000  # people in memory at once; the one not heard of the longest goes first
UNKEPT_SECONDS = 6 * 3600  # of silence until talk without consent is gone from memory
_CHECK = "the key fits"


class NotebookShelf:
    """Opens notebooks by sender id ("web:...", "tg:...", "cli:...")."""

    def __init__(self, url: str, ring: KeyRing) -> None:
        self._url, self.keys = url, ring
        address = make_url(url.replace("postgres://", "postgresql://", 1))
        self._file = Path(str(address.database)) if address.get_backend_name() == "sqlite" else None
        self._lock = RLock()
        self._opened: Engine | None = None
        self._seen: dict[str, date] = {}
        self._unkept: OrderedDict[str, tuple[float, MemoryPages]] = OrderedDict()

    @classmethod
    def from_environment(cls) -> NotebookShelf:
        """AFTERWORD_NOTEBOOK_URL, or notebook.db in the data folder (AFTERWORD_DATA).

        Raises:
            NotebookError: the key cannot be read.
        """
        data = Path(os.environ.get("AFTERWORD_DATA") or "var")
        url = os.environ.get("AFTERWORD_NOTEBOOK_URL") or f"sqlite:///{data / DATABASE}"
        return cls(url, keys())

    def of(self, sender_id: str) -> Notebook:
        """The notebook of a sender: the kept one, a joined one, or one in memory."""
        person = self.keys.person(sender_id)
        return Notebook(self._pages(person), _Place(self, person))

    def in_any_case(self, sender_id: str) -> Notebook:
        """The same for a turn that must be answered: without the store, an empty one in memory.

        What is put into that one is gone with the turn; `Notebook.away` names the cause, so that
        the person can be told.
        """
        try:
            return self.of(sender_id)
        except NotebookError as error:
            cause = cause_of(error)
            log.error("store_failed store=notebook op=open cause=%s", cause)
            return Notebook(MemoryPages(), _Place(self, self.keys.person(sender_id)), away=cause)

    # The database is opened when first needed: without anybody's consent nothing is on disk.

    def engine(self) -> Engine:
        """The database, made if it is missing and brought up to date if it is old.

        Raises:
            StoreUnavailable: it cannot be opened.
            KeyMismatch: it was written with another key.
            NewerDatabase: it belongs to a newer version of the program.
        """
        with self._lock:
            if self._opened is None:
                engine = open_engine(self._url)
                try:
                    self._make_file()
                    SCHEMA.migrate(engine)
                    self._check_key(engine)
                except (SQLAlchemyError, OSError) as error:
                    engine.dispose()
                    cause = cause_of(error)
                    raise StoreUnavailable(
                        f"the notebook cannot be opened: {cause}", cause
                    ) from error
                except NotebookError:
                    engine.dispose()
                    raise
                self._opened = engine
            return self._opened

    def exists(self) -> bool:
        """Whether there is a database to read, without making one."""
        return self._opened is not None or self._file is None or self._file.exists()

    def close(self) -> None:
        """Lets go of the database."""
        with self._lock:
            if self._opened is not None:
                self._opened.dispose()
                self._opened = None

    def _make_file(self) -> None:
        """Makes folder and file for nobody else's eyes; SQLite's other files follow suit."""
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._file.exists():
            self._file.touch(mode=0o600)
        elif self._file.stat().st_mode & 0o077:
            self._file.chmod(0o600)

    def _check_key(self, engine: Engine) -> None:
        """Compares the key with a note sealed when the database was made."""
        note = select(META.c.value).where(META.c.name == "key")
        with reading(engine) as connection:
            row = connection.execute(note).first()
        if row is None:
            with writing(engine) as connection:
                row = connection.execute(note).first()  # another process may have been faster
                if row is None:
                    sealed = self.keys.seal(_CHECK)
                    connection.execute(insert(META).values(name="key", value=sealed))
                    return
        if self.keys.open(row.value) != _CHECK:
            raise KeyMismatch("the key does not fit this data. Nothing was changed.")

    # Where a person's pages are

    def _pages(self, person: str) -> Pages:
        with self._lock:
            unkept = self._unkept.get(person)
            if unkept is not None and time.monotonic() - unkept[0] < UNKEPT_SECONDS:
                self._unkept[person] = (time.monotonic(), unkept[1])
                self._unkept.move_to_end(person)
                return unkept[1]
        kept = self._kept(person)
        if kept is not None:
            return kept
        return self._unkept_pages(person)

    def _kept(self, person: str) -> DatabasePages | None:
        """The person's pages in the database, if they ever agreed; joined channels lead there."""
        if not self.exists():
            return None
        engine = self.engine()
        with reading(engine) as connection:
            owner = links.owner(connection, person)
            mine = select(RECORDS["person"].c.id).where(RECORDS["person"].c.person == owner)
            if connection.execute(mine).first() is None:
                return None
        return DatabasePages(engine, self.keys, owner)

    def _unkept_pages(self, person: str) -> MemoryPages:
        pages = MemoryPages()
        with self._lock:
            self._unkept[person] = (time.monotonic(), pages)
            while len(self._unkept) > MOST_UNKEPT:
                self._unkept.popitem(last=False)
        return pages

    def keep(self, person: str, records: Sequence[tuple[str, Record, date | None]]) -> Pages:
        """Moves a person with their records to the database, all of them or none.

        Raises:
            StoreUnavailable: with the cause; they are in memory as before then.
        """
        pages = self._kept(person) or DatabasePages(self.engine(), self.keys, person)
        pages.take_over(records)
        with self._lock:
            self._unkept.pop(person, None)
        return pages

    def unkeep(self, person: str) -> Pages:
        """Gives a person pages in memory."""
        return self._unkept_pages(person)

    # Holds: kept without consent, as classes and dates under a keyed hash

    def holds(self, person: str) -> dict[str, Any]:
        """The safety state kept for a person."""
        if not self.exists():
            return {}
        with reading(self.engine()) as connection:
            row = connection.execute(select(HOLDS.c.body).where(HOLDS.c.person == person)).first()
        return _plain(self.keys.open(row.body)) if row else {}

    def keep_holds(self, person: str, holds: dict[str, Any], until: date | None) -> None:
        """Keeps the safety state of a person, or drops it when it is empty."""
        if not holds and not self.exists():
            return
        with writing(self.engine()) as connection:
            connection.execute(delete(HOLDS).where(HOLDS.c.person == person))
            if holds:
                body = self.keys.seal(_text(holds))
                row = {"person": person, "until": until, "body": body, "day": date.today()}
                connection.execute(insert(HOLDS).values(**row))

    def forget(self, person: str) -> list[str]:
        """Deletes every row of a person and of the channels they joined, to the last byte.

        Returns:
            the keys of the other channels.

        Raises:
            StoreUnavailable: not everything could be deleted now.
        """
        if not self.exists():
            return []
        with writing(self.engine()) as connection:
            joined = links.joined(connection, person)
            remove(connection, joined)
            connection.execute(delete(HOLDS).where(HOLDS.c.person.in_(joined)))
        with self._lock:
            for known in joined:
                self._unkept.pop(known, None)
                self._seen.pop(known, None)
        sweep(self.engine())
        return [known for known in joined if known != person]

    def count_risk(self, name: str, rule: str, now: datetime) -> None:
        """Adds one to the count of a class and rule in this hour."""
        with writing(self.engine()) as connection:
            counts.add(connection, name, rule, now)

    def risk_counts(self) -> list[counts.Count]:
        """(period, class, rule, count), oldest first."""
        with reading(self.engine()) as connection:
            return counts.every(connection)

    # Links between channels

    def link_code(self, person: str, now: datetime) -> str:
        """A one-time code, good for a quarter of an hour."""
        with writing(self.engine()) as connection:
            return links.make_code(connection, self.keys, person, now)

    def link(self, person: str, code: str, now: datetime) -> bool:
        """Joins a person's channel to the notebook of the code's owner."""
        with writing(self.engine()) as connection:
            joined = links.join(connection, self.keys, person, code, now)
        if joined:
            with self._lock:
                self._unkept.pop(person, None)
        return joined

    def unlink(self, person: str) -> bool:
        """Takes a channel out of a joined notebook."""
        with writing(self.engine()) as connection:
            return links.part(connection, person)

    # Retention, reminders, keys

    def mark_seen(self, person: str, day: date) -> None:
        """Notes the day of a person's last message, once a day and process."""
        if self._seen.get(person) == day:
            return
        try:
            self.seen(person, day)
        except StoreUnavailable as error:  # the answer goes first; the next one notes it
            log.error("store_failed store=notebook op=seen cause=%s", error.cause)
            return
        if len(self._seen) >= MOST_UNKEPT:
            self._seen.clear()
        self._seen[person] = day

    def seen(self, person: str, day: date, address: str | None = None) -> None:
        """Notes the day of the last message of a person who agreed, and where to write to."""
        sealed = None if address is None else self.keys.seal(address)
        with writing(self.engine()) as connection:
            retention.note(connection, person, day, sealed)

    def forget_address(self, sender_id: str) -> None:
        """Nothing is sent to this person unasked any more: they blocked us."""
        if self.exists():
            address = sender_id.partition(":")[2]
            with writing(self.engine()) as connection:
                person = self.keys.person(sender_id)
                retention.drop_address(connection, self.keys, person, address)

    def due_reminders(self, today: date) -> list[tuple[str, str, str]]:
        """(person, pause id, address) of the pauses whose reminder is due."""
        if not self.exists():
            return []
        with reading(self.engine()) as connection:
            return retention.due(connection, self.keys, today)

    def reminder_sent(self, pause_id: str) -> bool:
        """Marks a reminder as sent; False where another process was faster."""
        with writing(self.engine()) as connection:
            return retention.mark_sent(connection, pause_id)

    def purge(self, today: date, retention_days: int) -> int:
        """Deletes whoever has not written for so many days; returns how many people.

        Holds whose time is over go too, those without an end together with the account or, where
        there is none, after the same number of days. Hourly counts older than 90 days become
        monthly, and codes nobody used go.

        Args:
            today: by a clock that is to be trusted.
            retention_days: days after the last message.

        Raises:
            StoreUnavailable: not everything could be deleted now.
        """
        if not self.exists():
            return 0
        with writing(self.engine()) as connection:
            people, deleted = retention.drop_old(connection, today, retention_days)
            counts.fold(connection, today)
        if deleted:
            sweep(self.engine())
        return people

    def reseal(self, ring: KeyRing) -> int:
        """Seals every record with the newest key of a ring; returns how many.

        Raises:
            KeyMismatch: a record fits none of the ring's keys; nothing is changed then.
        """
        count = 0
        with writing(self.engine()) as connection:
            for table, column in (
                *((table, "body") for table in RECORDS.values()),
                (HOLDS, "body"),
                (SEEN, "address"),
                (META, "value"),
            ):
                key = next(iter(table.primary_key.columns))
                rows = connection.execute(select(key, table.c[column])).all()
                for name, sealed in rows:
                    if sealed is None or (table is META and name == "version"):
                        continue
                    new = {column: ring.reseal(sealed)}
                    connection.execute(update(table).where(key == name).values(**new))
                    count += 1
        self.keys = ring
        return count


class _Place:
    """A shelf as one notebook sees it."""

    def __init__(self, shelf: NotebookShelf, person: str) -> None:
        self._shelf, self._person = shelf, person

    def keep(self, records: Sequence[tuple[str, Record, date | None]]) -> Pages:
        return self._shelf.keep(self._person, records)

    def unkeep(self) -> Pages:
        return self._shelf.unkeep(self._person)

    def holds(self) -> dict[str, Any]:
        return self._shelf.holds(self._person)

    def keep_holds(self, holds: dict[str, Any], until: date | None) -> None:
        self._shelf.keep_holds(self._person, holds, until)

    def forget(self) -> list[str]:
        return self._shelf.forget(self._person)

    def count_risk(self, name: str, rule: str, now: datetime) -> None:
        self._shelf.count_risk(name, rule, now)

    def seen(self, day: date) -> None:
        self._shelf.mark_seen(self._person, day)

    def write_to(self, address: str) -> None:
        self._shelf.seen(self._person, date.today(), address)

    def link_code(self, now: datetime) -> str:
        return self._shelf.link_code(self._person, now)

    def link(self, code: str, now: datetime) -> bool:
        return self._shelf.link(self._person, code, now)

    def unlink(self) -> bool:
        return self._shelf.unlink(self._person)


def _text(plain: dict[str, Any]) -> str:
    return json.dumps(plain)


def _plain(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded
