"""Decides which intent a message has, from the classifier's ranking and the evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from afterword.evidence import Reading
from afterword.understanding.causes import claims_of


@dataclass(frozen=True)
class Decision:
    """The intent, how sure, and why in words."""

    intent: str
    confidence: float
    reason: str
    ranking: dict[str, float] = field(default_factory=dict)

    def ranking_list(self) -> list[dict[str, Any]]:
        """The ranking as Rasa keeps it, likeliest first."""
        order = sorted(self.ranking.items(), key=lambda item: -item[1])
        return [{"name": name, "confidence": confidence} for name, confidence in order[:10]]


def decide(reading: Reading, ranking: dict[str, float]) -> Decision:
    """An act that was heard wins; then a claimed cause; then the classifier, without causes."""
    acts = [found.id for found in reading.of("act") if found.strength == "strong"]
    if acts:
        return Decision(acts[0], 0.95, "an act was heard", ranking)
    claims = claims_of(reading.evidence)
    best = max(ranking, key=lambda name: ranking[name], default="out_of_scope")
    if claims and best not in ("ask_contact", "ask_get_back", "ask_article"):
        return Decision(f"cause_{claims[0].id}", 0.9, "a cause was claimed", ranking)
    others = {n: c for n, c in ranking.items() if not n.startswith("cause_")}
    best = max(others, key=lambda name: others[name], default="out_of_scope")
    return Decision(best, ranking.get(best, 0.0), "the classifier", ranking)
