"""A yes or no to keeping counts only where it was given."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from afterword.privacy.consent import meant
from afterword.talk.message import Heard, Message

RULE = Heard(kind="act", id="consent_yes", rule="consent_yes.agrees")
OTHER = Heard(kind="act", id="tell_story", rule="tell_story.any")


@pytest.mark.parametrize(
    ("text", "evidence", "counts"),
    [
        ("/consent_yes", [], True),
        ("you may keep my notes", [RULE], True),
        ("and i kept your jumper", [], False),
        ("and i kept your jumper", [OTHER], False),
    ],
)
def test_a_guess_is_no_consent(text: str, evidence: list[Heard], counts: bool) -> None:
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert meant(Message(text=text, intent="consent_yes", evidence=evidence, now=now)) is counts
