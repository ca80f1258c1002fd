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
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AFTERWORD_DATA"] = folder
        agent = load(options)
        times = asyncio.run(talk(agent, options))
    window = 10
    early = statistics.median(times[10 - window // 2 : 10 + window // 2 + 1])
    late = statistics.median(times[-window - 1 :])
    print(f"turns {len(times)} store {options.store}")
    print(
        f"median near turn 10: {early * 1000:.1f} ms; near turn {len(times)}: {late * 1000:.1f} ms"
    )
    print(f"ratio {late / early:.2f} (bar: at most 1.3)")
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


async def talk(agent: Any, options: argparse.Namespace) -> list[float]:
    """Lets people talk; the times are those of the last one, or of the only one."""
    import small
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    desk = small.desk(agent)
    times: list[float] = []
    started = memory()
    for person in range(options.people):
        times = []
        for turn in range(options.turns):
            text = "/consent_yes" if options.model and turn == 1 else SAID[turn % len(SAID)]
            text = "agree" if not options.model and turn == 1 else text
            began = time.perf_counter()
            message = UserMessage(text, CollectingOutputChannel(), f"web:{person}")
            await desk.handle(message)
            times.append(time.perf_counter() - began)
        if options.people > 1 and person % max(1, options.people // 10) == 0:
            print(f"{person * options.turns} messages: {memory():.0f} MB", flush=True)
    print(f"memory at first {started:.0f} MB, at the end {memory():.0f} MB, most {peak():.0f} MB")
    return times


def memory() -> float:
    """Resident memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def peak() -> float:
    """The most it ever was, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main())
