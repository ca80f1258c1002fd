"""The notebook: what a person trusts us with, encrypted, exportable, and gone when they say so."""

from afterword.notebook.errors import KeyMismatch, NotebookError, StoreUnavailable
from afterword.notebook.notebook import Notebook
from afterword.notebook.records import Draft, Entry, Line, NotedCause, Pause
from afterword.notebook.shelf import NotebookShelf

__all__ = [
    "Draft",
    "Entry",
    "KeyMismatch",
    "Line",
    "Notebook",
    "NotebookError",
    "NotebookShelf",
    "NotedCause",
    "Pause",
    "StoreUnavailable",
]
