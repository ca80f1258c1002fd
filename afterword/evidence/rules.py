"""Pattern files: their shape, their defaults, and errors that say where to look."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Literal, Optional, Union

from pydantic import BaseModel, Extra, Field, ValidationError

from afterword.files import FileError, load_yaml

Kind = Literal["cause", "feeling", "act", "topic", "risk", "people", "draft", "good"]
Flag = Literal["negated", "question", "hypothetical", "reported", "others", "earlier", "nobodys"]
Pattern = Union[str, List[Dict[str, Any]]]

ALL_FLAGS: frozenset[str] = frozenset(Flag.__args__)  # type: ignore[attr-defined]

# What silences a rule of each kind unless the rule says otherwise. A cause counts only when it is
# stated; an act may be asked; what may be a risk is never silenced by default.
DROPPED_BY: Dict[str, frozenset[str]] = {
    "cause": ALL_FLAGS,
    "feeling": ALL_FLAGS - {"nobodys"},
    "act": frozenset({"negated", "reported", "others"}),
    "topic": frozenset(),
    "people": frozenset({"negated", "others"}),
    "risk": frozenset(),
    "draft": frozenset(),
    "good": frozenset(),
}


class PatternError(ValueError):
    """A pattern file is wrong; the message gives its path, the key and what was expected."""


class Rule(BaseModel):
    """One rule: the patterns, of which one must match, and what the match means."""

    id: str
    means: str
    any: List[Pattern] = Field(..., min_items=1)
    unless: List[Pattern] = Field(default_factory=list)
    also: List[Pattern] = Field(default_factory=list)
    strength: Literal["strong", "weak"] = "strong"
    keep: List[Flag] = Field(default_factory=list)
    drop: List[Flag] = Field(default_factory=list)
    tags: List[str] = Field(default_factory=list)
    rewrite: Optional[str] = None
    examples: List[str] = Field(default_factory=list)
    near_misses: List[str] = Field(default_factory=list)

    class Config:
        extra = Extra.forbid


class RuleFile(BaseModel):
    """A file of rules that are all evidence for one id. Keys of its own stay in `about`."""

    kind: Kind
    id: str
    about: Dict[str, Any] = Field(default_factory=dict)
    rules: List[Rule]
    path: Path = Path()

    class Config:
        extra = Extra.forbid


def load_rule_file(path: Path) -> RuleFile:
    """Reads one pattern file.

    Raises:
        PatternError: not YAML, a key missing or unknown, or a rule id used twice.
    """
    try:
        content = load_yaml(path)
        if not isinstance(content, dict):
            raise PatternError(f"{path}: expected the keys kind, id and rules")
        loaded = RuleFile(**{**content, "path": path})
    except FileError as error:
        raise PatternError(str(error)) from error
    except ValidationError as error:
        raise PatternError(f"{path}: {_first(error)}") from error
    seen: set[str] = set()
    for rule in loaded.rules:
        if rule.id in seen:
            raise PatternError(f"{path}: rule '{rule.id}' is there twice")
        seen.add(rule.id)
    return loaded


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    return f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"


def load_rule_files(folder: Path) -> list[RuleFile]:
    """Reads every pattern file under a folder, in the order of their paths; sets.yml is no such."""
    paths = sorted(folder.rglob("*.yml"))
    return [load_rule_file(path) for path in paths if not path.name.startswith("sets")]


def load_sets(folder: Path) -> dict[str, list[str]]:
    """Reads the named word sets: sets.yml and any sets-*.yml of a folder.

    Raises:
        PatternError: not a table of lists, or a name given twice.
    """
    sets: dict[str, list[str]] = {}
    for path in sorted(folder.glob("sets*.yml")):
        content = load_yaml(path) or {}
        for name, words in content.items():
            if name in sets:
                raise PatternError(f"{path}: set '{name}' is given twice")
            if not isinstance(words, list):
                raise PatternError(f"{path}: {name}: expected a list of words")
            sets[name] = [str(word) for word in words]
    return sets
