"""What typed text becomes before Rasa sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.channels.inbound import LONGEST, NOT_AN_INTENT, prepare


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("hello", "hello", "text"),
        ("  hello \n", "hello", "text"),
        ("/help", "/ask_help", "command"),
        ("/Pause please", "/pause_start", "command"),
        ("/restart", "/start_over", "command"),
        ("/foo", NOT_AN_INTENT + "/foo", "text"),
        ('/answer{"v":"yes"}', NOT_AN_INTENT + '/answer{"v":"yes"}', "text"),
        ("", "/nothing_said", "empty"),
        (" \x00\x07 ", "/nothing_said", "empty"),
        ("he\x00 left", "he left", "text"),
    ],
)
def test_prepares(typed: str, text: str, kind: str) -> None:
    inbound = prepare(typed)
    assert (inbound.text, inbound.kind) == (text, kind)


def test_only_an_offered_payload_passes_as_a_button() -> None:
    payload = '/answer{"v":"yes"}'
    assert prepare(payload, [payload]).kind == "button"
    assert prepare(payload, ['/answer{"v":"no"}']).kind == "text"


def test_a_long_text_is_cut_and_says_so() -> None:
    inbound = prepare("a" * 10_000)
    assert len(inbound.text) == LONGEST and inbound.cut


@given(st.text())
def test_no_typed_text_reaches_rasa_as_an_intent(typed: str) -> None:
    inbound = prepare(typed)
    assert inbound.kind in ("command", "empty") or not inbound.text.strip().startswith("/")
