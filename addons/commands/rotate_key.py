"""encrypt everything in the notebook with a new key"""

from __future__ import annotations

import argparse
import os
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Writes the new key beside the old one first, so that a crash in between loses nothing."""
    from afterword.notebook import NotebookError, NotebookShelf
    from afterword.notebook.keys import key_path, load_keys, write_keys

    if os.environ.get("AFTERWORD_KEY"):
        print("rotate-key: the key comes from AFTERWORD_KEY; rotate it where it is kept")
        return 1
    try:
        old = load_keys()
        shelf = NotebookShelf.from_environment()
        both = old.with_new()
        write_keys(both, key_path())
        count = shelf.reseal(both) if shelf.exists() else 0
        write_keys(both.newest_only(), key_path())
    except NotebookError as error:
        print(f"rotate-key: {error}", file=sys.stderr)
        return 1
    print(f"rotate-key: {count} records carry the new key; the old one is gone")
    return 0
