"""One line for each event: time, level, logger, what happened. No words, no names, no whole ids.

Rasa and its libraries write message texts and sender ids at DEBUG. Their lines are let through only
from the level at which they speak of faults, and even there nothing but the event's name passes.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
from pathlib import Path

DAYS = 14  # of log files kept
OURS = ("addons", "actions", "afterword")
_SENDER = re.compile(r"\b(?:web|tg|cli):[^\s\"',)]+")
_QUOTED = re.compile(r"'[^']{12,}'|\"[^\"]{12,}\"")


class Discreet(logging.Filter):
    """Lets our own events pass as they are, and others' faults without what they quote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drops others' chatter; takes what may be words or ids out of the rest."""
        ours = record.name.split(".")[0] in OURS
        if not ours and record.levelno < logging.WARNING:
            return False
        text = record.getMessage()
        if not ours:
            text = _QUOTED.sub("[removed]", text.splitlines()[0] if text else "")[:200]
        record.msg, record.args = _SENDER.sub("[person]", text), ()
        # A traceback's last line is the error's own text, which may quote what somebody wrote.
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def write_logs(level: str = "INFO", folder: Path | None = None) -> None:
    """Sends every logger through the filter, to a file a day or to standard error.

    Args:
        level: the lowest level of our own events.
        folder: where files go; AFTERWORD_LOGS if left out; without either, standard error.
    """
    given = os.environ.get("AFTERWORD_LOGS")
    place = folder or (Path(given) if given else None)
    handler: logging.Handler = logging.StreamHandler()
    if place is not None:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.TimedRotatingFileHandler(
            place / "afterword.log", when="midnight", backupCount=DAYS, encoding="utf-8"
        )
    handler.addFilter(Discreet())
    handler.setFormatter(
        logging.Formatter("time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
