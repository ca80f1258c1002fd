"""A writing session: a prompt, a time, pages in as many messages as wanted, and a gentle end.

What is written is kept as it is and not looked through for causes; only safety reads it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from afterword.journeys.flow import close, step
from afterword.notebook import Entry, StoreUnavailable
from afterword.steps.show import small_thing
from afterword.talk import Button, Message, State, Turn
from afterword.writing.prompts import Prompt, fitting, should_stop

_DONE = frozenset(("done", "finished", "i'm done", "im done", "that's it", "thats it", "the end"))
_MINUTES = ("5", "10", "15")
_SCALE = ("1", "2", "3", "4", "5")
_FEW_WORDS = 4  # up to so many may be a mistyped answer; more are the page, begun early
_USUAL_MINUTES = 10
_MOST_PAGES = 60  # messages of one session; more are kept but no longer answered one by one


class WritingJourney:
    """Guides one session."""

    name = "writing"
    free_steps = frozenset(("prompt",))

    def __init__(self, prompts: dict[str, Prompt]) -> None:
        self._prompts = prompts

    def start(self, turn: Turn, **data: Any) -> None:
        """Offers prompts that fit; after two sessions that made it worse, something else."""
        entries = turn.notebook.entries()
        if should_stop([(e.before, e.after) for e in entries if e.before and e.after]):
            close(turn)
            turn.say("writing.stop_rule")
            return
        turn.say("writing.choose")
        self._offer(turn, [entry.prompt for entry in entries])
        step(turn, "prompt")

    def answers(self, message: Message, state: State) -> bool:
        """On the page everything is the page; before and after it, the answer asked for."""
        return True

    def go_on(self, turn: Turn) -> None:
        """Takes the answer to the open question, or the next lines of the page."""
        handle = {
            "prompt": self._take_prompt,
            "minutes": self._take_minutes,
            "before": self._take_before,
            "page": self._take_page,
            "after": self._take_after,
        }.get(turn.state.journey.step)
        if handle is None:
            close(turn)
        else:
            handle(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question; the page stays open."""
        open_step = turn.state.journey.step
        if open_step == "prompt":
            turn.say("writing.choose_again")
            self._offer(turn, [])
        else:
            turn.say(
                {
                    "minutes": "writing.ask_minutes_again",
                    "before": "writing.ask_number_again",
                    "after": "writing.ask_number_again",
                }.get(open_step, "writing.resume")
            )

    def _offer(self, turn: Turn, written: list[str]) -> None:
        causes = turn.state.causes
        known = [claim.id for claim in [*causes.confirmed, *causes.partly]]
        feelings = turn.state.listening.feelings[-3:]
        for prompt in fitting(list(self._prompts.values()), known, feelings, written):
            turn.offer(Button(prompt.title, f'/answer{{"v":"{prompt.id}"}}'))

    def _take_prompt(self, turn: Turn) -> None:
        chosen = self._prompts.get(turn.message.value or "") or self._by_title(turn.message.text)
        own = "" if chosen or turn.message.is_button else turn.message.text
        if chosen is None and not own:
            self.ask_again(turn)
            return
        step(turn, "minutes", prompt=chosen.id if chosen else "own", topic=own)
        turn.say("writing.ask_minutes")

    def _by_title(self, text: str) -> Prompt | None:
        said = text.strip().lower().rstrip("?.!")
        return next(
            (p for p in self._prompts.values() if p.title.lower().rstrip("?.!") == said), None
        )

    def _take_minutes(self, turn: Turn) -> None:
        said = _number(turn.message, _MINUTES)
        if said is None and _is_page(turn.message):
            step(turn, "before", minutes=_USUAL_MINUTES)
            self._begin_early(turn)
            return
        if said is None:
            turn.say("writing.ask_minutes_again")
            return
        step(turn, "before", minutes=said)
        turn.say("writing.ask_before")

    def _take_before(self, turn: Turn) -> None:
        score = _number(turn.message, _SCALE)
        if score is None and _is_page(turn.message):
            self._begin_early(turn)
            return
        if score is None:
            turn.say("writing.ask_number_again")
            return
        data = turn.state.journey.data
        prompt = self._prompts.get(data["prompt"])
        text = prompt.text if prompt else data["topic"]
        self._open_page(turn, score)
        turn.say("writing.begin", prompt=text, minutes=data["minutes"])

    def _open_page(self, turn: Turn, score: int) -> None:
        """Begins the entry; `score` is 0 where the person did not say how they feel."""
        data = turn.state.journey.data
        until = turn.message.now + timedelta(minutes=data["minutes"])
        entry = turn.notebook.begin_entry(
            Entry(
                prompt=data["prompt"], began=turn.message.now, minutes=data["minutes"], before=score
            )
        )
        step(turn, "page", entry=entry, until=until.isoformat(), pages=0)

    def _begin_early(self, turn: Turn) -> None:
        """Somebody who writes instead of answering has begun: their words are the page."""
        self._open_page(turn, 0)
        step(turn, "page", early=True)
        self._take_page(turn)

    def _take_page(self, turn: Turn) -> None:
        data = turn.state.journey.data
        said = turn.message.text.strip().lower().rstrip(".!")
        if turn.message.value == "done" or said in _DONE or turn.message.intent == "stop_that":
            self._end_page(turn)
            return
        if turn.message.is_button:
            turn.say("writing.resume")
            return
        try:
            turn.notebook.add_to_entry(data["entry"], turn.message.text)
        except StoreUnavailable:
            turn.say("writing.not_kept")
            return
        step(turn, "page", pages=data["pages"] + 1)
        over = turn.message.now >= datetime.fromisoformat(data["until"])
        told = data.get("time_told", False)
        if over and not told:
            step(turn, "page", time_told=True)
            turn.say("writing.time_up", minutes=data["minutes"])
        elif data["pages"] < _MOST_PAGES:
            turn.say("writing.heard")
        else:
            turn.say("writing.resume")

    def _end_page(self, turn: Turn) -> None:
        data = turn.state.journey.data
        if not data["pages"]:
            close(turn)
            turn.notebook.delete_entry(data["entry"])
            turn.say("writing.nothing_written")
        elif data.get("early"):  # how they felt before was never said, so it isn't asked now
            self._finish(turn, 0)
        else:
            step(turn, "after")
            turn.say("writing.ask_after")

    def _take_after(self, turn: Turn) -> None:
        score = _number(turn.message, _SCALE)
        if score is None:
            turn.say("writing.ask_number_again")
        else:
            self._finish(turn, score)

    def _finish(self, turn: Turn, score: int) -> None:
        """Ends the session gently; `score` is 0 where it was not asked for."""
        data = turn.state.journey.data
        close(turn)
        entry = turn.notebook.finish_entry(data["entry"], score, turn.message.now)
        before = entry.before if entry else score
        change = "lighter" if score > before else "lower" if score < before else "same"
        turn.say("writing.end_unscored" if not score else f"writing.end_{change}")
        thing = small_thing(turn)
        if thing:
            turn.say("writing.one_step", step=thing)
        turn.say("writing.kept" if turn.notebook.consented else "writing.kept_for_now")
        entries = turn.notebook.entries()
        if should_stop([(e.before, e.after) for e in entries if e.before and e.after]):
            turn.said.pop()
            turn.say("writing.stop_rule")


