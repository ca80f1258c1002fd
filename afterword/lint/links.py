"""Links in documents lead somewhere: files are there, headings exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from afterword.lint.findings import Finding
from afterword.lint.project import Project

_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+\s+(.*?)\s*#*$", re.MULTILINE)


def check(project: Project) -> Iterator[Finding]:
    """Checks every Markdown file's links inside the project; addresses elsewhere are not called."""
    for path in project.files:
        if path.suffix == ".md":
            for target in _LINK.findall(_without_code(path)):
                problem = _problem(project, path, target)
                if problem:
                    yield Finding(project.relative(path), target, problem)


def _problem(project: Project, path: Path, target: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        return ""
    name, _, heading = target.partition("#")
    there = path if not name else project.root / name[1:] if name[0] == "/" else path.parent / name
    if not there.exists():
        return "expected a file there"
    if heading and there.suffix == ".md" and heading not in _anchors(there):
        return f"expected a heading '#{heading}' there"
    return ""


def _anchors(path: Path) -> set[str]:
    """Headings as GitHub names them."""
    titles = _HEADING.findall(_without_code(path))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _without_code(path: Path) -> str:
    return _FENCE.sub("", path.read_text(encoding="utf-8"))
