"""The guard: from the evidence of a message to the one risk that is answered first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Literal, Optional, Protocol, Sequence

from afterword.safety.settings import Settings, default_data, settings_of

Strength = Literal["strong", "weak"]


class RiskEvidence(Protocol):
    """What the guard needs of a piece of evidence. Offsets count characters of the raw text."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def strength(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def flags(self) -> frozenset[str]: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


class HasEvidence(Protocol):
    """A reading, as far as the guard looks at it."""

    @property
    def evidence(self) -> Sequence[RiskEvidence]: ...


@dataclass(frozen=True)
class Risk:
    """The risk answered first. `also` names every class heard strongly, to be held as well."""

    name: str
    rule: str
    strength: Strength
    immediate: bool = False
    also: List[str] = field(default_factory=list)

    def as_dict(self) -> Dict[str, Any]:
        """The form in which it travels with the parsed message."""
        return {
            "class": self.name,
            "rule": self.rule,
            "strength": self.strength,
            "immediate": self.immediate,
            "also": list(self.also),
        }


def judge(reading: HasEvidence, settings: Optional[Settings] = None) -> Optional[Risk]:
    """Judges a message by its risk evidence; None where there is none.

    Order (protocol rule 2): danger at this moment, then strong evidence before weak, then the
    order of the classes. Evidence inside a longer match of another class is that other class's:
    "he says he wants to die" is about him.

    Raises:
        KeyError, ValueError: the evidence names a class the protocol does not know.
    """
    settings = settings or settings_of(default_data())
    found = [item for item in reading.evidence if item.kind == "risk"]
    heard = [_weighed(item, settings) for item in found if not _covered(item, found)]
    if not heard:
        return None
    heard.sort(key=lambda one: (not one.immediate, one.strength == "weak", settings.rank(one.name)))
    first = heard[0]
    also = [one.name for one in heard if one.strength == "strong" and one.name != first.name]
    return Risk(first.name, first.rule, first.strength, first.immediate, _once(also))


def _weighed(item: RiskEvidence, settings: Settings) -> Risk:
    """One piece of evidence, weaker where its scope says so (asked, somebody else's, ...)."""
    softened = set(item.flags) & set(settings.classes[item.id].softened_by)
    strength: Strength = "weak" if softened or item.strength == "weak" else "strong"
    immediate = strength == "strong" and settings.immediate_tag in item.tags
    return Risk(item.id, item.rule, strength, immediate)


def _covered(item: RiskEvidence, found: Iterable[RiskEvidence]) -> bool:
    return any(
        other.id != item.id
        and other.start <= item.start
        and item.end <= other.end
        and other.end - other.start > item.end - item.start
        for other in found
    )


def _once(names: Iterable[str]) -> List[str]:
    return list(dict.fromkeys(names))
