"""The plan in the chat: shown, written line by line, and what has been done so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from afterword.journeys.flow import close, step
from afterword.journeys.pause import pause_values, standing
from afterword.notebook.records import Pause
from afterword.pause.dates import day_number, length, local_day
from afterword.plan.page import Page, PlanSpec, as_html, as_markdown, as_text, page_of
from afterword.plan.picture import Weeks, svg
from afterword.talk import Message, State, Turn

# "add: I will not text him after ten" says section and line at once.
_GIVEN = re.compile(
    r"^(?:add|note|put)\W+(?:that\s+)?(?P<line>i\s+(?:will|won['’]?t)\b(?P<no>\s+not\b)?.*\w.*)",
    re.IGNORECASE | re.DOTALL,
)
_OFF = re.compile(
    r"\b(?:remove|delete|erase|drop|cross\b.*\bout|take\b.*\b(?:off|out|away))\b", re.IGNORECASE
)
_NAMED = {
    "want": re.compile(r"(?:what )?i want|want|wants"),
    "will_not": re.compile(r"(?:what )?i (?:will not|wont)|will not|wont"),
    "will": re.compile(r"(?:what )?i will|will"),
    "would_say": re.compile(r"(?:what )?i would say|what to say|would say|say"),
    "call": re.compile(r"who (?:i can|to|can i) call|call"),
    "remove": re.compile(r"(?:remove|delete|take off)(?: (?:a|one|the|that) line)?"),
}
_NEWEST = 7  # pages whose feelings are shown
_SECTIONS = ("want", "will", "will_not", "would_say", "call")


class PlanPages:
    """Makes the plan of a person out of the notebook."""

    def __init__(self, spec: PlanSpec) -> None:
        self.spec = spec

    def page(self, turn: Turn) -> Page:
        """The plan as it stands."""
        lines: dict[str, list[str]] = {section: [] for section in _SECTIONS}
        for line in turn.notebook.lines():
            if line.section in lines:
                lines[line.section].append(line.text)
        wants = turn.state.person.wants or turn.notebook.person().wants
        if wants:
            lines["want"].insert(0, self.spec.wants[wants])
        lines["causes"] = self._causes(turn)
        if standing(turn):
            lines["pause"] = [self.spec.pause_line.format(**pause_values(turn))]
        seen = turn.notebook.person().steps or turn.state.steps.shown
        lines["steps"] = [f"{n}. {turn.library.steps[n].name}" for n in sorted(set(seen))]
        return page_of(self.spec, lines)

    def show(self, turn: Turn) -> None:
        """Says the plan, with the files to take away."""
        page = self.page(turn)
        if page.empty:
            turn.say("plan.empty")
            return
        turn.say("plan.show", plan=as_text(page))
        turn.attach("plan.html", "text/html", as_html(page))
        turn.say("plan.files")
        turn.attach("plan.md", "text/markdown", as_markdown(page))

    def as_file(self, turn: Turn) -> None:
        """Gives the plan as a PDF: only when asked, since it is the one file that takes time."""
        page = self.page(turn)
        if page.empty:
            turn.say("plan.empty")
            return
        # Its library and typeface take a second to load, which nobody else should wait for.
        from afterword.plan.pdf import as_pdf

        turn.say("plan.pdf")
        turn.attach("plan.pdf", "application/pdf", as_pdf(page))

    def progress(self, turn: Turn) -> None:
        """Says what has been done over the weeks: days of pause, steps, pages, feelings."""
        words = self.spec.progress
        today = local_day(turn.message.now, turn.message.timezone)
        pauses = [_held(pause, today) for pause in turn.notebook.pauses()]
        days = sum(held for held, _ in pauses)
        entries = turn.notebook.entries()
        scores = [(e.before, e.after) for e in entries if e.before and e.after][-_NEWEST:]
        steps = len(set(turn.notebook.person().steps))
        told = {
            "pause_days": words["pause_days"].format(number=days) if days else "",
            "steps": words["steps"].format(number=steps) if steps else "",
            "pages": words["pages"].format(number=len(entries)) if entries else "",
            "feelings": words["feelings"].format(scores=_as_words(scores)) if scores else "",
        }
        lines = [line for line in told.values() if line]
        if not lines:
            turn.say("plan.no_progress")
            return
        said = turn.say("plan.progress", progress="\n".join(lines))
        # What was felt is drawn under its caption; the numbers in it would not fit.
        captions = {**told, "feelings": words["feelings"].format(scores="").rstrip(" :")}
        weeks = Weeks([p for p in pauses if p[0]], scores, steps, captions)
        turn.attach("progress.svg", "image/svg+xml", svg(weeks, said.text))

    def _causes(self, turn: Turn) -> list[str]:
        noted = [note for note in turn.notebook.causes() if note.how in ("confirmed", "partly")]
        names = turn.library.causes
        told = {
            note.cause: f"{names[note.cause].name}: \u201c{note.words}\u201d"
            for note in noted
            if note.cause in names
        }
        return list(told.values())


class PlanJourney:
    """Adds a line to the plan, or takes one away."""

    name = "plan"
    free_steps = frozenset(("line",))

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks for the section, unless the line was given with the wish."""
        given = _GIVEN.match(turn.message.text.strip())
        if given:
            no = given["no"] or re.match(r"i\s+won", given["line"], re.IGNORECASE)
            self._add(turn, "will_not" if no else "will", given["line"])
            return
        if _OFF.search(turn.message.text):
            self._ask_which(turn)
            return
        turn.say("plan.choose_section")
        step(turn, "section")

    def answers(self, message: Message, state: State) -> bool:
        """A section, then any words."""
        return True

    def go_on(self, turn: Turn) -> None:
        """Takes the section, then the line."""
        open_step = turn.state.journey.step
        if open_step == "section":
            self._take_section(turn)
        elif open_step == "remove":
            self._take_removal(turn)
        elif open_step == "line":
            self._take_line(turn)
        else:
            close(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question."""
        if turn.state.journey.step == "line":
            turn.say(f"plan.ask_{turn.state.journey.data['section']}")
        else:
            turn.say("plan.choose_section_again")

    def _take_section(self, turn: Turn) -> None:
        section = _section_in(turn.message)
        if section == "remove":
            self._ask_which(turn)
            return
        if section is None:
            turn.say("plan.choose_section_again")
            return
        turn.say(f"plan.ask_{section}")
        step(turn, "line", section=section)

    def _ask_which(self, turn: Turn) -> None:
        lines = turn.notebook.lines()
        if not lines:
            close(turn)
            turn.say("plan.empty")
            return
        shown = "\n".join(f"{place}. {line.text}" for place, line in enumerate(lines, start=1))
        turn.say("plan.remove_which", lines=shown)
        step(turn, "remove")

    def _take_line(self, turn: Turn) -> None:
        self._add(turn, turn.state.journey.data["section"], turn.message.text.strip())

    def _add(self, turn: Turn, section: str, line: str) -> None:
        close(turn)
        turn.notebook.add_line(section, line)
        turn.say("plan.added")
        if not turn.notebook.consented:
            turn.say("plan.kept_for_now")

    def _take_removal(self, turn: Turn) -> None:
        said = turn.message.text.strip().rstrip(".")
        lines = turn.notebook.lines()
        if not (said.isdigit() and 0 < int(said) <= len(lines)):
            turn.say("plan.no_such_line")
            return
        close(turn)
        turn.notebook.remove_line(lines[int(said) - 1].id)
        turn.say("plan.removed")


def _section_in(message: Message) -> str | None:
    """The section a button stands for, or that words name, such as "who i can call"."""
    if message.value in _NAMED:
        return message.value
    said = " ".join(re.findall(r"\w+", re.sub(r"['\u2019]", "", message.text.lower())))
    return next((name for name, words in _NAMED.items() if words.fullmatch(said)), None)


def _held(pause: Pause, today: date) -> tuple[int, int]:
    """Days held so far, and days agreed."""
    agreed = length(pause.start, pause.end)
    return max(0, min(day_number(pause.start, today), agreed)), agreed


def _as_words(scores: Sequence[tuple[int, int]]) -> str:
    """Scores as "2 to 3", oldest first."""
    return ", ".join(f"{before} to {after}" for before, after in scores)
