"""The writing prompts of data/writing, and which of them fit a person today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from afterword.content.errors import ContentError, build
from afterword.content.models import Content
from afterword.files import load_yaml

MOST_OFFERED = 3


class Prompt(Content):
    """A prompt: what it asks, the evidence for it or none, and what it fits."""

    id: str
    title: str
    text: str
    evidence: list[str] = []
    causes: list[str] = []
    feelings: list[str] = []


def load_prompts(path: Path) -> dict[str, Prompt]:
    """Reads data/writing/prompts.yml.

    Raises:
        ContentError: the file is wrong; the error says where.
    """
    items = load_yaml(path)
    if not isinstance(items, list) or not items:
        raise ContentError(path, "", "expected a list of prompts")
    prompts = [build(Prompt, item, path, str(place)) for place, item in enumerate(items)]
    return {prompt.id: prompt for prompt in prompts}


def fitting(
    prompts: Sequence[Prompt],
    causes: Collection[str],
    feelings: Collection[str],
    written: Sequence[str],
) -> list[Prompt]:
    """The prompts to offer, best first: what fits cause and feeling, what was written least.

    Args:
        causes: ids of confirmed causes.
        feelings: ids of feelings heard lately.
        written: ids of the prompts written to before, oldest first.
    """

    def rank(prompt: Prompt) -> tuple[int, int]:
        fit = 2 * len(set(prompt.causes) & set(causes)) + len(set(prompt.feelings) & set(feelings))
        return (list(written).count(prompt.id), -fit)

    return sorted(prompts, key=rank)[:MOST_OFFERED]


def should_stop(scores: Sequence[tuple[int, int]]) -> bool:
    """Whether the last two sessions both left the person lower (evidence: sbarra2013).

    Args:
        scores: (before, after) of each session, from 1 to 5, oldest first.
    """
    last = list(scores)[-2:]
    return len(last) == 2 and all(after < before for before, after in last)
