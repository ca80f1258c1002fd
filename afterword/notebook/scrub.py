"""Makes what was deleted from an SQLite file unreadable: free pages and log included."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy.engine import Engine

TRIES, PAUSE_SECONDS = 5, 0.2


def scrub_sqlite(engine: Engine) -> bool:
    """Rewrites the file and empties its log.

    Under load somebody always reads or writes; the busy time-out waits for the one in the way, and
    another try for those who came meanwhile.

    Returns:
        False if somebody held the files all along: the rows are gone, their bytes may not be.

    Raises:
        sqlite3.Error, sqlalchemy.exc.SQLAlchemyError: the files cannot be written.
    """
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE_SECONDS)
        raw = engine.raw_connection()
        try:
            raw.execute("VACUUM")
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                return True
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == TRIES - 1:
                raise
        finally:
            raw.close()
    return False
