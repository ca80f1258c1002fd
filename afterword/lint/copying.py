"""No eight words in a row are the article's. Checked only where its text is at hand."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import words_of

RUN = 8  # words in a row that count as copied
_NOT_TEXT = frozenset((".png", ".jpg", ".gif", ".ico", ".woff2", ".gz", ".zip", ".lock", ".pdf"))
_GENERATED = ("requirements",)  # locked requirements are hashes


def check(project: Project) -> Iterator[Finding]:
    """Compares every tracked text file with the article's runs of eight words."""
    if project.article is None:
        return
    source = _runs(words_of(project.article.read_text(encoding="utf-8")))
    for path in project.files:
        if path.suffix in _NOT_TEXT or path.name.startswith(_GENERATED):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        copied = _runs(words_of(text)) & source
        if copied:
            run = " ".join(min(copied))
            yield Finding(project.relative(path), "", f"copied from the article: '{run}'")


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))
