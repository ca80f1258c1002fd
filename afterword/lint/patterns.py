"""Pattern rules hear their own examples, not their near misses, and have three of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from afterword.evidence import Engine, Rule
from afterword.evidence.rules import RuleFile
from afterword.lint.findings import Finding
from afterword.lint.project import Project

_LEAST = 3  # examples, and near misses, a rule must have
_FOLDERS = (("patterns",), ("drafts/findings", "drafts/good"))


def check(project: Project) -> Iterator[Finding]:
    """Runs every rule's examples and near misses through the engine.

    A file the engine refuses (an unknown set, a rule id twice) raises PatternError.
    """
    for folders in _FOLDERS:
        there = [name for name in folders if (project.data / name).is_dir()]
        if there:
            engine = Engine.load(project.data, there)
            yield from _twice(project, engine)
            for file in engine.files:
                for rule in file.rules:
                    yield from _rule(project.relative(file.path), file, rule, engine)


def _twice(project: Project, engine: Engine) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Path] = {}
    for file in engine.files:
        for rule in file.rules:
            name = (f"{file.kind}/{file.id}", rule.id)
            first = seen.setdefault(name, file.path)
            if first != file.path:
                message = f"expected the id once; it is in {project.relative(first)} as well"
                yield Finding(project.relative(file.path), rule.id, message)


def _rule(path: Path, file: RuleFile, rule: Rule, engine: Engine) -> Iterator[Finding]:
    for name, texts in (("examples", rule.examples), ("near_misses", rule.near_misses)):
        if len(texts) < _LEAST:
            message = f"expected at least {_LEAST} {name}, here are {len(texts)}"
            yield Finding(path, f"{rule.id}.{name}", message)
    for text in rule.examples:
        if not _hears(engine, file, rule, text):
            yield Finding(path, f"{rule.id}.examples", f"does not hear '{text}'")
    for text in rule.near_misses:
        if _hears(engine, file, rule, text):
            yield Finding(path, f"{rule.id}.near_misses", f"hears '{text}'")


def _hears(engine: Engine, file: RuleFile, rule: Rule, text: str) -> bool:
    name = f"{file.id}.{rule.id}"
    return any(
        found.rule == name and found.kind == file.kind for found in engine.read(text).evidence
    )
