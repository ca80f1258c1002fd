"""check that the project's files agree with each other, and what may be said"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from afterword.lint import FAMILIES, Finding, Project, lint
from afterword.lint.helplines import STALE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the project is, and what to check."""
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder")
    parser.add_argument(
        "--only", choices=sorted(FAMILIES), action="append", help="check this family only"
    )
    parser.add_argument(
        "--allow-stale", action="store_true", help="old help lines are warnings, not errors"
    )


def run(args: argparse.Namespace) -> int:
    """Prints the findings; 1 where one is an error, else 0."""
    began = time.perf_counter()
    found = lint(Project(args.root.resolve()), args.only or tuple(FAMILIES))
    if args.allow_stale:
        found = [_softened(finding) for finding in found]
    for finding in found:
        print(finding)
    errors = sum(finding.severity == "error" for finding in found)
    took = time.perf_counter() - began
    print(f"lint: {errors} errors, {len(found) - errors} warnings ({took:.1f} s)")
    return 1 if errors else 0


def _softened(finding: Finding) -> Finding:
    if finding.message.startswith(STALE):
        return replace(finding, severity="warning")
    return finding
