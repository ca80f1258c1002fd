"""Two workers behind nginx with PostgreSQL and Redis, many people, and one worker killed half way.

    .venv/bin/python tests/scale/run.py [--conversations 2000] [--messages 8] [--clients 64]

Each person's messages are counted by the assistant, so the answer of message n must be "n: n": a
lost message would give a lower number, one answered twice a higher one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "faults")]

import aiohttp  # noqa: E402
import servers  # noqa: E402
import small  # noqa: E402

PATIENCE = 60.0  # seconds a client goes on trying to get a message answered


@dataclass
class Figures:
    """What the clients saw."""

    took: list[float] = field(default_factory=list)
    tries: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest_after_kill: float = 0.0


def main() -> int:
    """Runs it all; 0 if every message was answered exactly once and in order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=2000)
    parser.add_argument("--messages", type=int, default=8)
    parser.add_argument("--clients", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="afterword-scale-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's user must get through to its own
        return _with_servers(folder, options)


def _with_servers(folder: Path, options: argparse.Namespace) -> int:
    cache = Path(tempfile.gettempdir()) / "afterword-small"
    cache.mkdir(exist_ok=True)
    model = small.model(cache)
    postgres = servers.Postgres(folder)
    redis, redis_url = servers.redis(folder)
    env = {
        "AFTERWORD_DATA": str(folder / "var"),
        "AFTERWORD_TRACKER_URL": postgres.url,
        "AFTERWORD_REDIS_URL": redis_url,
        "AFTERWORD_KEY_FILE": str(folder / "key"),
        "AFTERWORD_WEB_ADDRESS_RATE": "1000000",  # everybody comes from one address here
        "AFTERWORD_WEB_START_RATE": "1000000",
    }
    one, port_one = servers.worker(1, folder, model, env)
    two, port_two = servers.worker(2, folder, model, env)
    nginx, address = servers.nginx(folder, [port_one, port_two])
    running = [postgres, redis, one, two, nginx]
    try:
        postgres.start()
        redis.start()
        postgres.wait()
        one.start()
        servers.wait_ready(port_one)
        two.start()
        servers.wait_ready(port_two)
        nginx.start()
        servers.until(lambda: servers._ok(f"{address}/health/live"), 20, "nginx")
        print("two workers, PostgreSQL, Redis and nginx are up", flush=True)
        figures = asyncio.run(_crowd(address, options, two, port_two))
        _tell(figures, options)
        wrong = figures.wrong + _at_rest(postgres, options)
        wrong += asyncio.run(_outages(address, postgres, redis, folder))
    finally:
        for server in reversed(running):
            fast = server is postgres
            server.stop(signal.SIGINT if fast else signal.SIGTERM)
    for line in wrong[:20]:
        print("WRONG", line)
    print("every message was answered exactly once and in order" if not wrong else "FAILED")
    return 1 if wrong else 0


async def _crowd(
    address: str, options: argparse.Namespace, victim: servers.Server, port: int
) -> Figures:
    figures = Figures()
    waiting = list(range(options.conversations))
    total = options.conversations * options.messages
    killed = 0.0

    async def client(session: aiohttp.ClientSession) -> None:
        while waiting:
            person = waiting.pop()
            visitor = Visitor(session, address, figures)
            for number in range(1, options.messages + 1):
                verb = "agree" if number == 1 else "tell"
                began = time.perf_counter()
                texts = await visitor.says(f"{verb} {number}")
                took = time.perf_counter() - began
                figures.took.append(took)
                if killed and time.perf_counter() - killed < 15:
                    figures.slowest_after_kill = max(figures.slowest_after_kill, took)
                if texts != [f"{number}: {number}"]:
                    figures.wrong.append(f"person {person} message {number}: {texts}")

    async def killer() -> None:
        nonlocal killed
        while len(figures.took) < total / 2:
            await asyncio.sleep(0.05)
        await asyncio.to_thread(victim.stop, signal.SIGKILL)
        killed = time.perf_counter()
        print(f"worker2 killed after {len(figures.took)} messages", flush=True)
        await asyncio.sleep(3)
        victim.start()
        await asyncio.to_thread(servers.wait_ready, port)
        print(f"worker2 is back after {time.perf_counter() - killed:.1f} s", flush=True)

    began = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(killer(), *(client(session) for _ in range(options.clients)))
    print(f"{len(figures.took) / (time.perf_counter() - began):.0f} messages a second")
    return figures


class Visitor:
    """Somebody on the website: a session, and messages sent until they are answered."""

    def __init__(self, session: aiohttp.ClientSession, address: str, figures: Figures) -> None:
        self._http, self._address, self._figures = session, address, figures
        self._token = ""

    async def says(self, text: str) -> list[str]:
        """The texts of the answer; the message has one id, however often it must be sent."""
        body = {"text": text, "id": uuid.uuid4().hex}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._figures.tries += 1
            try:
                texts = await self._try(body)
            except (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError, ValueError):
                texts = None
            if texts is not None:
                return texts
            await asyncio.sleep(0.2)
        return ["no answer"]

    async def _try(self, body: dict[str, str]) -> list[str] | None:
        if not self._token:
            begun = await self._post("session", {})
            if begun is None:
                return None
            self._token = json.loads(begun)["token"]
        answer = await self._post("message", body)
        lines = [json.loads(line) for line in (answer or "").splitlines()]
        # An answer that was cut off has no end; the whole of it is there for the asking.
        if not lines or lines[-1]["type"] != "end":
            return None
        return [line["text"] for line in lines if line["type"] == "reply"]

    async def _post(self, name: str, body: dict[str, str]) -> str | None:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        url = f"{self._address}/api/web/{name}"
        timeout = aiohttp.ClientTimeout(total=30)
        async with self._http.post(url, json=body, headers=headers, timeout=timeout) as answer:
            return await answer.text() if answer.status < 300 else None


def _tell(figures: Figures, options: argparse.Namespace) -> None:
    took = sorted(figures.took)
    cuts = statistics.quantiles(took, n=100)
    print(
        f"{options.conversations} conversations of {options.messages} messages from "
        f"{options.clients} clients: {len(took)} answered, {figures.tries - len(took)} sent again"
    )
    print(
        f"median {cuts[49] * 1000:.0f} ms, 95 of 100 under {cuts[94] * 1000:.0f} ms, "
        f"99 of 100 under {cuts[98] * 1000:.0f} ms, slowest {took[-1]:.1f} s, "
        f"slowest after the kill {figures.slowest_after_kill:.1f} s"
    )


def _at_rest(postgres: servers.Postgres, options: argparse.Namespace) -> list[str]:
    """What the database holds afterwards."""
    count = "select count(*) from conversations"
    said = int(postgres.run("psql", postgres.url, "-Atc", count))
    turns = "select count(*) from events where type_name = 'user'"
    users = int(postgres.run("psql", postgres.url, "-Atc", turns))
    size = int(postgres.run("psql", postgres.url, "-Atc", "select pg_database_size('postgres')"))
    print(f"PostgreSQL holds {said} conversations, {users} turns, {size / 1e6:.0f} MB")
    expected = (options.conversations, options.conversations * min(8, options.messages))
    return [] if (said, users) == expected else [f"database holds {said}, {users}: {expected}"]


async def _outages(
    address: str, postgres: servers.Postgres, redis: servers.Server, folder: Path
) -> list[str]:
    """PostgreSQL gone and back, Redis gone and back, and somebody forgotten."""
    wrong: list[str] = []
    async with aiohttp.ClientSession() as session:
        people = {name: Visitor(session, address, Figures()) for name in ("outage", "unkept")}

        async def expect(text: str, *parts: str, person: str = "outage") -> None:
            texts = await people[person].says(text)
            print(f"  {text}: {texts}")
            if any(part not in " ".join(texts) for part in parts):
                wrong.append(f"outage: {text} was answered {texts}, not {parts}")

        print("somebody who agreed to nothing goes from worker to worker")
        for number in range(1, 6):
            await expect(f"tell {number}", f"{number}: {number}", person="unkept")
        marker = "quokka-lighthouse"
        await expect("agree 1", "1: 1")
        await expect(f"tell {marker}", f"2: {marker}")
        print("PostgreSQL is stopped")
        await asyncio.to_thread(postgres.stop, signal.SIGINT)
        await expect("tell 3", "not kept")
        await asyncio.to_thread(_start, postgres)
        print("PostgreSQL is back")
        await expect("tell 3", "3: 3")
        print("Redis is stopped")
        await asyncio.to_thread(redis.stop)
        await expect("tell 4", "4: 4")
        redis.start()
        await asyncio.sleep(0.5)
        print("Redis is back")
        await expect("tell 5", "5: 5")
        if marker.encode() not in postgres.dump():
            wrong.append("the marker was never in the dump")
        await expect("forget", "gone")
        everything = postgres.dump() + _bytes(folder / "var")
        if marker.encode() in everything:
            wrong.append("forgotten words are still in the dump")
    return wrong


def _start(postgres: servers.Postgres) -> None:
    postgres.start()
    postgres.wait()


def _bytes(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


if __name__ == "__main__":
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    sys.exit(main())