class ReadingJourney:
    """Reads pages back: lists them, finds one, changes or deletes it."""

    name = "reading"
    free_steps = frozenset(("edit",))

    def __init__(self, prompts: dict[str, Prompt]) -> None:
        self._prompts = prompts

    def start(self, turn: Turn, **data: Any) -> None:
        """Lists the pages."""
        if not turn.notebook.entries():
            close(turn)
            turn.say("writing.list_empty")
            return
        self._list(turn)

    def answers(self, message: Message, state: State) -> bool:
        """A number, a word to look for, or what to do with the page."""
        return True

    def go_on(self, turn: Turn) -> None:
        """Shows, changes or deletes a page."""
        handle = {
            "list": self._take_choice,
            "page": self._take_deed,
            "edit": self._take_edit,
            "delete": self._take_delete,
        }.get(turn.state.journey.step)
        if handle is None:
            close(turn)
        else:
            handle(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats what is open."""
        if turn.state.journey.step == "edit":
            turn.say("writing.ask_edit")
        elif turn.state.journey.step == "delete":
            turn.say("writing.delete_sure")
        else:
            self._list(turn)

    def _list(self, turn: Turn) -> None:
        lines = [
            f"{place}. {entry.began:%d.%m.%Y} {self._title(entry)}"
            for place, entry in enumerate(turn.notebook.entries(), start=1)
        ]
        turn.say("writing.list", pages="\n".join(lines[-10:]))
        step(turn, "list")

    def _title(self, entry: Entry) -> str:
        prompt = self._prompts.get(entry.prompt)
        return prompt.title if prompt else entry.text[:40]

    def _take_choice(self, turn: Turn) -> None:
        said = turn.message.text.strip()
        entries = turn.notebook.entries()
        if said.isdigit() and 0 < int(said) <= len(entries):
            self._show(turn, entries[int(said) - 1])
            return
        hits = [entry for entry in entries if said.lower() in entry.text.lower()]
        if not hits:
            turn.say("writing.found_none")
            return
        self._show(turn, hits[-1])

    def _show(self, turn: Turn, entry: Entry) -> None:
        day = f"{entry.began.day} {entry.began:%B %Y}"
        turn.say("writing.page", date=day, prompt=self._title(entry), text=entry.text)
        step(turn, "page", entry=entry.id)

    def _take_deed(self, turn: Turn) -> None:
        deed = turn.message.value or turn.message.text.strip().lower()
        if deed.startswith(("edit", "change")):
            turn.say("writing.ask_edit")
            step(turn, "edit")
        elif deed.startswith(("delete", "remove")):
            turn.say("writing.delete_sure")
            step(turn, "delete")
        elif deed.startswith("close"):
            close(turn)
            turn.say("writing.closed")
        else:
            self._take_choice(turn)

    def _take_edit(self, turn: Turn) -> None:
        entry = turn.state.journey.data["entry"]
        close(turn)
        turn.notebook.edit_entry(entry, turn.message.text, turn.message.now)
        turn.say("writing.edited")

    def _take_delete(self, turn: Turn) -> None:
        entry = turn.state.journey.data["entry"]
        close(turn)
        sure = turn.message.value == "yes" or turn.message.intent == "affirm"
        if sure:
            turn.notebook.delete_entry(entry)
        turn.say("writing.deleted" if sure else "writing.closed")


def _is_page(message: Message) -> bool:
    """Whether this is written for the page rather than an answer to a short question."""
    return not message.is_button and len(message.text.split()) > _FEW_WORDS


def _number(message: Message, allowed: tuple[str, ...]) -> int | None:
    """The number asked for, from a button or typed."""
    said = message.value or message.text.strip().lower().removesuffix("minutes").strip()
    return int(said) if said in allowed else None
