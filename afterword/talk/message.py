"""One message of the person, as understood. Built by the actions from Rasa's parse result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Extra


class Heard(BaseModel):
    """One piece of evidence. `start` and `end` are character offsets into the message."""

    kind: str
    id: str
    rule: str
    means: str = ""
    strength: str = "strong"
    start: int = 0
    end: int = 0
    text: str = ""
    sentence: int = 0
    flags: list[str] = []
    tags: list[str] = []

    class Config:
        extra = Extra.ignore


class Message(BaseModel):
    """What the person sent: their words, the intent read in it, the evidence and any risk."""

    text: str = ""
    intent: str = ""
    confidence: float = 1.0
    ranking: list[dict[str, Any]] = []
    evidence: list[Heard] = []
    risk: dict[str, Any] | None = None
    guard_failed: bool = False
    value: str | None = None  # what the pressed button stands for
    now: datetime
    timezone: str = ""  # of the person's place: as the channel tells it, else by their country
    address: str = ""  # where the assistant can write unasked; empty where it cannot
    can_send_first: bool = False  # whether the channel lets the assistant write unasked

    def heard(self, kind: str) -> list[Heard]:
        """The evidence of one kind, in the order of the text."""
        return [found for found in self.evidence if found.kind == kind]

    @property
    def is_button(self) -> bool:
        """Whether a button was pressed instead of words being typed."""
        return self.text.startswith("/")
