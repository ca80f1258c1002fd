"""Measures one long conversation: milliseconds a turn near turn 10 and near turn 500, and memory.

    .venv/bin/python bench/long_conversation.py [--model models/afterword.tar.gz] [--turns 500]
    .venv/bin/python bench/long_conversation.py --people 1000 --turns 20     (memory over 20,000)

Without --model it uses the small assistant of tests/faults.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests/faults")]

SAID = (
    "we broke up last month and I miss him",
    "he needed more space than I gave",
    "I keep looking at his page",
    "what should I do next",
    "thank you",
    "we wanted different things, he did not want children",
)


def main() -> int:
    """Prints the figures; fails if turn 500 costs more than 1.3 times turn 10."""
    options = arguments()
    from addons.light import share_processors

    share_processors()  # as where people are served
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AFTERWORD_DATA"] = folder
        agent = load(options)
        used = time.process_time()
        times, worked = asyncio.run(talk(agent, options))
        used = (time.process_time() - used) / (options.people * options.turns)
        print(f"processor time {used * 1000:.1f} ms a turn; stored {stored(folder):.0f} KB")
    early, late = near(times, 10), near(times, len(times))
    print(f"turns {len(times)} store {options.store}")
    print(
        f"median near turn 10: {early * 1000:.1f} ms; near turn {len(times)}: {late * 1000:.1f} ms"
    )
    print(f"ratio {late / early:.2f} (bar: at most 1.3)")
    early_work, late_work = near(worked, 10), near(worked, len(worked))
    print(f"processor time alone: {early_work * 1000:.1f} and {late_work * 1000:.1f} ms")
    return 0 if late / early <= 1.3 else 1


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--people", type=int, default=1)
    parser.add_argument("--store", choices=["window", "rasa"], default="window")
    return parser.parse_args()


def load(options: argparse.Namespace) -> Any:
    """The agent with the store to be measured."""
    import small
    from rasa.core.tracker_store import SQLTrackerStore

    from addons.stores.locks import FairLockStore
    from addons.stores.tracker_store import WindowTrackerStore

    data = Path(os.environ["AFTERWORD_DATA"])
    if options.store == "rasa":
        store: Any = SQLTrackerStore(db=str(data / "rasa.db"))
    else:
        store = WindowTrackerStore()
    cache = Path(tempfile.gettempdir()) / "afterword-small"
    cache.mkdir(exist_ok=True)
    if options.model is None:
        return small.load(small.model(cache), store, FairLockStore())
    from rasa.core.agent import Agent

    from addons.inprocess import InProcessActionEndpoint

    endpoint = InProcessActionEndpoint("actions")
    small.quiet()
    return Agent.load(
        str(options.model),
        tracker_store=store,
        lock_store=FairLockStore(),
        action_endpoint=endpoint,
    )


async def side_by_side(turn: Any, turns: int) -> None:
    """The same messages to the old conversation and to a new one by turns, under the same load."""
    for number in range(5):
        await turn("web:new", number)
    old, new = [], []
    for number in range(5, 35):
        new.append((await turn("web:new", number))[0])
        old.append((await turn("web:0", turns + number))[0])
    ratio = statistics.median(old) / statistics.median(new)
    print(f"turn {turns} beside turn 10, by turns: {ratio:.2f} times as long")


def near(times: list[float], turn: int) -> float:
    """The median of the turns around one, in seconds; of the last ones for the last."""
    return statistics.median(times[turn - 6 : turn + 5] if turn < len(times) else times[-11:])


async def talk(agent: Any, options: argparse.Namespace) -> tuple[list[float], list[float]]:
    """Lets people talk; gives the seconds of the last one's turns, gone by and worked."""
    import small
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    desk = small.desk(agent)
    times: list[float] = []
    worked: list[float] = []
    started = memory()

    async def turn(person: str, number: int) -> tuple[float, float]:
        text = SAID[number % len(SAID)]
        if number == 1:
            text = "/consent_yes" if options.model else "agree"
        began, work = time.perf_counter(), time.process_time()
        await desk.handle(UserMessage(text, CollectingOutputChannel(), person))
        return time.perf_counter() - began, time.process_time() - work

    for person in range(options.people):
        took = [await turn(f"web:{person}", number) for number in range(options.turns)]
        times, worked = [list(part) for part in zip(*took, strict=True)]
        if options.people > 1 and person % max(1, options.people // 10) == 0:
            print(f"{(person + 1) * options.turns} messages: {memory():.0f} MB", flush=True)
    if options.people == 1:
        await side_by_side(turn, options.turns)
    print(f"memory at first {started:.0f} MB, at the end {memory():.0f} MB, most {peak():.0f} MB")
    return times, worked


def stored(folder: str) -> float:
    """KB of words and state in our database, for each conversation."""
    file = Path(folder) / "conversations.db"
    if not file.exists():
        return 0.0
    with sqlite3.connect(file) as connection:
        events = connection.execute("select sum(length(data)) from events").fetchone()[0] or 0
        rows = connection.execute("select sum(length(base)), count(*) from conversations")
        base, people = rows.fetchone()
    return (events + (base or 0)) / max(1, people) / 1e3


def memory() -> float:
    """Resident memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def peak() -> float:
    """The most it ever was, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main())
