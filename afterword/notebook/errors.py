"""What can go wrong with a notebook, in words that say what to do."""

from __future__ import annotations


class NotebookError(RuntimeError):
    """Anything wrong with the notebook."""


class StoreUnavailable(NotebookError):
    """The store could not be written or read: locked, full, read-only or gone. Nothing was kept."""


class KeyMismatch(NotebookError):
    """The key is not the one this data was written with. Nothing was changed."""
