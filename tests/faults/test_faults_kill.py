"""kill -9 under load. `python tests/faults/killing.py --kills 200` is the long form."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_twenty_kills_lose_nothing_and_damage_nothing() -> None:
    # A process of its own: it forks, which a test process full of threads should not.
    script = str(Path(__file__).parent / "killing.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", script, "--kills", "20"],
        capture_output=True,
        text=True,
        timeout=180,
    )
    found = json.loads(done.stdout[done.stdout.index("{") :])
    assert found["wrong"] == [], done.stderr[-2000:]
    assert found["answered"] > 20
    assert found["slowest_start_s"] < 20
