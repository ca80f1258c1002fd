"""measure the safety guard on the held-out sentences, by kind of hard case"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from addons.training import ensure_sense
from afterword.safety import judge
from afterword.safety.measure import as_lines, measure
from afterword.sense import sense_of
from afterword.sense.hearing import Hearing

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and whether to print the sentences that went wrong."""
    parser.add_argument("--file", type=Path, default=DATA / "heldout" / "safety.jsonl")
    parser.add_argument("--batch", type=int, help="only the sentences of this batch")
    parser.add_argument("--rules-alone", action="store_true", help="without the sense")
    parser.add_argument("--wrong", action="store_true", help="print what was missed or misread")


def run(args: argparse.Namespace) -> int:
    """Prints the figures."""
    if not args.rules_alone:
        ensure_sense(ROOT, out=sys.stderr)
    hearing = Hearing.load(DATA, lambda: None if args.rules_alone else sense_of(ROOT))
    measured = measure(args.file, lambda text: judge(hearing.read(text)), args.batch)
    print("\n".join(as_lines(measured, args.wrong)))
    return 0
