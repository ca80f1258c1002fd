"""The database behind the tracker store: how it is opened, written to, and cleaned for good."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from addons.stores.faults import NewerDatabase, StoreUnavailable, cause_of
from addons.stores.migrate import CONVERSATIONS
from addons.stores.settings import StoreSettings
from afterword.notebook.database import write_transaction
from afterword.notebook.scrub import scrub_sqlite

log = logging.getLogger(__name__)


class Database:
    """An engine that is made ready at first use, and again after it could not be."""

    def __init__(self, settings: StoreSettings) -> None:
        self.settings = settings
        self.engine = make_engine(settings)
        self._ready = False
        self._file: tuple[int, int] | None = None  # which file was opened, of the embedded default
        self._preparing = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded default."""
        return bool(self.engine.dialect.name == "sqlite")

    def prepare(self) -> None:
        """Creates the folder and brings the tables up to date; does nothing the second time.

        Raises:
            NewerDatabase: made by a newer program.
            StoreUnavailable: it cannot be reached or written now.
        """
        if self._ready and self._is_still_there():
            return
        with self._preparing:
            if self._ready:
                return
            try:
                if self.is_sqlite:
                    _private(Path(str(self.engine.url.database)))
                CONVERSATIONS.migrate(self.engine)
                self._file = self._identity()
            except NewerDatabase:
                raise
            except Exception as error:
                raise StoreUnavailable(cause_of(error)) from error
            self._ready = True

    def _is_still_there(self) -> bool:
        """Whether the file that was opened is still the one of that name.

        Raises:
            StoreUnavailable: it is gone. SQLite would go on writing into a file nobody can find,
                and a new one made in its place would hide that.
        """
        if not self.is_sqlite:
            return True
        try:
            found = self._identity()
        except OSError as error:
            self.engine.dispose()
            raise StoreUnavailable("store_gone") from error
        if found != self._file:
            self.engine.dispose()
            self._ready = False
        return self._ready

    def _identity(self) -> tuple[int, int] | None:
        if not self.is_sqlite:
            return None
        found = Path(str(self.engine.url.database)).stat()
        return found.st_dev, found.st_ino

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for one consistent look.

        Raises:
            StoreUnavailable: with the cause.
        """
        self.prepare()
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise StoreUnavailable(cause_of(error)) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, or not at all.

        Raises:
            StoreUnavailable: with the cause; nothing was written.
        """
        self.prepare()
        try:
            with write_transaction(self.engine) as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise StoreUnavailable(cause_of(error)) from error

    def scrub(self) -> None:
        """Makes deleted words unreadable in the files: log, free pages and all.

        Raises:
            StoreUnavailable: the files could not be rewritten now; the rows themselves are gone.
        """
        try:
            if not self.is_sqlite:
                self._vacuum_server()
            elif not scrub_sqlite(self.engine):
                raise StoreUnavailable("store_locked")
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            raise StoreUnavailable(cause_of(error)) from error

    def _vacuum_server(self) -> None:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM events, conversations"))

    def close(self) -> None:
        """Closes all connections; the next use opens new ones."""
        self.engine.dispose()


def make_engine(settings: StoreSettings) -> Engine:
    """An engine for the settings' address; nothing is opened yet."""
    url = settings.database_url
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(
            url,
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            pool_timeout=settings.busy_seconds,
            pool_recycle=1800,
            connect_args={"connect_timeout": 5},
            hide_parameters=True,
        )
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=4,
        pool_timeout=settings.busy_seconds,
        connect_args={"check_same_thread": False, "timeout": settings.busy_seconds},
        hide_parameters=True,  # an error's text must not quote what somebody wrote
    )
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _on_begin
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # what was acknowledged survives a power cut, not only a kill
        "secure_delete=ON",
        "temp_store=MEMORY",
        "journal_size_limit=4194304",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writes = connection.info.get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _private(file: Path) -> None:
    """Makes folder and file for nobody else's eyes; SQLite's other files take after this one."""
    if not file.parent.is_dir():
        file.parent.mkdir(parents=True, mode=0o700)
    if not file.exists():
        file.touch(mode=0o600)
    elif file.stat().st_mode & 0o077:
        file.chmod(0o600)


def check(settings: StoreSettings | None = None) -> str | None:
    """Why the program must not start with this database, in a sentence; None if it may.

    A database that cannot be reached now is no reason: people are answered without it, and told.
    """
    database = Database(settings or StoreSettings.from_environment())
    try:
        database.prepare()
    except NewerDatabase as error:
        return str(error)
    except StoreUnavailable as error:
        log.error("store_failed op=start cause=%s", error.cause)
    finally:
        database.close()
    return None
