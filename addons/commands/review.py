"""review drafts: JSON lines {"id", "text"} in, findings and what is good out"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Iterable

ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to read from; with --score, the file's own "kinds" are compared."""
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - for standard input")
    parser.add_argument("--score", action="store_true", help="print figures instead of reviews")


def run(args: argparse.Namespace) -> int:
    """Reviews every line; a line that is no draft is reported, the others go on."""
    from afterword.drafts import Reviewer

    reviewer = Reviewer.load(ROOT / "data")
    lines = sys.stdin if args.file == "-" else Path(args.file).open(encoding="utf-8")
    with lines:
        items, wrong = _read(lines)
    if args.score:
        _score(reviewer, items)
        return 1 if wrong else 0
    for item in items:
        review = reviewer.review(item["text"])
        findings = [
            {
                "kind": finding.kind,
                "text": finding.text,
                "why": finding.why,
                "rewrite": finding.rewrite,
                "grave": finding.grave,
            }
            for finding in review.findings
        ]
        shown = {"id": item.get("id"), "findings": findings, "good": list(review.good)}
        print(json.dumps(shown, ensure_ascii=False))
    return 1 if wrong else 0


def _read(lines: Iterable[str]) -> tuple[list[dict[str, Any]], int]:
    items, wrong = [], 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            item["text"] = str(item["text"])
        except (ValueError, KeyError, TypeError) as error:
            print(f'line {number}: expected {{"id", "text"}}: {error}', file=sys.stderr)
            wrong += 1
            continue
        items.append(item)
    return items, wrong


def _score(reviewer: Any, items: list[dict[str, Any]]) -> None:
    """Prints micro-F1 over the kinds, each kind's figures, and honest drafts flagged as grave."""
    hit: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    honest = flagged = 0
    for item in items:
        review = reviewer.review(item["text"])
        wanted, found = set(item["kinds"]), set(review.kinds)
        hit.update(wanted & found)
        extra.update(found - wanted)
        missed.update(wanted - found)
        if not wanted:
            honest += 1
            flagged += any(finding.grave for finding in review.findings)
        if wanted != found:
            print(f"{item['id']}: missed {sorted(wanted - found)}, extra {sorted(found - wanted)}")
    for kind in sorted({*hit, *extra, *missed}):
        print(f"{kind:26} hit {hit[kind]:3}  extra {extra[kind]:3}  missed {missed[kind]:3}")
    right = sum(hit.values())
    f1 = 2 * right / max(1, 2 * right + sum(extra.values()) + sum(missed.values()))
    print(f"micro-F1 {f1:.3f} on {len(items)} drafts; grave on {flagged} of {honest} honest ones")
