"""Trains when what goes into the model has changed, and not otherwise."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Optional, TextIO

INPUTS = ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories")
# The classifier learns from words as the reader reads them, so these go into the model as well.
READING = ("data/style", "afterword/reading", "addons/components/reader.py")
STAMP = ".trained-on"
# What the sense of messages is learned from. It is no part of Rasa's model, and the rules go on
# without it.
SENSED = (
    "data/learn",
    "data/nlu",
    "afterword/lint/training.py",
    *(f"afterword/sense/{name}.py" for name in ("corpus", "encoder", "heads", "sense", "wording")),
)
SENSE, SENSE_STAMP = "sense.npz", ".sensed-on"


def fingerprint(root: Path, names: Sequence[str] = (*INPUTS, *READING)) -> str:
    """A checksum over everything that goes into a model."""
    found = hashlib.sha256()
    for name in names:
        path = root / name
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".yml", ".py", ".jsonl"):
                found.update(str(file.relative_to(root)).encode())
                found.update(file.read_bytes())
    return found.hexdigest()


def current_model(root: Path) -> Optional[Path]:
    """The newest model, if it was trained on what is there now."""
    models = root / "models"
    stamp = models / STAMP
    newest = max(models.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime, default=None)
    if newest is None or not stamp.is_file():
        return None
    return newest if stamp.read_text(encoding="utf-8") == fingerprint(root) else None


def sense_is_current(root: Path) -> bool:
    """Whether the sense was learned from what is there now."""
    stamp = root / "models" / SENSE_STAMP
    if not (stamp.is_file() and (root / "models" / SENSE).is_file()):
        return False
    return stamp.read_text(encoding="utf-8") == fingerprint(root, SENSED)


def ensure_sense(root: Path, force: bool = False, out: Optional[TextIO] = None) -> None:
    """Learns the sense of messages if needed; where that fails, says so, and rules go alone.

    What it says goes to `out`, which is standard output unless results stand there.
    """
    if not force and sense_is_current(root):
        return
    from afterword.sense import NoModel, learn_to

    out = out or sys.stdout
    print(
        "training: learning from the lines of data/learn, some minutes, once", file=out, flush=True
    )
    began = time.perf_counter()
    try:
        learn_to(root, root / "models" / SENSE)
    except NoModel as error:
        print(f"training: {error}; going on with the rules alone", file=sys.stderr)
        return
    (root / "models" / SENSE_STAMP).write_text(fingerprint(root, SENSED), encoding="utf-8")
    print(f"training: learned in {time.perf_counter() - began:.0f} s", file=out, flush=True)


def ensure_model(root: Path, force: bool = False) -> Path:
    """Trains if needed and returns the model's path.

    Raises:
        RuntimeError: training gave no model; Rasa has said why.
    """
    current = None if force else current_model(root)
    if current is not None:
        return current
    # This is how Rasa is told to draw no bars: a hundred a training, of its inner rounds.
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    from rasa.model_training import train

    print("training: the content has changed, this takes some seconds", flush=True)
    began = time.perf_counter()
    result = train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(root / "models"),
        force_training=force,
        fixed_model_name="afterword",
        # Stories strung together are for learned policies; rules and memory pass over them.
        core_additional_arguments={"augmentation_factor": 0},
    )
    if not result.model:
        raise RuntimeError("training gave no model; see the lines above")
    (root / "models" / STAMP).write_text(fingerprint(root), encoding="utf-8")
    print(f"training: done in {time.perf_counter() - began:.0f} s", flush=True)
    return Path(result.model)


def ensure_model_apart(root: Path) -> Path:
    """As `ensure_model`, but trains in a process of its own, whose memory goes back with it.

    Raises:
        RuntimeError: training gave no model; Rasa has said why.
    """
    current = current_model(root)
    if current is None or not sense_is_current(root):
        command = [sys.executable, "-m", "addons.cli", "train"]
        subprocess.run(command, cwd=root, check=False)
        current = current_model(root)
    if current is None:
        raise RuntimeError("training gave no model; see the lines above")
    return current
