"""Reads the project's YAML. "yes", "no", "on" and "off" are words people type, never booleans."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """YAML's safe loader with the 1.2 reading of booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF")
)


class FileError(ValueError):
    """A content file cannot be read; the message names it and says where and why."""


def load_yaml(path: Path) -> Any:
    """Reads one YAML file; an empty one gives None.

    Raises:
        FileError: the file is missing or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FileError(f"{path}: not readable as YAML: {error}") from error
