"""A finding: what is wrong, where, and how grave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong in a file; `key` is the place in it, empty for the whole file."""

    path: Path
    key: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.path}: {self.key}" if self.key else str(self.path)
        return f"{self.severity}: {place}: {self.message}"
