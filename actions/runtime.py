"""What every action needs once per process: voice, library, notebooks, journeys."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from afterword.capabilities import Capabilities
from afterword.content import Library
from afterword.notebook import NotebookShelf
from afterword.talk.voice import Voice


def data_dir() -> Path:
    """The folder of the content: AFTERWORD_CONTENT, or data/ beside the program."""
    return Path(os.environ.get("AFTERWORD_CONTENT", Path(__file__).parent.parent / "data"))


def timezone() -> str:
    """Where days begin and end for people of unknown place: AFTERWORD_TIMEZONE, else UTC."""
    return os.environ.get("AFTERWORD_TIMEZONE") or "UTC"


@lru_cache(maxsize=1)
def voice() -> Voice:
    """The reply bank."""
    return Voice.load(data_dir() / "replies")


@lru_cache(maxsize=1)
def library() -> Library:
    """Causes, steps and evidence."""
    return Library.load(data_dir())


@lru_cache(maxsize=1)
def shelf() -> NotebookShelf:
    """Everybody's notebooks."""
    return NotebookShelf.from_environment()


@lru_cache(maxsize=1)
def capabilities() -> Capabilities:
    """What the assistant can do, ready to be asked."""
    return Capabilities.load(data_dir(), timezone())
