"""Takes words out of events before they are stored: those of a message that raised risk.

The storage table of the safety protocol: the text of a message that fired is never kept. What a
turn derived from it (slots, replies that quote it) loses the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

REMOVED = "[removed]"
_SHORTEST = 8  # characters; shorter pieces are everyday words that tell nothing
_MOST_RANKED = 5
_RISK_FACTS = ("class", "kind", "rule", "strength", "immediate", "tags", "classes", "rules")

Event = dict[str, Any]


def storable(events: Iterable[Event]) -> list[Event]:
    """Events as they may be stored: slim, and without the words of risky messages."""
    kept: list[Event] = []
    spoken: list[str] = []  # the words of the turn under way that must not stay
    for event in events:
        if event.get("event") == "user":
            parsed = event.get("parse_data") or {}
            risky = parsed.get("risk") is not None or bool(parsed.get("guard_failed"))
            spoken = _words_of(event, parsed) if risky else []
            kept.append(_silenced(event, parsed) if risky else _slim(event, parsed))
        elif spoken:
            kept.append({name: _without(value, spoken) for name, value in event.items()})
        else:
            kept.append(event)
    return kept


def _slim(event: Event, parsed: dict[str, Any]) -> Event:
    """Leaves out what only the classifier needed."""
    small = {k: v for k, v in parsed.items() if k not in ("text_tokens", "response_selector")}
    if isinstance(small.get("intent_ranking"), list):
        small["intent_ranking"] = small["intent_ranking"][:_MOST_RANKED]
    return {**event, "parse_data": small}


def _silenced(event: Event, parsed: dict[str, Any]) -> Event:
    """The event with nothing in it that the person wrote."""
    risk = parsed.get("risk")
    facts = {k: v for k, v in risk.items() if k in _RISK_FACTS} if isinstance(risk, dict) else risk
    return {
        **event,
        "text": REMOVED,
        "metadata": {},
        "parse_data": {
            "intent": parsed.get("intent"),
            "entities": [],
            "text": REMOVED,
            "message_id": parsed.get("message_id"),
            "metadata": {},
            "evidence": [],
            "risk": facts,
            "guard_failed": parsed.get("guard_failed", False),
        },
    }


def _words_of(event: Event, parsed: dict[str, Any]) -> list[str]:
    """The message and its pieces, longest first."""
    pieces = {str(event.get("text") or ""), str(parsed.get("text") or "")}
    pieces |= {str(found.get("text") or "") for found in parsed.get("evidence") or []}
    pieces |= {str(entity.get("value") or "") for entity in parsed.get("entities") or []}
    long = {piece.strip() for piece in pieces if len(piece.strip()) >= _SHORTEST}
    short = {str(event.get("text") or "").strip()}  # a whole message goes, however short
    return sorted((long | short) - {""}, key=len, reverse=True)


def _without(value: Any, spoken: list[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(inner, spoken) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, spoken) for inner in value]
    if not isinstance(value, str):
        return value
    bare = value.strip().lower()
    if len(bare) >= _SHORTEST and any(bare in piece.lower() for piece in spoken):
        return REMOVED
    for piece in spoken:
        if len(piece) >= _SHORTEST:
            value = value.replace(piece, REMOVED)
    return value
