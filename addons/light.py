"""Leaves out of the serving process what it never calls: a third of its memory, half a second.

Rasa imports every channel, store and plot it knows, whether they are set up or not. Here those
libraries are stand-ins: their names can be read, subclassed and caught; calling one says what is
missing. Training, tests and plain `rasa` have the real ones.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
import types
from collections.abc import Sequence
from typing import Any, Optional

UNUSED = (
    # Rasa's own channels
    "aiogram",
    "fbmessenger",
    "google.auth",
    "google.oauth2",
    "rocketchat_API",
    "slack_sdk",
    "socketio",
    "twilio",
    "webexteamssdk",
    # stores and queues other than ours
    "aio_pika",
    "boto3",
    "botocore",
    "pymongo",
    # training and measuring
    "matplotlib",
    "scipy.stats",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn_crfsuite",
)


class LeftOut(RuntimeError):
    """Something was called that this process does without."""


class _Names(type):
    """A class of which every attribute is such a class again, and which cannot be called."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _named(f"{cls.__name__}.{name}")

    def __call__(cls, *_arguments: Any, **_keywords: Any) -> Any:
        raise LeftOut(
            f"{cls.__name__} is left out of this process (addons/light.py); "
            "take its library off that list, or use plain rasa"
        )


def _named(name: str) -> Any:
    # Caught in `except`, subclassed by Rasa: an exception class serves for both.
    return _Names(name, (Exception,), {})


class _Absent(types.ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _named(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the libraries left out, and everything inside them."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)

    def find_spec(
        self, name: str, path: Optional[Sequence[str]] = None, target: Any = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        """A stand-in for a library left out; None, and so the real one, for all others."""
        if any(name == left or name.startswith(f"{left}.") for left in self._names):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """An empty module that has every name."""
        return _Absent(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def share_processors() -> None:
    """One thread for matrices: several wait for each other by spinning, which starves neighbours.

    Must come before numpy is imported. It costs 15 ms a short message in place of 8 on a quiet
    machine of two cores.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def leave_out(names: Sequence[str] = UNUSED) -> None:
    """Puts the stand-ins in place, for those not imported yet. Call it before importing Rasa."""
    absent = [name for name in names if name not in sys.modules]
    sys.meta_path.insert(0, _Finder(absent))
