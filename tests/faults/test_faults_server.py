"""The server's own ways: it says how it is, and ends without cutting anybody off."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).parents[1] / "scale" / "worker.py"


class Running:
    """A worker process on a port of its own."""

    def __init__(self, model: Path, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        env = {**os.environ, "AFTERWORD_DATA": str(folder), "AFTERWORD_ACTION_SECONDS": "8"}
        command = [sys.executable, "-W", "ignore", str(WORKER), str(self.port), str(model)]
        self.log = folder.with_suffix(".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)

    def ask(self, path: str, body: dict[str, str] | None = None) -> tuple[int, str]:
        data = json.dumps(body).encode() if body else None
        url = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(url, data, timeout=15) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def says(self, text: str) -> Any:
        status, body = self.ask("/small/say", {"sender": "x", "text": text, "id": text})
        return [said["text"] for said in json.loads(body)] if status == 200 else status

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while self.ask("/health/live")[0] != 200:
            assert time.monotonic() < end, self.log.read_text()[-2000:]
            time.sleep(0.1)


@pytest.fixture
def server(model: Path, tmp_path: Path) -> Iterator[Running]:
    running = Running(model, tmp_path / "served")
    running.wait()
    yield running
    running.process.kill()
    running.process.wait()


def test_it_says_how_it_is_and_finishes_the_turn_in_hand(server: Running) -> None:
    assert json.loads(server.ask("/health/ready")[1]) == {"ready": True, "why": []}
    assert server.says("agree MARKER") == ["1: MARKER"]
    assert server.says("agree MARKER") == ["1: MARKER"]
    figures = server.ask("/metrics")[1]
    assert 'afterword_turns_total{channel="web",outcome="answered"} 1.0' in figures
    assert 'afterword_turns_total{channel="web",outcome="repeated"} 1.0' in figures
    assert "MARKER" not in figures and "web:x" not in figures

    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(server.says("nap 2")))
    asking.start()
    time.sleep(0.5)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    status, why = server.ask("/health/ready")
    assert (status, "draining" in why) == (503, True)
    asking.join(timeout=20)
    assert answers == [["2: 2"]]
    assert server.process.wait(timeout=30) == 0
    assert "MARKER" not in server.log.read_text()


def test_without_a_model_it_lives_answers_and_is_not_ready(tmp_path: Path) -> None:
    running = Running(tmp_path / "none.tar.gz", tmp_path / "served")
    try:
        running.wait()
        time.sleep(0.3)
        assert running.ask("/health/ready") == (503, '{"ready":false,"why":["no_model"]}')
        assert running.says("tell more") == ["not working, not kept"]
    finally:
        running.process.kill()
        running.process.wait()
