"""measure the safety guard on the held-out sentences, by kind of hard case"""

from __future__ import annotations

import argparse
from pathlib import Path

from afterword.evidence import Engine
from afterword.safety import judge
from afterword.safety.measure import as_lines, measure

DATA = Path(__file__).parents[2] / "data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and whether to print the sentences that went wrong."""
    parser.add_argument("--file", type=Path, default=DATA / "heldout" / "safety.jsonl")
    parser.add_argument("--wrong", action="store_true", help="print what was missed or misread")


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    engine = Engine.load(DATA)
    measured = measure(args.file, lambda text: judge(engine.read(text)))
    print("\n".join(as_lines(measured, args.wrong)))
    return 0
