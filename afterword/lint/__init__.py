"""Checks what types and tests do not see: that files agree with each other, and what may be said.

`afterword lint` prints the findings. Each module is one family of checks.
"""

from afterword.lint.findings import Finding, Severity
from afterword.lint.project import Project
from afterword.lint.run import FAMILIES, lint

__all__ = ["FAMILIES", "Finding", "Project", "Severity", "lint"]
