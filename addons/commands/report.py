"""figures on understanding, measured now, written into docs/understanding.md"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
START, END = "<!-- figures: make report -->", "<!-- end of figures -->"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the project is, and how many folds."""
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    parser.add_argument("--folds", type=int, default=5, help="folds of the cross-validation")


def run(args: argparse.Namespace) -> int:
    """Measures, draws the confusion picture and puts the figures between the page's markers."""
    from addons.measuring import measure_all
    from addons.picture import draw_confusion

    page = args.root / "docs" / "understanding.md"
    if not page.is_file() or START not in page.read_text(encoding="utf-8"):
        print(f"{page}: expected a page with the line {START}")
        return 1
    results = args.root / "reports"
    results.mkdir(exist_ok=True)
    measured = measure_all(args.root, args.folds, results / "diet.jsonl")
    draw_confusion(measured.wanted, measured.given, args.root / "docs" / "confusion.png")
    errors = "\n".join(json.dumps(error, ensure_ascii=False) for error in measured.errors)
    (results / "errors.jsonl").write_text(errors + "\n", encoding="utf-8")
    write_between(page, "\n".join(measured.lines))
    print("\n".join(measured.lines))
    print(f"\nwritten: {page}, docs/confusion.png, reports/errors.jsonl")
    return 0


def write_between(page: Path, figures: str) -> None:
    """Replaces what stands between the markers of a page.

    Raises:
        ValueError: the page has no such markers.
    """
    text = page.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"{page}: expected the lines {START} and {END}")
    page.write_text(f"{before}{START}\n{figures}\n{END}{after}", encoding="utf-8")
