"""delete whoever has not written for longer than the retention period"""

from __future__ import annotations

import argparse
import sys
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose; AFTERWORD_RETENTION_DAYS sets the period."""


def run(args: argparse.Namespace) -> int:
    """Purges the notebook; the conversations are purged by the server at start and daily."""
    from afterword.notebook import NotebookError, NotebookShelf
    from afterword.privacy.notice import retention_days

    try:
        gone = NotebookShelf.from_environment().purge(date.today(), retention_days())
    except NotebookError as error:
        print(f"purge: {error}", file=sys.stderr)
        return 1
    print(f"purge: {gone} people had not written for {retention_days()} days and are deleted")
    return 0
