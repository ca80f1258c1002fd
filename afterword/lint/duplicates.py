"""No key stands twice in one YAML table: YAML would silently keep the last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from afterword.lint.findings import Finding
from afterword.lint.project import Project


def check(project: Project) -> Iterator[Finding]:
    """Looks at domain.yml, config.yml and everything under data."""
    tops = [project.root / name for name in ("domain.yml", "config.yml", "endpoints.yml")]
    for path in [*tops, *project.data_files(".")]:
        if path.is_file():
            yield from _in_file(path, project.relative(path))


def _in_file(path: Path, shown: Path) -> Iterator[Finding]:
    """Reads the parser's events only, which is several times faster than building the content."""
    tables: list[set[str] | None] = []  # None for a list
    expects_key: list[bool] = []
    for event in yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        opens = isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        closes = isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        if closes:
            tables.pop()
            expects_key.pop()
        elif opens or isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            if tables and (keys := tables[-1]) is not None:
                if expects_key[-1] and isinstance(event, yaml.ScalarEvent):
                    if event.value in keys and event.value != "<<":
                        line = event.start_mark.line + 1
                        yield Finding(shown, event.value, f"line {line}: this key is there twice")
                    keys.add(event.value)
                expects_key[-1] = not expects_key[-1]
            if opens:
                tables.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
                expects_key.append(True)
