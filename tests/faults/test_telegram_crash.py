"""kill -9 of a Telegram bot while people write to it. `killing_telegram.py` is the long form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

KILLS = int(os.environ.get("AFTERWORD_TELEGRAM_KILLS") or 6)


def test_after_kills_everybody_is_answered_once_and_in_order() -> None:
    # A process of its own: the server's is full of threads, and so is this one.
    script = str(Path(__file__).parent / "killing_telegram.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", script, "--kills", str(KILLS)],
        capture_output=True,
        text=True,
        timeout=120 + 20 * KILLS,
    )
    assert "{" in done.stdout, done.stderr[-2000:]
    found = json.loads(done.stdout[done.stdout.index("{") :])
    assert found["wrong"] == [], done.stderr[-2000:]
    assert found["answered"] > 3 * KILLS
    # Sent but not noted, when the kill came: sent again, and nobody else's messages with it.
    assert found["twice"] <= KILLS
