"""A small project that lint finds nothing wrong with, to be broken one thing at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from afterword.lint import Project, lint

TODAY = date(2026, 11, 24)

SMALL = {
    "domain.yml": "intents: [greet, ask_help]\nslots: {talk__state: {type: any}}\n",
    "data/replies/talk.yml": (
        "talk.hi:\n"
        "  say: ['Hello {name}, how {does} {they} sound?']\n"
        "  buttons: [{title: Help, send: /ask_help}]\n"
        "talk.bye: {say: [Bye]}\n"
        "ask.more: {say: [Go on]}\n"
    ),
    "data/listening.yml": "questions: [{reply: ask.more}]\n",
    "actions/talk.py": (
        '"""Not talk.docs."""\n'
        "def hi(turn, kind):\n"
        "    turn.say('talk.hi', name='you')\n"
        "    turn.say(f'talk.{kind}', name='you')\n"
    ),
    "data/safety/helplines.yml": (
        "uk:\n"
        "  - {name: Line A, phone: '1', source: its own page, confidence: A,"
        " checked_on: 2026-11-01}\n"
    ),
    "data/nlu/talk.yml": "nlu:\n- intent: greet\n  examples: |\n    - hello\n    - good evening\n",
    "data/lint/training.yml": (
        "frequent: {least: 2, intents: [greet]}\nrare: {least: 0}\nwithout: []\nalike: 0.9\n"
    ),
    "README.md": "# Small\n\nSee [the page](docs/page.md#a-heading) and [this](#small).\n",
    "docs/page.md": "# Page\n\n## A heading\n\n```\n[no link](nowhere.md)\n```\n",
}


class Small:
    """The small project: files can be written over, then linted by family."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.article: Path | None = None

    def write(self, name: str, text: str) -> None:
        """Writes a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replaces a piece of a file that must be there."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def lint(self, family: str) -> list[str]:
        """The findings of one family, as printed."""
        project = Project(self.root, article=self.article, today=TODAY)
        return [str(finding) for finding in lint(project, [family])]
