"""A conversation with safety alone: what is said to it, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from afterword.content import Library
from afterword.evidence import Engine
from afterword.evidence.rules import load_rule_file, load_rule_files, load_sets
from afterword.safety import judge
from afterword.safety.protocol import Safety
from afterword.talk import Heard, Message, State, Turn
from afterword.talk.voice import Voice

DATA = Path(__file__).parents[3] / "data"
MONDAY = datetime(2026, 11, 23, 20, 0, tzinfo=timezone.utc)


@dataclass
class Store:
    """Keeps holds, consent and counts the way the notebook does."""

    kept: dict[str, Any] = field(default_factory=dict)
    until: date | None = None
    counts: list[tuple[str, str]] = field(default_factory=list)
    consented: bool = False

    def disagree(self) -> None:
        self.consented = False

    def holds(self) -> dict[str, Any]:
        return self.kept

    def keep_holds(self, holds: dict[str, Any], until: date | None) -> None:
        self.kept, self.until = holds, until

    def count_risk(self, name: str, rule: str, now: datetime) -> None:
        self.counts.append((name, rule))


class Talk:
    """One person, talking; `says`, `presses` and `asks` tell which replies came."""

    # The guard's own rules and those of a misread: what others write is tested elsewhere.
    engine = Engine(
        [
            *load_rule_files(DATA / "patterns" / "risk"),
            load_rule_file(DATA / "patterns" / "acts" / "misread.yml"),
        ],
        load_sets(DATA / "patterns"),
        DATA / "style",
    )
    voice = Voice.load(DATA / "replies")
    library = Library.load(DATA)

    def __init__(self, now: datetime = MONDAY, store: Any = None) -> None:
        self.safety = Safety.load(DATA)
        self.state, self.now = State(), now
        self.store = store if store is not None else Store()
        self.texts: list[str] = []
        self.buttons: list[str] = []

    def later(self, **passed: float) -> Talk:
        self.now += timedelta(**passed)
        return self

    def says(self, text: str, intent: str = "tell_story") -> list[str]:
        reading = self.engine.read(text)
        risk = judge(reading)
        evidence = [
            Heard(**{**vars(found), "flags": sorted(found.flags), "tags": list(found.tags)})
            for found in reading.evidence
        ]
        return self._turn(
            Message(
                text=text,
                intent=intent,
                evidence=evidence,
                risk=risk.as_dict() if risk else None,
                now=self.now,
            )
        )

    def presses(self, value: str) -> list[str]:
        text = f'/answer{{"v":"{value}"}}'
        return self._turn(Message(text=text, intent="answer", value=value, now=self.now))

    def asks(self, intent: str) -> list[str]:
        return self._turn(Message(text=f"/{intent}", intent=intent, now=self.now))

    def fails(self) -> list[str]:
        return self._turn(Message(text="hm", intent="tell_story", guard_failed=True, now=self.now))

    def held(self) -> list[str]:
        return [hold["name"] for hold in self.state.safety.get("holds", [])]

    def _turn(self, message: Message) -> list[str]:
        """The keys of the replies; none where safety leaves the message to the others."""
        if not self.safety.takes(message, self.state.safety):
            return []
        turn = Turn(message, self.state, self.voice, self.library, self.store)
        self.safety.answer(turn)
        self.state = turn.state
        self.texts = [said.text for said in turn.said]
        self.buttons = [button.send for said in turn.said for button in said.buttons]
        return turn.keys
