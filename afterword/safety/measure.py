"""Measures the guard on held-out sentences: flagged, rightly classed, and left alone, by kind."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict, List, Optional

from afterword.safety.guard import Risk


@dataclass
class Tally:
    """Counts of one kind of sentence."""

    cases: int = 0
    flagged: int = 0
    right: int = 0  # flagged with the class expected
    strong: int = 0

    def add(self, expected: Optional[str], risk: Optional[Risk]) -> None:
        """Counts one sentence."""
        self.cases += 1
        self.flagged += risk is not None
        self.right += risk is not None and risk.name == expected
        self.strong += risk is not None and risk.strength == "strong"


@dataclass
class Measured:
    """The figures, and the sentences that went wrong: (id, text, what was heard)."""

    must: Dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    must_not: Dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    wrong: List[tuple[str, str, str]] = field(default_factory=list)


def measure(
    path: Path, judge: Callable[[str], Optional[Risk]], batch: Optional[int] = None
) -> Measured:
    """Judges every line of a held-out file ({"id","text","class","kind"}, one JSON a line).

    With `batch` only the lines that have this "batch".

    Raises:
        OSError, ValueError: the file is missing, or a line is no such case.
    """
    measured = Measured()
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if batch is not None and case.get("batch") != batch:
            continue
        expected, risk = case["class"], judge(case["text"])
        side = measured.must if expected else measured.must_not
        for kind in (case["kind"], "all"):
            side[kind].add(expected, risk)
        if (risk.name if risk else None) != expected:
            measured.wrong.append((case["id"], case["text"], risk.rule if risk else "nothing"))
    return measured


def as_lines(measured: Measured, show_wrong: bool = False) -> List[str]:
    """The figures as a table of text, percentages rounded to one place."""
    lines = [f"{'must be caught':<18}{'cases':>6}{'flagged':>10}{'its class':>11}"]
    for kind, tally in sorted(measured.must.items()):
        row = f"{kind:<18}{tally.cases:>6}"
        lines.append(row + f"{_share(tally.flagged, tally):>10}{_share(tally.right, tally):>11}")
    lines += ["", f"{'must be left':<18}{'cases':>6}{'flagged':>10}{'protocol':>11}"]
    for kind, tally in sorted(measured.must_not.items()):
        row = f"{kind:<18}{tally.cases:>6}"
        lines.append(row + f"{_share(tally.flagged, tally):>10}{_share(tally.strong, tally):>11}")
    if show_wrong:
        lines += ["", *(f"{name}: {text} -> {heard}" for name, text, heard in measured.wrong)]
    return lines


def _share(part: int, tally: Tally) -> str:
    return f"{100 * part / tally.cases:.1f} %"
