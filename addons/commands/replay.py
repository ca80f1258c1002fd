"""replay conversations: JSON lines {"id", "turns"} in, what was answered out"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to read from, and which model to use."""
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - for standard input")
    parser.add_argument("--model", type=Path, default=Path("models"), help="model file or folder")


def run(args: argparse.Namespace) -> int:
    """Replays every line; a line that is no conversation is reported, the others go on."""
    from addons.agent import be_quiet
    from addons.replay import Replayer, keep_nothing
    from addons.training import ensure_sense

    be_quiet()  # Rasa's notes would come between the lines
    ensure_sense(ROOT, out=sys.stderr)

    lines = sys.stdin if args.file == "-" else Path(args.file).open(encoding="utf-8")
    with keep_nothing() as folder, lines:
        os.environ["AFTERWORD_DATA"] = folder
        replayer = Replayer.load(args.model)
        return asyncio.run(_replay(replayer, lines))


async def _replay(replayer: Any, lines: Any) -> int:
    wrong = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            turns = [str(turn) for turn in item["turns"]]
        except (ValueError, KeyError, TypeError) as error:
            print(f'line {number}: expected {{"id", "turns": [...]}}: {error}', file=sys.stderr)
            wrong += 1
            continue
        person = replayer.person()
        answered = [(await person.say(turn)).as_dict() for turn in turns]
        print(json.dumps({"id": item.get("id"), "turns": answered}, ensure_ascii=False))
    return 1 if wrong else 0
