"""Slots are namespaced by capability and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.talk import State


def check(project: Project) -> Iterator[Finding]:
    """Compares the domain's slots with the code and the state; declared twice: see duplicates."""
    declared = project.domain.get("slots") or {}
    code = "\n".join(path.read_text(encoding="utf-8") for path in project.python_files())
    kept = set(State().to_slots())
    for name in declared:
        if "__" not in name:
            yield Finding(Path("domain.yml"), f"slots.{name}", "expected a name like pause__state")
        if name not in kept and f'"{name}"' not in code and f"'{name}'" not in code:
            yield Finding(Path("domain.yml"), f"slots.{name}", "expected code that uses this slot")
    for name in sorted(kept - set(declared)):
        yield Finding(Path("domain.yml"), "slots", f"expected the slot '{name}', which is kept")
