"""What data/drafts holds besides patterns: why a kind lands badly, and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Tuple

from pydantic import Field, validator

from afterword.content.errors import build, read_table
from afterword.content.models import Content
from afterword.evidence import Engine
from afterword.evidence.rules import RuleFile

FOLDERS = ("drafts/findings", "drafts/good")


class Kind(Content):
    """A kind of finding. `rewrite` are honest suggestions, never sent by the assistant.

    `together` names pairs of rules of the kind that only count when both are heard in one draft:
    praise is no flattery until a favour is asked. The first one's words are shown.
    `outweighs` are kinds not named as well where this one's words overlap theirs, `covers` kinds
    not named anywhere in the draft: one reason said well is heard better than three.
    `also` names, by rule, the kinds its words are as well: things held back until they talk are a
    lever and an ultimatum. `several` says in how many sentences a rule must be heard to count.
    """

    grave: bool = False
    why: str
    rewrite: List[str] = Field(..., min_items=1)
    evidence: List[str] = Field(default_factory=list)
    together: List[Tuple[str, str]] = Field(default_factory=list)
    outweighs: List[str] = Field(default_factory=list)
    covers: List[str] = Field(default_factory=list)
    also: Dict[str, List[str]] = Field(default_factory=dict)
    several: Dict[str, int] = Field(default_factory=dict)

    @validator("rewrite", pre=True)
    def _one_or_several(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class Good(Content):
    """A good thing a draft may have, in words."""

    what: str


class AskWords(Content):
    """The words by which asks are counted (data/drafts/asks.yml)."""

    requests: List[str]
    questions: List[str]
    breaks: List[str]
    pressing: List[str]
    greetings: List[str]


class Rules:
    """Everything a review goes by, loaded once."""

    def __init__(self, engine: Engine, whole: dict[str, Kind], asks: AskWords) -> None:
        self.engine = engine
        self.asks = asks
        self.kinds = {**_about(engine.files, "draft", Kind), **whole}
        self.good = _about(engine.files, "good", Good)
        self.rewrites = {
            f"{file.id}.{rule.id}": rule.rewrite
            for file in engine.files
            for rule in file.rules
            if rule.rewrite
        }

    @classmethod
    def load(cls, data: Path) -> Rules:
        """Reads data/drafts.

        Raises:
            PatternError, ContentError: a file is wrong; the error says where.
        """
        path = data / "drafts" / "whole.yml"
        whole = {name: build(Kind, item, path, name) for name, item in read_table(path).items()}
        asks = data / "drafts" / "asks.yml"
        return cls(Engine.load(data, FOLDERS), whole, build(AskWords, read_table(asks), asks))


def _about(files: tuple[RuleFile, ...], kind: str, model: type) -> dict:  # type: ignore[type-arg]
    return {
        file.id: build(model, file.about, file.path, "about") for file in files if file.kind == kind
    }
