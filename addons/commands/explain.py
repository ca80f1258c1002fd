"""show how one message is understood: words, evidence, scope, scores, decision"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The message, and which model to use."""
    parser.add_argument("text", nargs="+", help="the message")
    parser.add_argument("--model", type=Path, default=Path("models"), help="model file or folder")


def run(args: argparse.Namespace) -> int:
    """Prints the view."""
    from addons.agent import be_quiet
    from addons.training import ensure_sense
    from addons.understander import Understander
    from afterword.safety.guard import judge
    from afterword.understanding.decide import decide
    from afterword.understanding.explain import explain

    be_quiet()
    ensure_sense(ROOT, out=sys.stderr)
    text = " ".join(args.text)
    understander = Understander.load(args.model)
    parsed = understander.parse([text])[0]
    reading = understander.hearing.read(text)
    believed = parsed["believed"]
    risk = judge(reading)
    heard = f"{risk.as_dict()['class']} by {risk.as_dict()['rule']}" if risk else None
    print("\n".join(explain(reading, believed, decide(reading, believed), heard)))
    return 0
