"""What is understood of a message, as one JSON line; the format of `afterword parse`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from afterword.understanding.causes import claims_of
from afterword.understanding.feelings import felt

OUTSIDE = frozenset(("out_of_scope", "nlu_fallback"))


def line_of(name: object, parsed: Mapping[str, Any], language_ok: bool) -> dict[str, Any]:
    """Builds the line of one message.

    Args:
        name: what the line's "id" shall be.
        parsed: a parse result: "intent", "evidence" (plain dicts) and "risk".
        language_ok: whether the message looked like English.
    """
    intent = parsed.get("intent") or {}
    heard = [SimpleNamespace(**found) for found in parsed.get("evidence") or []]
    outside = intent.get("name") in OUTSIDE
    return {
        "id": name,
        "intent": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0.0), 4),
        # What is none of our business has no cause either.
        "causes": [] if outside else _causes(heard),
        "feelings": [{"id": f.id, "holder": f.holder, "text": f.words} for f in felt(heard)],
        "risk": _risk(parsed.get("risk")),
        "language_ok": language_ok,
    }


def _causes(heard: Iterable[Any]) -> list[dict[str, str]]:
    return [{"id": c.id, "text": c.words, "rule": c.rule} for c in claims_of(heard)]


def _risk(risk: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {key: risk[key] for key in ("class", "rule", "strength")} if risk else None
