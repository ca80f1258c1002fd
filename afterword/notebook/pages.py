"""Where one person's records are: in memory until they agree, in the database after that."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine

from afterword.notebook.database import CODES, LINKS, RECORDS, SEEN, reading, sweep, writing
from afterword.notebook.keys import KeyRing
from afterword.notebook.records import KINDS, Record


class Pages(Protocol):
    """The records of one person, by kind, in the order they were made."""

    on_disk: bool

    def all(self, kind: str) -> list[Any]:
        """Every record of a kind."""

    def add(self, kind: str, record: Record, due: date | None = None) -> str:
        """Adds a record; returns its id."""

    def change(self, kind: str, record: Record, due: date | None = None) -> None:
        """Writes a record again."""

    def remove(self, kind: str, record_id: str) -> None:
        """Deletes a record."""

    def forget(self) -> None:
        """Deletes everything."""


class MemoryPages:
    """Records that never touch a disk."""

    on_disk = False

    def __init__(self) -> None:
        self._records: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}

    def all(self, kind: str) -> list[Any]:
        """Every record of a kind, as copies."""
        return [record.copy(deep=True) for record in self._records[kind].values()]

    def add(self, kind: str, record: Record, due: date | None = None) -> str:
        """Adds a record; returns its id."""
        record.id = record.id or uuid.uuid4().hex
        self._records[kind][record.id] = record.copy(deep=True)
        return record.id

    def change(self, kind: str, record: Record, due: date | None = None) -> None:
        """Writes a record again."""
        self._records[kind][record.id] = record.copy(deep=True)

    def remove(self, kind: str, record_id: str) -> None:
        """Deletes a record."""
        self._records[kind].pop(record_id, None)

    def forget(self) -> None:
        """Deletes everything."""
        for records in self._records.values():
            records.clear()


def remove(connection: Connection, people: Sequence[str]) -> None:
    """Deletes the rows of people, but for holds; the bytes are gone after a `sweep`."""
    for table in (*RECORDS.values(), SEEN, CODES):
        connection.execute(delete(table).where(table.c.person.in_(people)))
    mine = or_(LINKS.c.person.in_(people), LINKS.c.leads_to.in_(people))
    connection.execute(delete(LINKS).where(mine))


class DatabasePages:
    """Records in the database, encrypted, under the person's key."""

    on_disk = True

    def __init__(self, engine: Engine, keys: KeyRing, person: str) -> None:
        self._engine, self._keys, self.person = engine, keys, person

    def all(self, kind: str) -> list[Any]:
        """Every record of a kind.

        Raises:
            StoreUnavailable: the database cannot be read.
            KeyMismatch: it was written with another key.
        """
        table = RECORDS[kind]
        query = select(table.c.body).where(table.c.person == self.person).order_by(table.c.place)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [KINDS[kind].parse_raw(self._keys.open(row.body)) for row in rows]

    def add(self, kind: str, record: Record, due: date | None = None) -> str:
        """Adds a record; returns its id."""
        with writing(self._engine) as connection:
            self._insert(connection, kind, record, due)
        return record.id

    def take_over(self, records: Sequence[tuple[str, Record, date | None]]) -> None:
        """Adds records with their kinds and days, and a person in place of the one there is.

        All of them or none.

        Raises:
            StoreUnavailable: with the cause; nothing was added then.
        """
        with writing(self._engine) as connection:
            for kind, record, due in records:
                if kind == "person":
                    table = RECORDS[kind]
                    connection.execute(delete(table).where(table.c.person == self.person))
                self._insert(connection, kind, record, due)

    def _insert(self, connection: Connection, kind: str, record: Record, due: date | None) -> None:
        table = RECORDS[kind]
        record.id = record.id or uuid.uuid4().hex
        last = select(func.coalesce(func.max(table.c.place), 0)).where(
            table.c.person == self.person
        )
        place = connection.execute(last).scalar_one() + 1
        row = {"id": record.id, "person": self.person, "place": place, "due": due}
        connection.execute(insert(table).values(**row, body=self._seal(record)))

    def change(self, kind: str, record: Record, due: date | None = None) -> None:
        """Writes a record again."""
        table = RECORDS[kind]
        mine = (table.c.id == record.id) & (table.c.person == self.person)
        with writing(self._engine) as connection:
            connection.execute(update(table).where(mine).values(body=self._seal(record), due=due))

    def remove(self, kind: str, record_id: str) -> None:
        """Deletes a record, to the last byte."""
        table = RECORDS[kind]
        mine = (table.c.id == record_id) & (table.c.person == self.person)
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(mine))
        sweep(self._engine)

    def forget(self) -> None:
        """Deletes everything of the person but a standing hold, to the last byte."""
        with writing(self._engine) as connection:
            remove(connection, [self.person])
        sweep(self._engine)

    def _seal(self, record: Record) -> bytes:
        return self._keys.seal(record.json())
