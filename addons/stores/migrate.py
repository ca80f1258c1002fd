"""The migrations of the conversations' tables."""

from __future__ import annotations

from pathlib import Path

from afterword.notebook.schema import Schema

CONVERSATIONS = Schema(
    name="conversations",
    scripts=Path(__file__).parent / "migrations",
    version_table="conversations_version",
    lock=0x0AF7E401,  # any number, as long as it is ours alone
    settings="AFTERWORD_DATA or AFTERWORD_TRACKER_URL",
)
