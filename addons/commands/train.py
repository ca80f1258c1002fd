"""train the model if the content has changed"""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to train in any case."""
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")


def run(args: argparse.Namespace) -> int:
    """Trains; says so when there is nothing to do."""
    from addons.training import current_model, ensure_model, ensure_sense

    ensure_sense(ROOT, force=args.force)
    if not args.force and current_model(ROOT):
        print("training: the model is up to date")
        return 0
    from addons.agent import be_quiet

    be_quiet()
    ensure_model(ROOT, force=args.force)
    return 0
