"""Reads a draft sentence by sentence: what tends to land badly and why, and what is good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from afterword.content.errors import build, read_table
from afterword.content.models import Content
from afterword.evidence import Engine, Evidence

FOLDERS = ("drafts/findings", "drafts/good")
TOO_LONG = 120  # words; a message that takes more than a minute to read asks for too much
TOO_MANY = 2  # unanswered messages in the last week, after which another one presses
_ASKS = re.compile(r"\?")


class Whole(Content):
    """A kind that is about the draft as a whole: why it lands badly, and what to do instead."""

    grave: bool = False
    why: str
    rewrite: str


@dataclass(frozen=True)
class Finding:
    """One finding. `text` are the draft's own words; `start` their offset in the draft."""

    kind: str
    text: str
    start: int
    why: str
    rewrite: str
    grave: bool


@dataclass(frozen=True)
class Review:
    """What was found, in the order of the draft, and what is good, by id."""

    findings: tuple[Finding, ...]
    good: tuple[str, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds found, each once, in the order of the draft."""
        return list(dict.fromkeys(finding.kind for finding in self.findings))

    @property
    def overall(self) -> str:
        """The overall judgement as a reply key: no score, one sentence."""
        if any(finding.grave for finding in self.findings):
            return "draft.overall_grave"
        if self.findings:
            return "draft.overall_some"
        return "draft.overall_clear" if self.good else "draft.overall_plain"


class Reviewer:
    """The rules for drafts, compiled once."""

    def __init__(self, engine: Engine, whole: dict[str, Whole]) -> None:
        self._engine, self._whole = engine, whole
        self._about = {file.id: file.about for file in engine.files}

    @property
    def good_words(self) -> dict[str, str]:
        """What each good thing is, in words, by id."""
        return {name: str(about["what"]) for name, about in self._about.items() if "what" in about}

    @classmethod
    def load(cls, data: Path) -> Reviewer:
        """Reads data/drafts.

        Raises:
            PatternError, ContentError: a file is wrong; the error says where.
        """
        path = data / "drafts" / "whole.yml"
        whole = {name: build(Whole, item, path, name) for name, item in read_table(path).items()}
        return cls(Engine.load(data, FOLDERS), whole)

    def review(self, draft: str, recent: int = 0) -> Review:
        """Reviews a draft of any length.

        Args:
            draft: the message as the person would send it.
            recent: messages sent in the last week that were not answered.
        """
        reading = self._engine.read(draft)
        findings = self._found(reading.of("draft"))
        asks = _asks(draft, reading.of("good"))
        findings += self._about_whole(draft, recent, asks)
        good = {found.id for found in reading.of("good")}
        if asks != 1 or any(f.kind in ("pressure_to_answer", "ultimatum") for f in findings):
            good.discard("one_clear_ask")
        order = tuple(sorted(findings, key=lambda finding: finding.start))
        return Review(order, tuple(sorted(good)))

    def _found(self, heard: Sequence[Evidence]) -> list[Finding]:
        """One finding for each kind and sentence: the longest words say it best."""
        best: dict[tuple[str, int], Evidence] = {}
        for found in heard:
            place = (found.id, found.sentence)
            if place not in best or len(found.text) > len(best[place].text):
                best[place] = found
        return [
            Finding(
                kind=found.id,
                text=found.text,
                start=found.start,
                why=self._about[found.id]["why"],
                rewrite=self._about[found.id]["rewrite"],
                grave=bool(self._about[found.id]["grave"]),
            )
            for found in best.values()
        ]

    def _about_whole(self, draft: str, recent: int, asks: int) -> list[Finding]:
        kinds = []
        if asks >= 3:
            kinds.append("several_asks")
        if len(draft.split()) > TOO_LONG:
            kinds.append("too_long")
        if recent >= TOO_MANY:
            kinds.append("too_many_lately")
        return [
            Finding(
                kind,
                draft[:60],
                len(draft),
                self._whole[kind].why,
                self._whole[kind].rewrite,
                self._whole[kind].grave,
            )
            for kind in kinds
        ]


def _asks(draft: str, good: Sequence[Evidence]) -> int:
    """How many things the draft asks for: questions, and requests without a question mark."""
    requests = {found.sentence for found in good if found.id == "one_clear_ask"}
    return max(len(_ASKS.findall(re.sub(r"\?+", "?", draft))), len(requests))
