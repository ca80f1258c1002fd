"""Loads the article's causes and steps and the evidence behind the advice, and joins them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Dict

from afterword.content.errors import ContentError, build, read_table
from afterword.content.models import Cause, EvidenceItem, Step


@dataclass(frozen=True)
class Library:
    """Everything the assistant knows of the subject: by cause id, step number, evidence id."""

    causes: Dict[str, Cause]
    steps: Dict[int, Step]
    evidence: Dict[str, EvidenceItem]

    @classmethod
    def load(cls, data: Path) -> Library:
        """Reads data/article and data/evidence.yml.

        Raises:
            ContentError: a file is wrong or points to something that is not there.
        """
        evidence = load_evidence(data / "evidence.yml")
        causes = load_causes(data / "article" / "causes")
        steps = load_steps(data / "article" / "steps")
        library = cls(causes, steps, evidence)
        _join(library, data)
        return library


def load_evidence(path: Path) -> Dict[str, EvidenceItem]:
    """Reads the evidence file: a table of ids.

    Raises:
        ContentError: it is wrong.
    """
    items: Dict[str, EvidenceItem] = {}
    for key, content in read_table(path).items():
        if not isinstance(content, dict):
            raise ContentError(path, key, "expected finding, source, kind and caveat")
        items[key] = build(EvidenceItem, {"id": key, **content}, path, key)
    return items


def load_causes(folder: Path) -> Dict[str, Cause]:
    """Reads every cause of a folder, in the order of the article.

    Raises:
        ContentError: a file is wrong, or its name is not its id.
    """
    causes: list[Cause] = []
    for path in sorted(folder.glob("*.yml")):
        cause = build(Cause, read_table(path), path)
        if cause.id != path.stem:
            raise ContentError(path, "id", f"expected '{path.stem}', the name of the file")
        causes.append(cause)
    if not causes:
        raise ContentError(folder, "", "expected at least one cause file here")
    causes.sort(key=_article_order)
    return {cause.id: cause for cause in causes}


def load_steps(folder: Path) -> Dict[int, Step]:
    """Reads every step of a folder, by number.

    Raises:
        ContentError: a file is wrong, or its name is not its number.
    """
    steps: Dict[int, Step] = {}
    for path in sorted(folder.glob("*.yml")):
        step = build(Step, read_table(path), path)
        if path.stem != f"{step.number:02d}":
            raise ContentError(path, "number", "expected the number in the name of the file")
        steps[step.number] = step
    if not steps:
        raise ContentError(folder, "", "expected at least one step file here")
    return steps


def _article_order(cause: Cause) -> tuple[int, str]:
    if isinstance(cause.article_number, int):
        return (cause.article_number, cause.id)
    return (90 if cause.article_number == "introduction" else 99, cause.id)


def _join(library: Library, data: Path) -> None:
    """Checks that ids and numbers in one file are there in the other."""
    for cause in library.causes.values():
        path = data / "article" / "causes" / f"{cause.id}.yml"
        for place, claim in enumerate(cause.article_claims):
            _known(claim.evidence, library.evidence, path, f"article_claims.{place}.evidence")
        for number in cause.steps:
            step = library.steps.get(number)
            if step is None or step.judgement == "missing":
                raise ContentError(path, "steps", f"expected steps there are; {number} is not one")
    for step in library.steps.values():
        path = data / "article" / "steps" / f"{step.number:02d}.yml"
        _known(step.evidence, library.evidence, path, "evidence")
        if step.fits:
            _known(step.fits.causes, library.causes, path, "fits.causes")


def _known(ids: list[str], there: object, path: Path, key: str) -> None:
    for name in ids:
        if name not in there:  # type: ignore[operator]
            raise ContentError(path, key, f"unknown id '{name}'")
