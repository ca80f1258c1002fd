"""everything kept of one person, as Markdown or JSON"""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, and in which form."""
    parser.add_argument("sender", help='whose, as the channel names them: "web:...", "tg:..."')
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")


def run(args: argparse.Namespace) -> int:
    """Prints it; nothing kept is said on standard error."""
    from afterword.notebook import NotebookError, NotebookShelf
    from afterword.privacy.export import as_json, as_markdown, is_empty

    try:
        everything = NotebookShelf.from_environment().of(args.sender).everything()
    except NotebookError as error:
        print(f"export: {error}", file=sys.stderr)
        return 1
    if is_empty(everything):
        print("export: nothing is kept of them", file=sys.stderr)
        return 1
    print(as_json(everything) if args.json else as_markdown(everything), end="")
    return 0
