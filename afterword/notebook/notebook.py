"""One person's notebook: what capabilities read and write, wherever it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Callable, Protocol

from afterword.notebook.pages import Pages
from afterword.notebook.records import (
    KINDS,
    Draft,
    Entry,
    Line,
    NotedCause,
    Pause,
    Person,
    Record,
)


class Safekeeping(Protocol):
    """What the notebook asks of the shelf: to move to disk, and the holds that outlive consent."""

    def keep(self, records: Sequence[tuple[str, Record, date | None]]) -> Pages: ...
    def unkeep(self) -> Pages: ...
    def holds(self) -> dict[str, Any]: ...
    def keep_holds(self, holds: dict[str, Any], until: date | None) -> None: ...
    def forget(self) -> list[str]: ...
    def count_risk(self, name: str, rule: str, now: datetime) -> None: ...
    def seen(self, day: date) -> None: ...
    def write_to(self, address: str) -> None: ...
    def link_code(self, now: datetime) -> str: ...
    def link(self, code: str, now: datetime) -> bool: ...
    def unlink(self) -> bool: ...


class Notebook:
    """The notebook of one person.

    Until the person agrees it lives in memory; agreeing moves it to the store. Every method that
    writes may raise StoreUnavailable: then nothing was kept, and the reply must say so.
    """

    def __init__(self, pages: Pages, safekeeping: Safekeeping, away: str = "") -> None:
        """`away` is the cause why what was kept before cannot be reached now."""
        self._pages = pages
        self._shelf = safekeeping
        self.away = away

    def close(self) -> None:
        """Ends the use in this turn."""

    # The person

    def person(self) -> Person:
        """What is known of the person apart from their words."""
        found: list[Person] = self._pages.all("person")
        return found[0] if found else Person()

    @property
    def consented(self) -> bool:
        """Whether the person agreed that things are kept."""
        return self.person().consent == "yes"

    def agree(self, today: date) -> None:
        """The person is an adult and agrees: what was written so far moves to the store.

        Raises:
            StoreUnavailable: nothing was moved, and nothing of it is lost.
        """
        agreed = self.person().copy(update={"consent": "yes", "adult": True, "created": today})
        if self._pages.on_disk:
            self._set_person(agreed)
            return
        records = [
            (kind, record, _due(record))
            for kind in KINDS
            if kind != "person"
            for record in self._pages.all(kind)
        ]
        kept = self._shelf.keep([("person", agreed, None), *records])
        self._pages.forget()
        self._pages = kept

    def disagree(self) -> None:
        """The person does not agree (any more): what was kept is deleted, the talk goes on."""
        self._pages.forget()
        self._pages = self._shelf.unkeep()
        self._set_person(Person(consent="no"))

    def set_person(self, **values: Any) -> None:
        """Changes what is known of the person, such as `country`."""
        self._set_person(self.person().copy(update=values))

    def keep_want(self, want: str) -> None:
        """Notes whether they want the ex back: back, unsure or letting_go."""
        self.set_person(wants=want)

    def keep_step_seen(self, number: int) -> None:
        """Notes that a step was shown."""
        steps = self.person().steps
        if number not in steps:
            self.set_person(steps=[*steps, number])

    def _set_person(self, person: Person) -> None:
        if person.id and any(known.id == person.id for known in self._pages.all("person")):
            self._pages.change("person", person)
        else:
            self._pages.add("person", person)

    # The pause

    def pause(self) -> Pause | None:
        """The pause that stands, or whose end was not talked about yet."""
        found: list[Pause] = [p for p in self._pages.all("pause") if p.status == "standing"]
        return found[-1] if found else None

    def pauses(self) -> list[Pause]:
        """Every pause, oldest first."""
        return list(self._pages.all("pause"))

    def start_pause(self, pause: Pause) -> None:
        """Starts a pause; one that stood is closed."""
        self.end_pause("stopped")
        self._pages.add("pause", pause, due=_due(pause))

    def restart_pause(self, start: date, end: date) -> None:
        """Counts the standing pause from another day."""
        self._change_pause(lambda pause: pause.copy(update={"start": start, "end": end}))

    def end_pause(self, status: str, why_end: str = "") -> None:
        """Closes the standing pause: stopped or over."""
        self._change_pause(lambda p: p.copy(update={"status": status, "why_end": why_end}))

    def add_slip(self, words: str) -> None:
        """Notes what set off a slip."""
        self._change_pause(lambda pause: pause.copy(update={"slips": [*pause.slips, words]}))

    def mark_day_said(self, day: date) -> None:
        """Notes that the day of the pause was said today."""
        self._change_pause(lambda pause: pause.copy(update={"day_said": day}))

    def _change_pause(self, change: Callable[[Pause], Pause]) -> None:
        pause = self.pause()
        if pause is not None:
            changed = change(pause)
            self._pages.change("pause", changed, due=_due(changed))

    # The journal

    def entries(self) -> list[Entry]:
        """Every page, oldest first."""
        return list(self._pages.all("entry"))

    def entry(self, entry_id: str) -> Entry | None:
        """One page; None where it is gone."""
        return next((entry for entry in self.entries() if entry.id == entry_id), None)

    def begin_entry(self, entry: Entry) -> str:
        """Opens a page; returns its id."""
        return self._pages.add("entry", entry)

    def add_to_entry(self, entry_id: str, text: str) -> None:
        """Adds a message to a page."""
        entry = self.entry(entry_id)
        if entry is not None:
            entry.text = f"{entry.text}\n{text}".strip()
            self._pages.change("entry", entry)

    def finish_entry(self, entry_id: str, after: int, now: datetime) -> Entry | None:
        """Closes a page with how the person feels now (1 to 5)."""
        entry = self.entry(entry_id)
        if entry is not None:
            entry.after, entry.ended = after, now
            self._pages.change("entry", entry)
        return entry

    def edit_entry(self, entry_id: str, text: str, now: datetime) -> None:
        """Replaces the text of a page."""
        entry = self.entry(entry_id)
        if entry is not None:
            entry.text, entry.edited = text, now
            self._pages.change("entry", entry)

    def delete_entry(self, entry_id: str) -> None:
        """Deletes a page for good."""
        self._pages.remove("entry", entry_id)

    # Causes, the plan, drafts

    def keep_cause(self, cause: str, words: str, how: str) -> None:
        """Notes a cause in the person's words: confirmed, partly or explored."""
        self._pages.add("cause", NotedCause(cause=cause, words=words, how=how))

    def causes(self) -> list[NotedCause]:
        """The causes noted."""
        return list(self._pages.all("cause"))

    def add_line(self, section: str, text: str) -> None:
        """Adds a line to a section of the plan."""
        self._pages.add("line", Line(section=section, text=text))

    def lines(self, section: str = "") -> list[Line]:
        """The lines of a section, or all of them."""
        return [line for line in self._pages.all("line") if section in ("", line.section)]

    def remove_line(self, line_id: str) -> None:
        """Deletes a line."""
        self._pages.remove("line", line_id)

    def keep_draft(self, text: str, kinds: list[str], good: list[str]) -> None:
        """Keeps a draft that was looked at."""
        self._pages.add("draft", Draft(text=text, kinds=kinds, good=good))

    def drafts(self) -> list[Draft]:
        """The drafts kept."""
        return list(self._pages.all("draft"))

    # Safety: kept without consent, but without a word of the person's (docs/privacy.md)

    def holds(self) -> dict[str, Any]:
        """The safety state that was kept; empty where there is none."""
        return self._shelf.holds()

    def keep_holds(self, holds: dict[str, Any], until: date | None) -> None:
        """Keeps the safety state; `until` is the day after which it is dropped, None for no end."""
        self._shelf.keep_holds(holds, until)

    def count_risk(self, name: str, rule: str, now: datetime) -> None:
        """Counts a risk without saying whose."""
        self._shelf.count_risk(name, rule, now)

    def mark_seen(self, day: date) -> None:
        """Notes the day of the last message; retention counts from here."""
        self._shelf.seen(day)

    # Links between channels, reminders, everything and nothing

    def remember_address(self, address: str) -> None:
        """Notes where a wanted reminder goes."""
        if self.consented:
            self._shelf.write_to(address)

    def link_code(self, now: datetime) -> str:
        """A one-time code that joins another channel to this notebook."""
        return self._shelf.link_code(now)

    def link(self, code: str, now: datetime) -> bool:
        """Joins this channel to the notebook the code belongs to; False for a wrong code."""
        return self._shelf.link(code, now)

    def unlink(self) -> bool:
        """Takes this channel out of a joined notebook; False where it was in none."""
        return self._shelf.unlink()

    def everything(self) -> dict[str, list[Any]]:
        """Every record of every kind, and the holds: what an export must hold."""
        found: dict[str, list[Any]] = {kind: self._pages.all(kind) for kind in KINDS}
        held = self.holds()
        found["hold"] = [held] if held else []
        return found

    def forget(self) -> list[str]:
        """Deletes everything at once, holds and joined channels included.

        Returns:
            the keys of the person's other channels, whose conversations must go as well.
        """
        others = self._shelf.forget()
        self._pages.forget()
        self._pages = self._shelf.unkeep()
        return others


def _due(record: Record) -> date | None:
    """The day a reminder is wanted; None for everything but a pause that wants one."""
    if isinstance(record, Pause) and record.reminder_wanted and not record.reminder_sent:
        return record.end if record.status == "standing" else None
    return None
