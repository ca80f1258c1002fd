"""The tables, and the settings that make a deletion a deletion."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import URL, make_url

from afterword.notebook.records import KINDS

VERSION = 1  # of the tables; a database of a higher version is refused

METADATA = MetaData()


def _record_table(kind: str) -> Table:
    """A table of one kind of record: whose, and the record itself, encrypted."""
    return Table(
        f"notebook_{kind}",
        METADATA,
        Column("id", String(32), primary_key=True),
        Column("person", String(64), nullable=False),
        Column("place", Integer, nullable=False),  # the order of a person's records
        Column("due", Date),  # of a pause: the day a reminder is wanted
        Column("body", LargeBinary, nullable=False),
        Index(f"ix_notebook_{kind}_person", "person", "place"),
    )


RECORDS: dict[str, Table] = {kind: _record_table(kind) for kind in KINDS}

SEEN = Table(
    "notebook_seen",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("day", Date, nullable=False),  # of the last message; retention counts from here
    Column("address", LargeBinary),  # where to write to, encrypted; only where a reminder is wanted
)

HOLDS = Table(
    "notebook_hold",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("until", Date),  # the day after which the row is dropped; None: while the account lasts
    Column("body", LargeBinary, nullable=False),  # classes and dates, never words
)

RISK_COUNTS = Table(
    "notebook_risk_count",
    METADATA,
    Column("period", String(16), primary_key=True),  # an hour, or a month once it is 90 days old
    Column("name", String(32), primary_key=True),
    Column("rule", String(96), primary_key=True),
    Column("count", Integer, nullable=False),
)

LINKS = Table(
    "notebook_link",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("leads_to", String(64), nullable=False),
)

CODES = Table(
    "notebook_code",
    METADATA,
    Column("code", String(64), primary_key=True),  # keyed hash of the one-time code
    Column("person", String(64), nullable=False),
    Column("until", Integer, nullable=False),  # seconds since 1970
)

META = Table(
    "notebook_meta",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


def open_engine(url: str | URL, busy_seconds: float = 3.0) -> Engine:
    """Connects; SQLite gets a write-ahead log, a busy time-out and real deletion."""
    address = make_url(url)
    if not address.drivername.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _settle_sqlite)
    return engine


def _settle_sqlite(connection: Any, _record: Any) -> None:
    assert isinstance(connection, sqlite3.Connection)
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged page survives a power cut
        "secure_delete=ON",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def sweep(engine: Engine) -> None:
    """After a deletion: empties the log and gives free pages back, so that no bytes are left."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        raw.close()
