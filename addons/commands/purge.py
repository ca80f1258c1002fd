"""delete whoever has not written for longer than the retention period"""

from __future__ import annotations

import argparse
import sys
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose; AFTERWORD_RETENTION_DAYS sets the period."""


def run(args: argparse.Namespace) -> int:
    """Purges notebooks and conversations; the server does the same at start and daily."""
    from addons.stores.forget import purge_conversations
    from afterword.notebook import NotebookError, NotebookShelf
    from afterword.privacy.notice import retention_days

    try:
        gone = NotebookShelf.from_environment().purge(date.today(), retention_days())
        talks = purge_conversations()
    except (NotebookError, RuntimeError) as error:
        print(f"purge: {error}", file=sys.stderr)
        return 1
    print(f"purge: older than {retention_days()} days: {gone} notebooks, {talks} conversations")
    return 0
