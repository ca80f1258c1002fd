"""The files being checked, each read once. Paths in findings are relative to the project."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from afterword.files import load_yaml

_SKIP = frozenset(
    (".git", ".venv", ".rasa", "node_modules", "__pycache__", "models", "build", "dist", "results")
)


class Project:
    """A checkout. `article` is the source text, where it is at hand; `today` judges dates."""

    def __init__(self, root: Path, article: Path | None = None, today: date | None = None) -> None:
        self.root = root
        self.data = root / "data"
        self.article = article if article is not None else _article(root)
        self.today = today if today is not None else date.today()
        self._yaml: dict[Path, Any] = {}

    def yaml(self, path: Path) -> Any:
        """The content of a YAML file.

        Raises:
            FileError: it is missing or no YAML.
        """
        if path not in self._yaml:
            self._yaml[path] = load_yaml(path)
        return self._yaml[path]

    def table(self, path: Path) -> dict[str, Any]:
        """The content of a YAML file whose top is a table; empty where there is no such file."""
        content = self.yaml(path) if path.is_file() else None
        return content if isinstance(content, dict) else {}

    def data_files(self, folder: str) -> list[Path]:
        """The YAML files under data/<folder>, in order; folder may be a file's name as well."""
        place = self.data / folder
        return [place] if place.is_file() else sorted(place.rglob("*.yml"))

    def python_files(self) -> list[Path]:
        """The Python files that talk to a person or carry the talk; the linter's own aside."""
        folders = ("afterword", "actions", "addons")
        found = [path for name in folders for path in sorted((self.root / name).rglob("*.py"))]
        return [path for path in found if "lint" not in path.relative_to(self.root).parts]

    def relative(self, path: Path) -> Path:
        """The path as findings show it."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path

    @cached_property
    def domain(self) -> dict[str, Any]:
        """domain.yml; empty where there is none."""
        return self.table(self.root / "domain.yml")

    @cached_property
    def intents(self) -> frozenset[str]:
        """The intents of the domain."""
        listed = self.domain.get("intents") or []
        return frozenset(
            name for item in listed for name in (item if isinstance(item, dict) else [item])
        )

    @cached_property
    def files(self) -> list[Path]:
        """Every file git tracks or would track; without git, every file but built ones."""
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=self.root,
            capture_output=True,
            check=False,
        )
        if listed.returncode == 0:
            names = [name for name in listed.stdout.decode().split("\0") if name]
            return sorted(path for name in names if (path := self.root / name).is_file())
        return sorted(
            path
            for path in self.root.rglob("*")
            if path.is_file() and not _SKIP.intersection(path.relative_to(self.root).parts)
        )


def _article(root: Path) -> Path | None:
    """The article's text: $AFTERWORD_ARTICLE, or shared beside the project; else none."""
    named = os.environ.get("AFTERWORD_ARTICLE")
    path = Path(named) if named else root.parent / "shared" / "article" / "source.txt"
    return path if path.is_file() else None
