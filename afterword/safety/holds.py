"""Holds: what stands after a risk was heard, how long, and what was already said about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Dict, List, Optional

from pydantic import BaseModel, Extra

from afterword.safety.settings import Settings

MINOR = "minor"
QUIET_WEEK = timedelta(days=7)  # protocol, self_harm: steps 2 and 10 stay away that week


class Hold(BaseModel):
    """One class held for this person. Times are aware; `until` None means no end of its own."""

    name: str
    rule: str = ""
    since: datetime
    heard: datetime  # when it was heard last
    until: Optional[datetime] = None
    shown: int = 0  # how often its text was shown: full, then short, then the button alone
    denials: int = 0
    misread_asked: bool = False  # the plain question after a misread is put once
    eased: bool = False  # the way back was taken as far as it goes

    class Config:
        extra = Extra.ignore

    def stands(self, now: datetime) -> bool:
        """Whether it is still in force."""
        return self.until is None or now < self.until


class SafetyState(BaseModel):
    """Everything safety remembers about a person; kept in the slot safety__state."""

    holds: List[Hold] = []
    question: str = ""  # the open question: "ask:self_harm", "check:minor", "country", ...
    country: str = ""
    country_asked: bool = False
    checked: Dict[str, datetime] = {}  # when the check-in of a class was answered with no
    quiet_until: Optional[datetime] = None  # steps 2 and 10 stay away until then
    plan: List[str] = []  # the three lines of the safety plan, in the person's words

    class Config:
        extra = Extra.ignore

    @classmethod
    def from_plain(cls, plain: Dict[str, Any]) -> SafetyState:
        """Reads the slot; what cannot be read starts afresh."""
        try:
            return cls(**plain)
        except (TypeError, ValueError):
            return cls()

    def to_plain(self) -> Dict[str, Any]:
        """The slot's value: plain JSON, times as ISO texts."""
        plain = self.dict()
        for hold in plain["holds"]:
            for name in ("since", "heard", "until"):
                hold[name] = _iso(hold[name])
        plain["checked"] = {name: _iso(when) for name, when in self.checked.items()}
        plain["quiet_until"] = _iso(self.quiet_until)
        return plain

    def to_keep(self) -> Dict[str, Any]:
        """What the store keeps: classes and dates, no word of the person's; {} without a hold."""
        if not self.holds and self.quiet_until is None:
            return {}
        plain = self.to_plain()
        for hold in plain["holds"]:
            if hold["name"] == MINOR:  # the rule may say the age
                hold["rule"] = ""
        return {name: plain[name] for name in ("holds", "country", "quiet_until")}

    def kept_until(self) -> Optional[date]:
        """The last day the store keeps it; None where a hold has no end of its own."""
        ends = [hold.until for hold in self.holds] + [self.quiet_until] * bool(self.quiet_until)
        known = [end for end in ends if end is not None]
        return max(known).date() if known and len(known) == len(ends) else None

    def standing(self, now: datetime) -> List[Hold]:
        """The holds in force."""
        return [hold for hold in self.holds if hold.stands(now)]

    def hold(self, name: str) -> Optional[Hold]:
        """The hold of a class, if there is one."""
        return next((hold for hold in self.holds if hold.name == name), None)

    def set_hold(self, name: str, rule: str, now: datetime, settings: Settings) -> Hold:
        """Sets or renews the hold of a class; renewing takes back what was eased."""
        hours = settings.classes[name].lifetime_hours
        until = None if hours is None else now + timedelta(hours=hours)
        hold = self.hold(name)
        if hold is None:
            hold = Hold(name=name, rule=rule, since=now, heard=now, until=until)
            self.holds.append(hold)
        else:
            hold.heard, hold.until, hold.eased, hold.rule = now, until, False, rule
        if name == "self_harm":
            self.quiet_until = now + QUIET_WEEK
        return hold

    def drop(self, name: str) -> None:
        """Ends the hold of a class."""
        self.holds = [hold for hold in self.holds if hold.name != name]

    def forget_what_ended(self, now: datetime) -> None:
        """Drops holds and dates whose time is over (protocol, "What is stored")."""
        self.holds = self.standing(now)
        if self.quiet_until is not None and self.quiet_until <= now:
            self.quiet_until = None


def hold_names(plain: Dict[str, Any], now: datetime) -> List[str]:
    """Names of the classes that take steps away now; `plain` is the state's `safety`.

    In the week after self_harm was heard its steps stay withheld even when the hold has eased.
    """
    state = SafetyState.from_plain(plain)
    names = [hold.name for hold in state.standing(now)]
    if "self_harm" not in names and state.quiet_until is not None and now < state.quiet_until:
        names.append("self_harm")
    return names


def _iso(when: Optional[datetime]) -> Optional[str]:
    return None if when is None else when.isoformat()
