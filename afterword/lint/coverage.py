"""Every cause is understood, ruled, storied and replayed; every step can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, get_args

from afterword.content import Library
from afterword.content.lookup import cause_in, step_in
from afterword.content.models import Hold
from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import strings_of
from afterword.lint.training import examples_of
from afterword.steps.choose import Situation, choose_step

_WANTS = ("", "back", "unsure", "letting_go")


def check(project: Project) -> Iterator[Finding]:
    """Looks for what each cause needs elsewhere, and for each step's ways to it."""
    library = Library.load(project.data)
    yield from _causes(project, library)
    yield from _named(project, library)
    yield from _steps(project, library)
    yield from _holds(project)
    yield from _prompts(project, library)


def _prompts(project: Project, library: Library) -> Iterator[Finding]:
    """The writing prompts a cause names are there."""
    folder = project.data / "writing"
    there = {text for path in project.data_files("writing") for text in _ids(project.yaml(path))}
    for name, cause in library.causes.items():
        for prompt in cause.writing:
            if folder.is_dir() and prompt not in there:
                message = f"expected the prompt '{prompt}' under data/writing"
                yield Finding(_cause_file(project, name), "writing", message)


def _ids(content: Any) -> set[str]:
    return {text for key, text in strings_of(content) if key.split(".")[-1] == "id"}


def _holds(project: Project) -> Iterator[Finding]:
    """The holds content speaks of are the classes of the guard's protocol."""
    path = project.data / "safety" / "protocol.yml"
    classes = set(project.table(path).get("classes") or ())
    if classes and classes != set(get_args(Hold)):
        odd = sorted(classes ^ set(get_args(Hold)))
        message = f"expected the holds of afterword/content/models.py; '{odd[0]}' is only in one"
        yield Finding(project.relative(path), "classes", message)


def _causes(project: Project, library: Library) -> Iterator[Finding]:
    trained = {intent for intent, _, _ in examples_of(project)}
    ruled = _step_intents(project, "rules")
    told = _step_intents(project, "stories")
    heard = {project.table(path).get("id") for path in project.data_files("patterns/causes")}
    replayed = _replayed(project)
    for name in library.causes:
        intent = f"cause_{name}"
        path = _cause_file(project, name)
        needs = {
            f"intent '{intent}' in domain.yml": intent in project.intents,
            f"examples of '{intent}' under data/nlu": intent in trained,
            f"a rule for '{intent}' under data/rules": intent in ruled,
            f"a story with '{intent}' under data/stories": intent in told,
            "patterns under data/patterns/causes": name in heard,
            f"a conversation with '{intent}' under tests/conversations": _names(replayed, intent),
        }
        for need, there in needs.items():
            if not there:
                yield Finding(path, "id", f"expected {need}")


def _named(project: Project, library: Library) -> Iterator[Finding]:
    for name, cause in library.causes.items():
        for called in (cause.name, *cause.aliases):
            if cause_in(called, library.causes) != name:
                message = f"'{called}' finds another cause; expected names that are its own"
                yield Finding(_cause_file(project, name), "aliases", message)


def _steps(project: Project, library: Library) -> Iterator[Finding]:
    fitting = _by_fit(library)
    for number, step in library.steps.items():
        path = project.relative(project.data / "article" / "steps" / f"{number:02d}.yml")
        if step_in(f"step {number}", library.steps) != number:
            yield Finding(path, "number", "expected to be found by its number")
        for called in (step.name, *step.aliases):
            if step_in(called, library.steps) != number:
                yield Finding(path, "aliases", f"'{called}' finds another step")
        if step.judgement != "missing" and number not in fitting:
            yield Finding(path, "fits", "expected some person whom this step fits")
    for number in sorted(set(range(1, 17)) - set(library.steps)):
        yield Finding(Path("data/article/steps"), "", f"expected step {number}")


def _by_fit(library: Library) -> set[int]:
    """The steps somebody comes to by asking for the next one again and again."""
    steps = list(library.steps.values())
    reached: set[int] = set()
    for wants, pause in product(_WANTS, (False, True)):
        shown: list[int] = []
        while chosen := choose_step(steps, Situation(wants=wants, pause_stands=pause, shown=shown)):
            shown.append(chosen.step.number)
        reached.update(shown)
    return reached


def _step_intents(project: Project, folder: str) -> set[str]:
    """The intents named in the steps of rules or stories, "a or b" included."""
    return {
        text
        for path in project.data_files(folder)
        for key, text in strings_of(project.yaml(path))
        if key.endswith(".intent")
    }


def _replayed(project: Project) -> list[str]:
    files = sorted((project.root / "tests" / "conversations").rglob("*.yml"))
    return [path.read_text(encoding="utf-8") for path in files]


def _names(texts: list[str], name: str) -> bool:
    return any(name in text for text in texts)


def _cause_file(project: Project, name: str) -> Path:
    return project.relative(project.data / "article" / "causes" / f"{name}.yml")
