"""review drafts: JSON lines {"id", "text"} in, findings and what is good out"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from afterword.drafts import Reviewer

ROOT = Path(__file__).parents[2]
_SHOWN = ("kind", "text", "why", "rewrite", "grave")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to read from; with --score, the file's own "kinds" are compared."""
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - for standard input")
    parser.add_argument("--score", action="store_true", help="print figures instead of reviews")
    parser.add_argument("--batch", type=int, help="with --score: only drafts of this batch")


def run(args: argparse.Namespace) -> int:
    """Reviews every line; a line that is no draft is reported, the others go on.

    Returns:
        0, or 1 when a line was no draft or the file can't be read.
    """
    from addons.training import ensure_sense
    from afterword.drafts import Reviewer
    from afterword.sense import sense_of

    ensure_sense(ROOT, out=sys.stderr)
    reviewer = Reviewer.load(ROOT / "data", lambda: sense_of(ROOT))
    try:
        lines = sys.stdin if args.file == "-" else Path(args.file).open(encoding="utf-8")
    except OSError as error:
        print(f"{args.file}: {error.strerror}", file=sys.stderr)
        return 1
    with lines:
        if args.score:
            drafts, wrong = _read(lines, ("text", "kinds"))
            _score(reviewer, drafts, args.batch)
            return 1 if wrong else 0
        wrong = 0
        for line in lines:
            drafts, bad = _read([line], ("text",))
            wrong += bad
            for draft in drafts:
                _show(reviewer, draft)
    return 1 if wrong else 0


def _show(reviewer: Reviewer, draft: dict[str, Any]) -> None:
    review = reviewer.review(draft["text"])
    findings = [{key: getattr(found, key) for key in _SHOWN} for found in review.findings]
    shown = {"id": draft.get("id"), "findings": findings, "good": list(review.good)}
    print(json.dumps(shown, ensure_ascii=False), flush=True)


def _read(lines: Iterable[str], keys: Sequence[str]) -> tuple[list[dict[str, Any]], int]:
    drafts, wrong = [], 0
    for line in lines:
        if not line.strip():
            continue
        try:
            draft = json.loads(line)
            if not isinstance(draft, dict) or any(key not in draft for key in keys):
                raise ValueError(f"expected an object with {', '.join(keys)}")
            draft["text"] = str(draft["text"])
        except ValueError as error:
            print(f"{line.strip()[:60]}: {error}", file=sys.stderr)
            wrong += 1
            continue
        drafts.append(draft)
    return drafts, wrong


def _score(reviewer: Reviewer, drafts: list[dict[str, Any]], batch: int | None) -> None:
    """Prints each kind's figures, then a line for each batch, then one for all."""
    from afterword.drafts.measure import measure

    if batch is not None:
        drafts = [draft for draft in drafts if draft.get("batch") == batch]
    figures = measure(reviewer, drafts)
    print("\n".join([*figures.wrong, *figures.kinds.lines(), *figures.good.lines()]))
    for name in sorted({draft["batch"] for draft in drafts if "batch" in draft}):
        part = [draft for draft in drafts if draft.get("batch") == name]
        print(f"batch {name}: {measure(reviewer, part).summary()}")
    print(f"all: {figures.summary()}")
