"""Compares two versions of a draft by what was found in them."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.drafts.review import Review


@dataclass(frozen=True)
class Change:
    """Kinds that are gone, that are still there and that are new, and what became good."""

    gone: tuple[str, ...]
    left: tuple[str, ...]
    fresh: tuple[str, ...]
    better: tuple[str, ...] = ()


def compare(before: Review, after: Review) -> Change:
    """What changed from one version to the next."""
    old, new = before.kinds, after.kinds
    return Change(
        gone=tuple(kind for kind in old if kind not in new),
        left=tuple(kind for kind in old if kind in new),
        fresh=tuple(kind for kind in new if kind not in old),
        better=tuple(good for good in after.good if good not in before.good),
    )
