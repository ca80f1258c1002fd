"""Every help line says where it was read, how sure that is, and when it was last checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from afterword.lint.findings import Finding
from afterword.lint.project import Project

MAX_AGE = 120  # days after which a line has to be checked again (issue 4)
FILE = "safety/helplines.yml"
_WAYS = ("phone", "text", "web")  # a line can be reached by one of them at least
_NEEDED = ("name", "source", "confidence", "checked_on")
STALE = "not checked for"  # how findings about age begin; --allow-stale makes them warnings


def check(project: Project) -> Iterator[Finding]:
    """Looks at every row of data/safety/helplines.yml."""
    path = project.data / FILE
    shown = project.relative(path)
    if not path.is_file():
        yield Finding(shown, "", "expected the file of help lines")
        return
    rows = list(_rows(project.yaml(path), ""))
    if not rows:
        yield Finding(shown, "", "expected help lines in it")
    for key, row in rows:
        for needed in _NEEDED:
            if not row.get(needed):
                yield Finding(shown, key, f"expected '{needed}'")
        if not any(row.get(way) for way in _WAYS):
            yield Finding(shown, key, "expected 'phone', 'text' or 'web'")
        if row.get("confidence") and row["confidence"] not in ("A", "B", "C"):
            yield Finding(shown, key, "expected confidence A, B or C")
        yield from _age(project, key, row)


def _age(project: Project, key: str, row: dict[str, Any]) -> Iterator[Finding]:
    shown = project.relative(project.data / FILE)
    checked = _date(row.get("checked_on"))
    if row.get("checked_on") and checked is None:
        yield Finding(shown, key, "expected checked_on like 2026-11-24")
    elif checked is not None and checked > project.today:
        yield Finding(shown, key, "expected checked_on not to lie in the future")
    elif checked is not None and (days := (project.today - checked).days) > MAX_AGE:
        name = row.get("name") or key
        yield Finding(shown, key, f"{STALE} {days} days; call or look up '{name}' and date it")


def _rows(content: Any, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every help line: a table in a list, however deep it stands."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _rows(value, f"{key}.{name}" if key else str(name))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            if isinstance(value, dict):
                yield f"{key}.{place}", value


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
