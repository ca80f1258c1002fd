"""What is wrong with a content file: the path, the key, and what was expected there."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from afterword.files import FileError, load_yaml

Model = TypeVar("Model", bound=BaseModel)


class ContentError(ValueError):
    """A content file is wrong. `path`, `key` and `expected` say where and how."""

    def __init__(self, path: Path, key: str, expected: str) -> None:
        super().__init__(f"{path}: {key}: {expected}" if key else f"{path}: {expected}")
        self.path = path
        self.key = key
        self.expected = expected


def read_table(path: Path) -> dict[str, object]:
    """Reads a YAML file whose top is a table.

    Raises:
        ContentError: missing, no YAML, or no table.
    """
    try:
        content = load_yaml(path)
    except FileError as error:
        raise ContentError(path, "", str(error).removeprefix(f"{path}: ")) from error
    if not isinstance(content, dict):
        raise ContentError(path, "", "expected a table of keys")
    return {str(key): value for key, value in content.items()}


def build(model: type[Model], content: object, path: Path, under: str = "") -> Model:
    """Makes a model of a table; `under` is the key the table stands at, for the error.

    Raises:
        ContentError: a key is missing, unknown or holds something else than expected.
    """
    if not isinstance(content, dict):
        raise ContentError(path, under, "expected a table of keys")
    try:
        return model(**content)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"] if part != "__root__")
        key = ".".join(part for part in (under, place) if part)
        raise ContentError(path, key, _expected(problem)) from error
    except TypeError as error:
        raise ContentError(path, under, f"expected keys that are words ({error})") from error


def _expected(problem: object) -> str:
    """Turns pydantic's wording into what to do about it."""
    kind, message = problem["type"], problem["msg"]  # type: ignore[index]
    if kind == "value_error.missing":
        return "expected this key; it is missing"
    if kind == "value_error.extra":
        return "unknown key; expected only the documented ones"
    return f"expected otherwise: {message}"
