"""Keeps the token, and what people write, out of every log, at every level."""

from __future__ import annotations

import logging
import traceback
from typing import Any, Callable

INSTEAD = "[token]"
LOUD = ("httpx", "httpcore", "telegram")  # their lines hold addresses, and the texts of messages

Factory = Callable[..., logging.LogRecord]


def keep_out(token: str) -> None:
    """From now on no log record of this process holds the token, whoever writes it."""
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    made_by = logging.getLogRecordFactory()
    if token in getattr(made_by, "kept_out", ()):
        return

    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return _scrubbed(made_by(*args, **kwargs), token)

    make.kept_out = (token, *getattr(made_by, "kept_out", ()))  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make)


def _scrubbed(record: logging.LogRecord, token: str) -> logging.LogRecord:
    secret = token.partition(":")[2] or token
    try:
        said = record.getMessage()
    except Exception:  # arguments that do not fit; the logging module says so by itself
        said = str(record.msg)
    if secret in said:
        record.msg, record.args = said.replace(token, INSTEAD).replace(secret, INSTEAD), ()
    if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
        trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if secret in trace:
            record.exc_text = trace.replace(token, INSTEAD).replace(secret, INSTEAD)
            record.exc_info = None
    return record
