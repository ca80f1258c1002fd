"""delete everything of one person, in every store"""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, and whether to ask first."""
    parser.add_argument("sender", help='whose, as the channel names them: "web:...", "tg:..."')
    parser.add_argument("--yes", action="store_true", help="do not ask first")


def run(args: argparse.Namespace) -> int:
    """Deletes after one confirmation; says truthfully if something could not be deleted."""
    from addons.stores.forget import forget_conversation
    from afterword.notebook import NotebookError, NotebookShelf

    if not args.yes:
        print(f"Everything of {args.sender} will be deleted for good. Type yes to go on: ", end="")
        if sys.stdin.readline().strip().lower() != "yes":
            print("forget: nothing was deleted")
            return 1
    try:
        NotebookShelf.from_environment().of(args.sender).forget()
        forget_conversation(args.sender)
    except (NotebookError, OSError) as error:
        print(f"forget: not everything could be deleted: {error}", file=sys.stderr)
        return 1
    print("forget: everything is deleted")
    return 0
