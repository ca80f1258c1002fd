"""The tables, and the settings that make a deletion a deletion."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from afterword.notebook.errors import StoreUnavailable, cause_of
from afterword.notebook.records import KINDS
from afterword.notebook.schema import Schema
from afterword.notebook.scrub import scrub_sqlite

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
        *([Index("ix_notebook_pause_due", "due")] if kind == "pause" else []),
    )


RECORDS: dict[str, Table] = {kind: _record_table(kind) for kind in KINDS}

SEEN = Table(
    "notebook_seen",
    METADATA,
    Column("person", String(64), primary_key=True),
    # Of the last message; retention counts from here.
    Column("day", Date, nullable=False, index=True),
    Column("address", LargeBinary),  # where to write to, encrypted; only where a reminder is wanted
)

HOLDS = Table(
    "notebook_hold",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("until", Date),  # the day after which the row is dropped; None: while the account lasts
    Column("body", LargeBinary, nullable=False),  # classes and dates, never words
    Column("day", Date),  # of the last change
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
    Column("leads_to", String(64), nullable=False, index=True),
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


SCHEMA = Schema(
    name="notebook",
    scripts=Path(__file__).parent / "migrations",
    version_table="notebook_version",
    lock=0x0AF7E402,  # any number, as long as it is ours alone
    settings="AFTERWORD_DATA or AFTERWORD_NOTEBOOK_URL",
)


def open_engine(url: str | URL, busy_seconds: float = 3.0) -> Engine:
    """Prepares to connect; SQLite gets a write-ahead log, a busy time-out and real deletion."""
    # Some providers still hand out the short scheme, which SQLAlchemy 1.4 refuses.
    address = make_url(str(url).replace("postgres://", "postgresql://", 1))
    if not address.drivername.startswith("sqlite"):
        return create_engine(
            address,
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            pool_timeout=busy_seconds,
            pool_recycle=1800,
            connect_args={"connect_timeout": 5},
            hide_parameters=True,
        )
    file = Path(str(address.database)).absolute()

    def connect() -> sqlite3.Connection:
        # mode=rw: where the file is gone, an empty one in its place would hide that.
        return sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,  # we say BEGIN ourselves, see _on_begin
            check_same_thread=False,
        )

    engine = create_engine(address, creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _on_begin)
    return engine


def _settle_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged page survives a power cut
        "secure_delete=ON",
        "temp_store=MEMORY",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A reader that becomes a writer could find that somebody else wrote meanwhile, and fail.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("write") else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look.

    Raises:
        StoreUnavailable: with the cause.
    """
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except (SQLAlchemyError, OSError) as error:
        raise _unavailable(error) from error


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that is the writer from its first moment.

    SQLite would begin as a reader and could then fail to become the writer.
    """
    with engine.connect() as connection:
        connection.info["write"] = True
        try:
            with connection.begin():
                yield connection
        finally:
            connection.info.pop("write", None)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is on disk when the block ends, or not at all.

    Raises:
        StoreUnavailable: with the cause; nothing of it was kept.
    """
    try:
        with write_transaction(engine) as connection:
            yield connection
    except (SQLAlchemyError, OSError) as error:
        raise _unavailable(error) from error


def sweep(engine: Engine) -> None:
    """After a deletion: empties the log and gives free pages back, so that no bytes are left.

    Raises:
        StoreUnavailable: the files could not be rewritten now; the rows themselves are gone.
    """
    try:
        if engine.dialect.name == "sqlite":
            if not scrub_sqlite(engine):
                raise StoreUnavailable("the notebook's files are in use", "store_locked")
        else:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(f"VACUUM {', '.join(METADATA.tables)}")
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise _unavailable(error) from error


def _unavailable(error: Exception) -> StoreUnavailable:
    cause = cause_of(error)
    return StoreUnavailable(f"the notebook cannot be used now: {cause}", cause)
