"""Kills a busy process again and again and looks for anything acknowledged that is not there.

    .venv/bin/python tests/faults/killing.py --kills 200

People talk to the small assistant, write in their notebooks, and now and then want to be forgotten.
Each message is sent until it is answered, as a channel does. The answer of message n must be "n: n"
however often the process died before, during or after it: a lost message gives a lower number, a
doubled one a higher.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import small  # noqa: E402

PEOPLE = 6
FORGET_AT = 25  # the message that asks for it
NOTE_EVERY, ENTRY_EVERY, PAUSE_AT = 3, 5, 7


@dataclass
class Known:
    """What was acknowledged to one person."""

    number: int = 0  # of the last answered message
    notes: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    pause: bool = False
    epoch: int = 0  # how often they were forgotten


def main() -> int:
    """Prints what was killed and what was found missing; 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(tempfile.gettempdir()) / "afterword-small"
        cache.mkdir(exist_ok=True)
        found = run(options.kills, options.seed, Path(folder), small.model(cache))
    print(json.dumps(found, indent=1))
    return 1 if found["wrong"] else 0


def run(kills: int, seed: int, folder: Path, model: Path) -> dict[str, Any]:
    """Kills a worker `kills` times; returns counts, and what was wrong."""
    os.environ["AFTERWORD_DATA"] = str(folder / "var")
    small.load(model)  # once, before forking: a start then takes no time
    from afterword.notebook.keys import keys

    keys()
    chance = random.Random(seed)
    known = {f"web:{n}": Known() for n in range(PEOPLE)}
    wrong: list[str] = []
    answered = forgotten = 0
    starts: list[float] = []
    context = multiprocessing.get_context("fork")
    for _ in range(kills):
        ours, theirs = context.Pipe()
        began = time.monotonic()
        worker = context.Process(target=_work, args=(theirs, model, known))
        worker.start()
        theirs.close()
        life = chance.uniform(0.05, 0.5)
        until: float | None = None
        while until is None or time.monotonic() < until:
            if not ours.poll(20 if until is None else max(0.0, until - time.monotonic())):
                break
            try:
                line = ours.recv()
            except EOFError:
                wrong.append("the worker ended by itself")
                break
            if line[0] == "ready":
                starts.append(time.monotonic() - began)
                until = time.monotonic() + life
            else:
                answered += line[0] == "answer"
                forgotten += line[0] == "forgotten"
                _note(line, known, wrong)
        if until is None:
            wrong.append("the worker did not come up")
        os.kill(int(worker.pid or 0), signal.SIGKILL)
        worker.join()
        # What was already in the pipe had been acknowledged as well.
        while ours.poll(0):
            try:
                line = ours.recv()
            except EOFError:
                break
            if line[0] != "ready":
                answered += line[0] == "answer"
                forgotten += line[0] == "forgotten"
                _note(line, known, wrong)
        ours.close()
        wrong += _damage(folder / "var")
    return {
        "kills": kills,
        "answered": answered,
        "forgotten": forgotten,
        "slowest_start_s": round(max(starts), 2) if starts else None,
        "wrong": wrong,
    }


def _note(line: tuple[Any, ...], known: dict[str, Known], wrong: list[str]) -> None:
    kind, sender = line[0], line[1]
    person = known[sender]
    if kind == "missing":
        wrong.append(f"{sender}: {line[2]}")
    elif kind == "note":
        person.notes.append(line[2])
    elif kind == "entry":
        person.entries.append(line[2])
    elif kind == "pause":
        person.pause = True
    elif kind == "forgotten":
        known[sender] = Known(epoch=person.epoch + 1)
    elif kind == "answer":
        number, texts = line[2], line[3]
        if texts != [f"{number}: {number}"]:
            wrong.append(f"{sender}: message {number} was answered {texts}")
        person.number = number


def _damage(data: Path) -> list[str]:
    wrong = []
    for name in ("conversations.db", "notebook.db"):
        file = data / name
        if file.exists():
            with sqlite3.connect(file) as connection:
                said = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.close()
            if said != "ok":
                wrong.append(f"{name}: {said}")
    return wrong


def _work(pipe: Connection, model: Path, known: dict[str, Known]) -> None:
    """A process that serves until it is killed."""
    from addons.stores.locks import FairLockStore
    from addons.stores.tracker_store import WindowTrackerStore
    from afterword.notebook import NotebookShelf

    agent = small.load(model, WindowTrackerStore(), FairLockStore())
    desk = small.desk(agent)
    shelf = NotebookShelf.from_environment()
    asyncio.run(_everybody(pipe, desk, shelf, known))


async def _everybody(pipe: Connection, desk: Any, shelf: Any, known: dict[str, Known]) -> None:
    for sender, person in known.items():
        for missing in await asyncio.to_thread(_missing, shelf, sender, person):
            pipe.send(("missing", sender, missing))
    pipe.send(("ready", ""))
    await asyncio.gather(*(_talk(pipe, desk, shelf, s, p) for s, p in known.items()))


def _missing(shelf: Any, sender: str, person: Known) -> list[str]:
    notebook = shelf.of(sender)
    try:
        lines = {line.text for line in notebook.lines("will_do")}
        entries = {entry.text for entry in notebook.entries()}
        # The wish to be forgotten may have been carried out just before the kill.
        if person.number == FORGET_AT - 1 and not lines and not entries:
            return []
        found = [f"note {text}" for text in person.notes if text not in lines]
        found += [f"entry {text}" for text in person.entries if text not in entries]
        if person.pause and notebook.pause() is None:
            found.append("pause")
        old = f"epoch{person.epoch - 1} "
        found += [f"not forgotten: {t}" for t in lines | entries if t.startswith(old)]
    finally:
        notebook.close()
    return found


async def _talk(pipe: Connection, desk: Any, shelf: Any, sender: str, person: Known) -> None:
    someone = small.Person(desk, sender)
    number, epoch = person.number, person.epoch
    while True:
        number += 1
        identity = f"{sender}-{epoch}-{number}"
        if number == FORGET_AT:
            await asyncio.to_thread(_in_notebook, shelf, sender, "forget", "")
            await someone.sends("forget", identity)
            pipe.send(("forgotten", sender))
            number, epoch = 0, epoch + 1
            continue
        verb = "agree" if number == 1 else "tell"
        if number == 1:
            await asyncio.to_thread(_in_notebook, shelf, sender, "agree", "")
        texts = await someone.sends(f"{verb} {number}", identity)
        pipe.send(("answer", sender, number, texts))
        words = f"epoch{epoch} words {number}"
        for kind, due in (
            ("note", number % NOTE_EVERY == 0),
            ("entry", number % ENTRY_EVERY == 0),
            ("pause", number == PAUSE_AT),
        ):
            if due:
                await asyncio.to_thread(_in_notebook, shelf, sender, kind, words)
                pipe.send((kind, sender, words))


def _in_notebook(shelf: Any, sender: str, kind: str, words: str) -> None:
    from afterword.notebook import Entry, Pause

    notebook = shelf.of(sender)
    today = date(2026, 1, 1)
    try:
        if kind == "agree":
            notebook.agree(today)
        elif kind == "forget":
            notebook.forget()
        elif kind == "note":
            notebook.add_line("will_do", words)
        elif kind == "entry":
            began = datetime(2026, 1, 1, tzinfo=timezone.utc)
            notebook.begin_entry(Entry(prompt="p", began=began, minutes=15, text=words))
        elif kind == "pause":
            notebook.start_pause(Pause(start=today, end=today + timedelta(days=7)))
    finally:
        notebook.close()


if __name__ == "__main__":
    sys.exit(main())
