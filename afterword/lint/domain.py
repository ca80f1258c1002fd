"""What the domain declares is there: every intent leads somewhere, every action is implemented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from afterword.lint.findings import Finding
from afterword.lint.project import Project
from afterword.lint.text import strings_of

_ACTION = re.compile(r"action_name\s*(?::\s*str\s*)?=\s*[\"'](action_[a-z_]+)[\"']")
_RETURNED = re.compile(r"return\s+[\"'](action_[a-z_]+)[\"']")
_NAMED = re.compile(r"\baction_[a-z_]+\b")
_DOMAIN = Path("domain.yml")


def check(project: Project) -> Iterator[Finding]:
    """Compares domain.yml with the actions, the rules and the configuration."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in project.python_files())
    implemented = {*_ACTION.findall(code), *_RETURNED.findall(code)}
    declared = set(project.domain.get("actions") or [])
    for name in sorted(declared - implemented):
        yield Finding(_DOMAIN, f"actions.{name}", "expected a class under actions with this name")
    ruled = _ruled(project)
    for name in sorted(declared - ruled - _named_elsewhere(project)):
        yield Finding(_DOMAIN, f"actions.{name}", "expected a rule or policy that calls it")
    for name in sorted(project.intents - ruled):
        yield Finding(_DOMAIN, f"intents.{name}", "expected a rule for it under data/rules")
    for name in sorted(_named_in_rules(project) - declared):
        yield Finding(_DOMAIN, "actions", f"expected '{name}', which a rule calls")


def _ruled(project: Project) -> set[str]:
    return {
        text
        for path in project.data_files("rules")
        for key, text in strings_of(project.yaml(path))
        if key.rsplit(".", 1)[-1] in ("intent", "action")
    }


def _named_in_rules(project: Project) -> set[str]:
    return {name for name in _ruled(project) if name.startswith("action_")} - {"action_listen"}


def _named_elsewhere(project: Project) -> set[str]:
    """Actions that config.yml or a policy names, and those Rasa calls by itself."""
    files = [project.root / "config.yml", *sorted((project.root / "addons").rglob("*.py"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())
    return {*_NAMED.findall(text), "action_restart", "action_session_start"}
