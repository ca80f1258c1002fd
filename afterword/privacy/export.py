"""Everything of a person as Markdown for reading and JSON for machines."""

from __future__ import annotations

import json
from typing import Any

Everything = dict[str, list[Any]]


def is_empty(everything: Everything) -> bool:
    """Whether there is nothing to give but what is known without any words."""
    return not any(records for kind, records in everything.items() if kind != "person")


def as_json(everything: Everything) -> str:
    """Every record with every field."""
    return json.dumps(_plain(everything), ensure_ascii=False, indent=2) + "\n"


def as_markdown(everything: Everything) -> str:
    """The same, a heading for each kind and a list for each record."""
    parts = []
    for kind, records in _plain(everything).items():
        if not records:
            continue
        parts.append(f"## {kind}")
        for record in records:
            parts.append("\n".join(f"- {name}: {_told(value)}" for name, value in record.items()))
    return "\n\n".join(parts) + "\n"


def _plain(everything: Everything) -> dict[str, list[dict[str, Any]]]:
    return {
        kind: [json.loads(r.json()) if hasattr(r, "json") else r for r in records]
        for kind, records in everything.items()
    }


def _told(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value).replace("\n", "\n  ")
