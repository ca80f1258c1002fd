"""what is understood: JSON lines {"id", "text"} in, JSON lines out"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to read from, and which model to use."""
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - for standard input")
    parser.add_argument("--model", type=Path, default=Path("models"), help="model file or folder")


def run(args: argparse.Namespace) -> int:
    """Prints a line for each line; one that cannot be read is reported, the others go on."""
    from addons.agent import be_quiet
    from addons.training import ensure_sense
    from addons.understander import BATCH, Understander

    be_quiet()
    ensure_sense(ROOT, out=sys.stderr)
    understander = Understander.load(args.model)
    wrong = 0
    with contextlib.ExitStack() as stack:
        lines: TextIO = sys.stdin
        if args.file != "-":
            lines = stack.enter_context(Path(args.file).open(encoding="utf-8"))
        batch: list[dict[str, Any]] = []
        for item in _items(lines):
            if item is None:
                wrong += 1
                continue
            batch.append(item)
            if len(batch) == BATCH:
                _print(understander, batch)
                batch = []
        _print(understander, batch)
    return 1 if wrong else 0


def _items(lines: TextIO) -> Iterator[dict[str, Any] | None]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            yield {"id": item.get("id", number), "text": str(item["text"])}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            print(f'line {number}: expected {{"id", "text"}}: {error!r}', file=sys.stderr)
            yield None


def _print(understander: Any, batch: list[dict[str, Any]]) -> None:
    from afterword.understanding.language import looks_english
    from afterword.understanding.lines import line_of

    parsed = understander.parse([item["text"] for item in batch])
    for item, result in zip(batch, parsed, strict=True):
        line = line_of(item["id"], result, looks_english(item["text"]))
        print(json.dumps(line, ensure_ascii=False), flush=True)
