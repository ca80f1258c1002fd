"""Nothing a person writes reaches a log, at any level, from anybody's logger."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from addons.logs import write_logs

MARKER = "my-heart-is-a-zebra"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    out = io.StringIO()
    write_logs("DEBUG")
    root.handlers[0].setStream(out)  # type: ignore[attr-defined]
    yield out
    root.handlers[:] = before
    root.setLevel(level)


def test_others_do_not_get_words_or_ids_through(log: io.StringIO) -> None:
    rasa = logging.getLogger("rasa.core.processor")
    rasa.debug("Received user message '%s'", MARKER)
    rasa.info("text %s", MARKER)
    rasa.warning("Failed to parse '%s' of web:abcdef", MARKER)
    rasa.error('slots {"journal": "%s"}', MARKER)
    assert MARKER not in log.getvalue()
    assert "web:abcdef" not in log.getvalue()
    assert "Failed to parse" in log.getvalue()


def test_a_traceback_does_not_quote_what_was_written(log: io.StringIO) -> None:
    try:
        raise ValueError(MARKER)
    except ValueError:
        logging.getLogger("actions.base").exception("action_failed error=ValueError")
    assert MARKER not in log.getvalue()
    assert "action_failed" in log.getvalue()


def test_our_events_are_one_line_with_time_level_and_name(log: io.StringIO) -> None:
    logging.getLogger("addons.queue").info("turn_failed cause=%s sender=%s", "locked", "tg:123")
    (line,) = log.getvalue().splitlines()
    assert line.startswith("time=") and "level=INFO logger=addons.queue turn_failed" in line
    assert "tg:123" not in line
