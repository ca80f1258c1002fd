"""Brings the database to this program's shape, one process at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from addons.stores.faults import NewerDatabase

VERSION_TABLE = "conversations_version"
_ADVISORY_LOCK = 0x0AF7E401  # any number, as long as it is ours alone


def migrate(engine: Engine) -> None:
    """Runs the migrations that are missing.

    Raises:
        NewerDatabase: the database is newer than the program; nothing was changed.
        sqlalchemy.exc.OperationalError: the database cannot be reached or written.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    if _revision(engine) == head:
        return
    with _alone(engine), engine.connect() as connection:
        current = _current(connection)
        if current is not None and current not in {s.revision for s in scripts.walk_revisions()}:
            raise NewerDatabase(
                f"The conversations database has shape {current}; this program knows up to "
                f"{head}. It was made by a newer version: start that one, or point "
                "AFTERWORD_DATA or AFTERWORD_TRACKER_URL elsewhere. Nothing was changed."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _current(connection)


def _current(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Holds other processes back: by a lock file beside SQLite, by PostgreSQL's own lock there."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(_ADVISORY_LOCK)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_ADVISORY_LOCK)))
        return
    with Path(f"{engine.url.database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
