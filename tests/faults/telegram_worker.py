"""The server of `serve` around the small assistant, started again in no time.

    telegram_worker.py MODEL LOG

Each line "start" on its input starts a server in a process of its own, whose number is printed.
The settings are those of `serve`: TELEGRAM_TOKEN, TELEGRAM_API, AFTERWORD_DATA and so on.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/faults"), str(ROOT / "tests/faults/assistant")]

import small  # noqa: E402

from addons import agent, server  # noqa: E402
from addons.inprocess import InProcessActionEndpoint  # noqa: E402
from addons.queue import put_desk  # noqa: E402


def main() -> None:
    """Starts a server for each line."""
    model, log = Path(sys.argv[1]), sys.argv[2]
    small.load(model)  # imports everything once
    real = agent.endpoints

    def endpoints(path: Path | None = None) -> object:
        found = real(path)
        found.action = InProcessActionEndpoint("faulty_actions")
        return found

    agent.endpoints = endpoints  # type: ignore[assignment]
    agent.put_desk = lambda there: put_desk(there, small.WORDS.__getitem__)  # type: ignore
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    gc.freeze()
    print("ready", flush=True)
    for _line in sys.stdin:
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(model, log)
            os._exit(0)
        print(number, flush=True)


def serve(model: Path, log: str) -> None:
    """Serves until it is ended, with every log of every library, as loud as it goes."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    logging.basicConfig(level=logging.DEBUG, force=True)
    listening = socket.socket()
    listening.bind(("127.0.0.1", int(os.environ.get("AFTERWORD_PORT") or 0)))
    app = server.build(model)
    app.run(sock=listening, access_log=False, workers=1)


if __name__ == "__main__":
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    main()
