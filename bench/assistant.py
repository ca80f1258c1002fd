"""Speed and memory of one pipeline: training, start, one client, many clients. Prints JSON.

    python bench/assistant.py --config config.yml --model models/afterword.tar.gz
    python bench/assistant.py --config bench/default-config.yml --train

Runs through the real agent with the real actions and memory-only stores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

SAID = [
    "we broke up two weeks ago and i can't think straight",
    "he said he couldn't breathe around me",
    "yes",
    "not now",
    "should i text her",
    "no",
    "what are the steps",
    "thanks",
]


def memory() -> float:
    """Resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def train(config: Path) -> tuple[Path, float]:
    """Trains in a process of its own; the model and the seconds it took."""
    folder = Path(tempfile.mkdtemp(prefix="afterword-bench-"))
    began = time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "rasa",
            "train",
            "--config",
            str(config),
            "--out",
            str(folder),
            "--force",
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return next(folder.glob("*.tar.gz")), time.perf_counter() - began


async def measure(model: Path, began: float, messages: int, ours: bool) -> dict[str, float]:
    """Start to first reply, memory, latency of one client, messages a second of many.

    `ours`: leave out what our own pipeline never calls, as chat and serve do.
    """
    if ours:
        from addons.light import leave_out

        leave_out()
    from addons.agent import be_quiet
    from addons.replay import Replayer

    be_quiet()
    replayer = Replayer.load(model)
    await replayer.agent.parse_message("hello")
    await replayer.person().say("hi")
    found = {"start_to_first_reply_s": time.perf_counter() - began, "memory_mb": memory()}
    taken: list[float] = []
    while len(taken) < messages:
        person = replayer.person()
        taken += [(await person.say(text)).ms for text in SAID]
    ordered = sorted(taken)
    found["median_ms"] = statistics.median(ordered)
    found["p99_ms"] = ordered[int(len(ordered) * 0.99)]
    for clients in (8, 32):
        start = time.perf_counter()
        await asyncio.gather(*(_client(replayer, messages // clients) for _ in range(clients)))
        sent = clients * max(1, messages // clients)
        found[f"per_second_{clients}"] = sent / (time.perf_counter() - start)
    return found


async def _client(replayer: object, messages: int) -> None:
    person = replayer.person()  # type: ignore[attr-defined]
    for place in range(max(1, messages)):
        await person.say(SAID[place % len(SAID)])


def main() -> int:
    """Prints one line of JSON."""
    began = time.perf_counter()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=ROOT / "config.yml")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--train", action="store_true", help="train first and say how long it took")
    parser.add_argument("--messages", type=int, default=400)
    args = parser.parse_args()
    found: dict[str, float] = {}
    model = args.model
    if args.train or model is None:
        model, found["training_s"] = train(args.config)
        began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AFTERWORD_DATA"] = folder
        ours = args.config.resolve() == ROOT / "config.yml"
        found |= asyncio.run(measure(model, began, args.messages, ours))
    shown = {name: round(value, 2) for name, value in found.items()}
    print(json.dumps({"config": str(args.config), **shown}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
