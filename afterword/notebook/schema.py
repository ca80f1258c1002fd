"""Brings a database to this program's shape with Alembic, one process at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from afterword.notebook.errors import NewerDatabase


@dataclass(frozen=True)
class Schema:
    """The migrations of one set of tables.

    Attributes:
        name: what the tables are called in messages, such as "notebook".
        scripts: Alembic's folder, with env.py and versions/.
        version_table: where the shape's number stands; each set of tables has its own.
        lock: the number of PostgreSQL's advisory lock; each set of tables has its own.
        settings: the variables that say where the database is, for messages.
    """

    name: str
    scripts: Path
    version_table: str
    lock: int
    settings: str

    def migrate(self, engine: Engine) -> str | None:
        """Runs the migrations that are missing.

        Returns:
            the shape the database had before; None where it had none.

        Raises:
            NewerDatabase: the database is newer than the program; nothing was changed.
            sqlalchemy.exc.SQLAlchemyError, OSError: it cannot be reached or written.
        """
        config = self._config()
        scripts = ScriptDirectory.from_config(config)
        before = self.revision(engine)
        if before == scripts.get_current_head():
            return before
        # Refused before the lock, so that a newer database is not even locked.
        self._refuse_newer(before, scripts)
        with self._alone(engine), engine.connect() as connection:
            # Another process may have been faster; what it made may be newer than this program.
            self._refuse_newer(self._current(connection), scripts)
            connection.info["write"] = True
            config.attributes["connection"] = connection
            config.attributes["version_table"] = self.version_table
            try:
                command.upgrade(config, "head")
            finally:
                connection.info.pop("write", None)
        return before

    def head(self) -> str | None:
        """The newest shape this program knows."""
        return ScriptDirectory.from_config(self._config()).get_current_head()

    def revision(self, engine: Engine) -> str | None:
        """The shape a database has; None where no migration ever ran."""
        with engine.connect() as connection:
            return self._current(connection)

    def _refuse_newer(self, current: str | None, scripts: ScriptDirectory) -> None:
        if current is None or current in {s.revision for s in scripts.walk_revisions()}:
            return
        raise NewerDatabase(
            f"The {self.name} database has shape {current}; this program knows up to "
            f"{scripts.get_current_head()}. It was made by a newer version: start that one, or "
            f"point {self.settings} elsewhere. Nothing was changed."
        )

    def _config(self) -> Config:
        config = Config()
        config.set_main_option("script_location", str(self.scripts).replace("%", "%%"))
        return config

    def _current(self, connection: Connection) -> str | None:
        options = {"version_table": self.version_table}
        return MigrationContext.configure(connection, opts=options).get_current_revision()

    @contextmanager
    def _alone(self, engine: Engine) -> Iterator[None]:
        """Holds other processes back: by a file beside SQLite's, by PostgreSQL's own lock there."""
        if engine.dialect.name == "postgresql":
            with engine.connect() as connection:
                connection.execute(sa.select(sa.func.pg_advisory_lock(self.lock)))
                try:
                    yield
                finally:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(self.lock)))
            return
        with Path(f"{engine.url.database}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
