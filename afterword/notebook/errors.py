"""What can go wrong with a notebook, in words that say what to do."""

from __future__ import annotations

from sqlalchemy.exc import InterfaceError, OperationalError


class NotebookError(RuntimeError):
    """Anything wrong with the notebook."""


class StoreUnavailable(NotebookError):
    """The store could not be written or read: locked, full, read-only or gone. Nothing was kept.

    `cause` is one word for the log and the metrics.
    """

    def __init__(self, message: str, cause: str = "store_unreachable") -> None:
        super().__init__(message)
        self.cause = cause


class KeyMismatch(NotebookError):
    """The key is not the one this data was written with. Nothing was changed."""

    cause = "key_unusable"


class NewerDatabase(NotebookError):
    """The database was made by a newer program than this one. Nothing was changed."""

    cause = "newer_database"


# SQLite's messages; the words are stable across its versions.
_CAUSES = (
    ("locked", "store_locked"),
    ("disk is full", "disk_full"),
    ("disk i/o", "disk_failing"),
    ("readonly", "read_only"),
    ("read-only", "read_only"),
    ("unable to open", "cannot_open"),
    ("malformed", "store_damaged"),
    ("not a database", "store_damaged"),
    ("no such table", "store_damaged"),
    ("no space left", "disk_full"),
)


def cause_of(error: BaseException) -> str:
    """One word for what failed. The error's own text may quote values, so it is never logged."""
    known = getattr(error, "cause", None)
    if isinstance(known, str):
        return known
    text = str(getattr(error, "orig", None) or error).lower()
    for words, cause in _CAUSES:
        if words in text:
            return cause
    if isinstance(error, PermissionError):
        return "read_only"
    if isinstance(error, (OperationalError, InterfaceError, ConnectionError, TimeoutError)):
        return "store_unreachable"
    return type(error).__name__
