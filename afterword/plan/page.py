"""Puts the plan together and writes it as text, Markdown or one HTML file to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from afterword.content.errors import build, read_table
from afterword.content.models import Content


class SectionSpec(Content):
    """A section of the page: its id and its heading."""

    id: str
    heading: str


class PlanSpec(Content):
    """The page as data/plan.yml lays it out."""

    title: str
    sections: list[SectionSpec]
    pause_line: str
    wants: dict[str, str]
    progress: dict[str, str]
    agenda: dict[str, str]


@dataclass(frozen=True)
class Page:
    """A page ready to be shown: its title, and headings with their lines."""

    title: str
    sections: Sequence[tuple[str, Sequence[str]]]

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return not any(lines for _, lines in self.sections)


def load_plan(path: Path) -> PlanSpec:
    """Reads data/plan.yml.

    Raises:
        ContentError: it is wrong; the error says where.
    """
    return build(PlanSpec, read_table(path), path)


def page_of(spec: PlanSpec, lines: Mapping[str, Sequence[str]]) -> Page:
    """The plan from lines by section id; sections without lines are left out."""
    filled = [
        (section.heading, tuple(lines[section.id]))
        for section in spec.sections
        if lines.get(section.id)
    ]
    return Page(spec.title, tuple(filled))


def as_text(page: Page) -> str:
    """For the chat: headings with their lines below."""
    return "\n".join(
        f"{heading}\n" + "\n".join(f"  - {line}" for line in lines)
        for heading, lines in page.sections
    )


def as_markdown(page: Page) -> str:
    """As a Markdown document; signs that Markdown would read are escaped."""
    parts = [f"# {page.title}"]
    for heading, lines in page.sections:
        parts.append(f"## {heading}")
        parts.append("\n".join(f"- {_plain(line)}" for line in lines))
    return "\n\n".join(parts) + "\n"


def as_html(page: Page) -> str:
    """As one HTML file that prints on one page and asks no other address for anything."""
    sections = "".join(
        f"<section><h2>{escape(heading)}</h2><ul>"
        + "".join(f"<li>{_lines(line)}</li>" for line in lines)
        + "</ul></section>"
        for heading, lines in page.sections
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(page.title)}</h1>{sections}</main></body></html>\n"
    )


_STYLE = (
    "body{font:16px/1.5 Georgia,serif;color:#1d1d1d;background:#fff;margin:2rem auto;"
    "max-width:42rem;padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.1rem;margin:1.4rem 0 .3rem}"
    "ul{margin:0;padding-left:1.2rem}section{break-inside:avoid}"
    "@media print{body{margin:0;font-size:12pt}}"
)
_MARKDOWN_SIGNS = "\\`*_{}[]()#+!|<>"


def _plain(line: str) -> str:
    escaped = "".join(f"\\{sign}" if sign in _MARKDOWN_SIGNS else sign for sign in line)
    return escaped.replace("\n", " ")


def _lines(line: str) -> str:
    return escape(line).replace("\n", "<br>")
