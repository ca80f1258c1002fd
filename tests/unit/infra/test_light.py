"""What the serving process leaves out, and that chat and serve do without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

PROGRAM = """
import json, sys
from addons.cli import quiet_third_parties
from addons.light import UNUSED, LeftOut, leave_out
quiet_third_parties()
leave_out()
import addons.agent, addons.server, addons.terminal
import boto3
from rasa.core.channels.slack import SlackInput
from sklearn.model_selection import train_test_split
said = []
for call in (boto3.client, train_test_split, boto3.session.Session):
    try:
        call()
    except LeftOut as error:
        said.append(str(error))
real = [name for name in UNUSED if name in sys.modules and sys.modules[name].__spec__.origin]
print(json.dumps({"said": said, "real": real, "slack": SlackInput.name()}))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_our_channels_import_without_what_is_left_out(told: dict[str, object]) -> None:
    assert told["real"] == []


def test_rasas_own_classes_keep_their_names(told: dict[str, object]) -> None:
    assert told["slack"] == "slack"


@pytest.mark.parametrize(
    ("place", "name"),
    [(0, "boto3.client"), (1, "sklearn.model_selection.train_test_split"), (2, "boto3.session")],
)
def test_calling_one_says_what_is_missing(told: dict[str, object], place: int, name: str) -> None:
    said = told["said"]
    assert isinstance(said, list) and len(said) == 3
    assert said[place].startswith(name) and "addons/light.py" in said[place]
