"""Kills a Telegram bot again and again while people write to it, and looks at what they got.

    .venv/bin/python tests/faults/killing_telegram.py --kills 100

The bot is the server of `serve` with long polling, against the fake Bot API over real HTTP. Six
people agreed to be kept and three did not; a dozen are owed a reminder. Each numbers their
messages. Every message must be answered once and in order, every reminder sent once. One thing no
bot can know: whether a message reached Telegram when it is killed between sending it and noting
that. It is sent again then; such a pair is counted as `twice`, and anything else is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path[:0] = [
    str(Path(__file__).parents[2]),
    str(Path(__file__).parents[1]),
    str(Path(__file__).parent),
]

import small  # noqa: E402
from fakes.bot_api import TOKEN, BotApi, serving  # noqa: E402

KEPT, UNKEPT, REMINDED = range(1, 7), range(7, 10), range(900, 912)
WORKER = Path(__file__).parent / "telegram_worker.py"
NARROW = 0.3  # seconds around a kill in which a message may have been sent but not noted
START_SECONDS = 60.0


@dataclass
class Watch:
    """What was sent when, and when was killed."""

    taken: list[tuple[float, int, str]] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)


class Bot:
    """The server's process, started and killed."""

    def __init__(self, folder: Path, model: Path, api: BotApi) -> None:
        self._folder, self._model, self._api = folder, model, api
        self.log = folder / "serve.log"
        self.number = 0

    async def prepare(self) -> None:
        """Starts the process that starts the others."""
        env = {**os.environ, "AFTERWORD_DATA": str(self._folder / "var")}
        env |= {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": self._api.url, "AFTERWORD_LOG": "DEBUG"}
        self._maker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", str(WORKER), str(self._model), str(self.log)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=env,
        )
        await self._line()

    async def start(self) -> None:
        """Starts a server and waits until it asks for updates."""
        asked = len(self._api.offsets)
        assert self._maker.stdin is not None
        self._maker.stdin.write(b"start\n")
        self.number = int(await self._line())
        await self._api.until(lambda: len(self._api.offsets) > asked, START_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.number, signal.SIGKILL)

    async def end(self) -> None:
        """Ends it as a service would, and the process that started it."""
        os.kill(self.number, signal.SIGTERM)
        await self._api.until(lambda: not _lives(self.number), 30)
        assert self._maker.stdin is not None
        self._maker.stdin.close()
        await self._maker.wait()

    async def _line(self) -> str:
        assert self._maker.stdout is not None
        line = await asyncio.wait_for(self._maker.stdout.readline(), START_SECONDS)
        assert line, "the worker ended by itself"
        return line.decode().strip()


def main() -> int:
    """Prints what was killed and what was found wrong; 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / "afterword-small"
    cache.mkdir(exist_ok=True)
    model = small.model(cache)
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(run(options.kills, random.Random(options.seed), Path(folder), model))
    print(json.dumps(found, indent=1))
    return 1 if found["wrong"] else 0


async def run(kills: int, chance: random.Random, folder: Path, model: Path) -> dict[str, Any]:
    """Kills the bot `kills` times; returns counts, and what was wrong."""
    owe_reminders(folder / "var")
    watch = Watch()
    async with serving(BotApi()) as api:
        api.on_taken = lambda method, body: _note(watch, method, body)
        bot = Bot(folder, model, api)
        await bot.prepare()
        written: dict[int, int] = dict.fromkeys([*KEPT, *UNKEPT], 0)
        numbers = iter(range(1, 10**9))
        for _ in range(kills):
            await bot.start()
            writing = asyncio.create_task(_write(api, chance, written, numbers))
            await asyncio.sleep(chance.uniform(0.05, 0.8))
            bot.kill()
            watch.kills.append(time.monotonic())
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
        await bot.start()
        due = sum(written.values())
        with suppress(AssertionError):
            await api.until(lambda: len(_pairs(watch)) >= due, 60)
        await asyncio.sleep(0.5)
        await bot.end()
        again = api.updates
    wrong = [w for chat, last in written.items() for w in wrong_of(watch, chat, last)]
    wrong += [w for chat in REMINDED for w in _wrong_reminder(watch, chat)]
    wrong += [f"update {one['update_id']} was not confirmed" for one in again[1:]]
    wrong += ["the token is in the log"] * (TOKEN.split(":")[1] in bot.log.read_text())
    twice = sum(_is_doubled(watch, place) for place in range(len(watch.taken)))
    return {"kills": kills, "answered": due, "twice": twice, "wrong": wrong}


def owe_reminders(data: Path) -> None:
    """A notebook with pauses that ended yesterday, whose people want to be told."""
    os.environ["AFTERWORD_DATA"] = str(data)
    from afterword.notebook import NotebookShelf, Pause

    shelf, today = NotebookShelf.from_environment(), date.today()
    for chat in REMINDED:
        notebook = shelf.of(f"tg:{chat}")
        notebook.agree(today)
        begun, over = today - timedelta(8), today - timedelta(1)
        notebook.start_pause(Pause(start=begun, end=over, reminder_wanted=True))
        notebook.remember_address(str(chat))
        notebook.close()
    shelf.close()


async def _write(api: BotApi, chance: random.Random, written: dict[int, int], numbers: Any) -> None:
    while True:
        chat = chance.choice(list(written))
        written[chat] += 1
        verb = "agree" if chat in KEPT and written[chat] == 1 else "tell"
        api.text(next(numbers), chat, f"{verb} {written[chat]}")
        await asyncio.sleep(chance.uniform(0.0, 0.06))


def _note(watch: Watch, method: str, body: dict[str, Any]) -> None:
    if method == "sendMessage":
        watch.taken.append((time.monotonic(), int(body["chat_id"]), body["text"]))


def _pairs(watch: Watch) -> set[tuple[int, str]]:
    """Whom what was answered to: the number at the end of the message and of the reply."""
    return {(chat, text.split()[-1]) for _, chat, text in watch.taken if chat not in REMINDED}


def _is_doubled(watch: Watch, place: int) -> bool:
    """Whether a message was sent again because of a kill just after it was sent."""
    when, chat, text = watch.taken[place]
    number = text.split()[-1]
    for later, whose, said in watch.taken[place + 1 :]:
        if whose == chat and said.split()[-1] == number:
            return any(abs(kill - when) <= NARROW and kill < later for kill in watch.kills)
    return False


def wrong_of(watch: Watch, chat: int, last: int) -> list[str]:
    """What a person got other than every answer once and in order."""
    got = [
        watch.taken[place][2]
        for place in range(len(watch.taken))
        if watch.taken[place][1] == chat and not _is_doubled(watch, place)
    ]
    numbers = [text.split()[-1] for text in got]
    wanted = [str(number) for number in range(1, last + 1)]
    if numbers != wanted:
        return [f"chat {chat}: messages 1 to {last} were answered {numbers}"]
    if chat in KEPT:  # what was kept went on counting
        return [
            f"chat {chat}: {text}" for text in got if text != "{0}: {0}".format(text.split()[-1])
        ]
    return []


def _wrong_reminder(watch: Watch, chat: int) -> list[str]:
    places = [p for p in range(len(watch.taken)) if watch.taken[p][1] == chat]
    sure = [place for place in places if not _is_doubled(watch, place)]
    return [] if len(sure) == 1 else [f"chat {chat}: {len(sure)} reminders"]


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
