"""For all tests: logging is left as it was found, and several processes share the processors."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest

# Before numpy is imported: its threads wait for each other by spinning, which starves neighbours.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Commands quieten loggers for the whole process; the next test must hear them again."""
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(one, one.level, one.propagate, one.handlers[:]) for one in loggers]
    yield
    for logger, level, propagate, handlers in before:
        logger.setLevel(level)
        logger.propagate = propagate
        logger.handlers[:] = handlers
