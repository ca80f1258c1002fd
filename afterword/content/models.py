"""What a cause, a step and a piece of evidence are. Unknown keys are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel, Extra, Field, root_validator, validator

from afterword.content.wording import PRONOUN_NAMES, names_in

Hold = Literal[
    "self_harm",
    "abuse_victim",
    "ex_threatens_suicide",
    "harm_other_or_stalking",
    "no_contact_boundary",
    "minor",
]
Want = Literal["back", "unsure", "letting_go"]
Shared = Literal["children", "home", "work"]
PauseState = Literal["standing", "none"]
WritingPrompt = Literal[
    "who_am_i_now",
    "good_it_gave",
    "tell_a_friend",
    "seen_from_outside",
    "good_future_day",
    "unsent_letter",
]


class Content(BaseModel):
    """Strict ground of every model: unknown keys refused, nothing changed after loading."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False
        anystr_strip_whitespace = True


def _only_pronouns(text: str) -> str:
    unknown = sorted(names_in(text) - PRONOUN_NAMES)
    if unknown:
        raise ValueError(f"unknown placeholder {{{unknown[0]}}}")
    return text


class EvidenceItem(Content):
    """One study, in careful words, and what it does not show (evidence.md)."""

    id: str
    finding: str = Field(..., min_length=20)
    source: str = Field(..., min_length=3)
    kind: Literal["experiment", "trial", "longitudinal", "correlational", "meta_analysis", "none"]
    caveat: str = Field(..., min_length=10)

    @validator("finding")
    def _careful(cls, text: str) -> str:
        words = text.lower()
        if not any(word in words for word in ("may ", "might ", "can ", "no peer-reviewed")):
            raise ValueError("a finding is told carefully; expected 'may', 'might' or 'can' in it")
        return text


class Claim(Content):
    """Something the article claims, told as its claim, with evidence ids or none."""

    says: str = Field(..., min_length=20)
    evidence: list[str] = []
    unsupported: bool = False  # searched for, and nothing was found to bear it out

    _says = validator("says", allow_reuse=True)(_only_pronouns)

    @validator("says")
    def _attributed(cls, text: str) -> str:
        if "article" not in text.lower():
            raise ValueError("expected the claim to be given to the article: 'The article says'")
        return text


class Explore(Content):
    """One thing to look at closer: a sign (yes, partly, no) or an open question."""

    id: str
    kind: Literal["sign", "question"]
    text: str

    _text = validator("text", allow_reuse=True)(_only_pronouns)

    @validator("text")
    def _asks(cls, text: str) -> str:
        if not text.endswith("?"):
            raise ValueError("expected a question, ending in '?'")
        return text


class Cause(Content):
    """A reason a relationship ended (article/reading.md). Offered, never declared."""

    id: str
    name: str = Field(..., max_length=50)
    aliases: list[str] = Field(..., min_items=2)
    article_number: Union[int, Literal["introduction"], None]
    what_it_is: str
    article_claims: list[Claim]  # empty where the article does not have the cause
    offer: str
    explore: list[Explore] = Field(..., min_items=1)
    learn: str
    wants: list[str] = Field(..., min_items=1)
    steps: list[int] = Field(..., min_items=1)
    writing: list[WritingPrompt] = Field(..., min_items=1)
    never_under_holds: list[Hold]

    _texts = validator("what_it_is", "offer", "learn", allow_reuse=True)(_only_pronouns)

    @validator("offer")
    def _is_offer(cls, text: str) -> str:
        if not text.startswith("I heard "):
            raise ValueError("expected an offer that begins with 'I heard '")
        return text

    @root_validator(skip_on_failure=True)
    def _hangs_together(cls, values: dict[str, Any]) -> dict[str, Any]:
        ids = [item.id for item in values["explore"]]
        if len(ids) != len(set(ids)):
            raise ValueError("expected every id under explore once")
        if values["article_number"] is None and values["article_claims"]:
            raise ValueError("the article does not have this cause; expected no article_claims")
        return values


class Fits(Content):
    """When a step fits. Empty lists mean: always. `order` is lower for what comes sooner."""

    order: int
    causes: list[str] = []
    wants: list[Want] = []
    pause: list[PauseState] = []


class AskFirst(Content):
    """A question to ask before the step is given to people who share something with their ex."""

    shared: list[Shared] = Field(..., min_items=1)
    text: str

    _text = validator("text", allow_reuse=True)(_only_pronouns)


class Step(Content):
    """One of the article's sixteen steps, judged, with its honest version (protocol.md)."""

    number: int = Field(..., ge=1, le=16)
    name: str = Field(..., max_length=60)
    aliases: list[str] = Field(..., min_items=1)
    judgement: Literal["keep", "reframe", "advise_against", "missing"]
    what_article_says: str
    why: str
    honest_version: str = ""
    how: list[str] = Field([], max_items=3)
    small_thing: str = ""
    evidence: list[str] = []
    withheld_under: list[Hold]
    after_self_harm: bool = False  # may be given in the 72 hours after a self-harm hold
    ask_first: Optional[AskFirst] = None
    abuse_note: str = ""
    refusal: str = ""  # why a text the article prints for this step is not written
    fits: Optional[Fits] = None

    _texts = validator(
        "what_article_says",
        "why",
        "honest_version",
        "small_thing",
        "abuse_note",
        "refusal",
        allow_reuse=True,
    )(_only_pronouns)
    _how = validator("how", each_item=True, allow_reuse=True)(_only_pronouns)

    @root_validator(skip_on_failure=True)
    def _whole_unless_missing(cls, values: dict[str, Any]) -> dict[str, Any]:
        whole = ("honest_version", "how", "small_thing", "fits")
        if values["judgement"] == "missing":
            given = [key for key in whole if values[key]]
            if given:
                raise ValueError(f"a missing step is not made up; expected no '{given[0]}'")
            return values
        for key in whole:
            if not values[key]:
                raise ValueError(f"expected '{key}', which every step but a missing one has")
        if "article" not in values["what_article_says"].lower():
            raise ValueError("expected what_article_says to name the article")
        if values["after_self_harm"] and "self_harm" in values["withheld_under"]:
            raise ValueError("expected either after_self_harm or withheld_under self_harm")
        return values

    def first_question(self, shares: Iterable[str]) -> str:
        """The question to ask before this step, for what the two share; empty where none is."""
        if self.ask_first is None or not set(self.ask_first.shared) & set(shares):
            return ""
        return self.ask_first.text
