"""The first notice. It is no wall: it comes after the answer to what the person wrote.

Said once at first contact, and asked once more when something is worth keeping.
"""

from __future__ import annotations

import os

from afterword.talk import Turn
from afterword.talk.turn import MOST_MESSAGES

DEFAULT_DAYS = 30
EMPTIED = "emptied"  # in the state's `privacy`: no turn may stay, not even in memory


def retention_days() -> int:
    """Days after the last message until everything is deleted (AFTERWORD_RETENTION_DAYS)."""
    try:
        return max(1, int(float(os.environ.get("AFTERWORD_RETENTION_DAYS", DEFAULT_DAYS))))
    except ValueError:
        return DEFAULT_DAYS


def notice_if_due(turn: Turn) -> None:
    """Adds the notice to the first answer there is room in, and never to a safety reply."""
    privacy = turn.state.privacy
    if turn.notebook.consented:
        privacy["consent"] = "yes"
        return
    if privacy.get("noticed") or privacy.get("consent") or len(turn.said) >= MOST_MESSAGES:
        return
    if any(key.startswith(("safety.", "help.", "privacy.")) for key in turn.keys):
        return
    turn.say("privacy.notice", days=retention_days())
    privacy["noticed"] = True


def ask_once_more(turn: Turn) -> None:
    """When something is worth keeping: asks for consent a second and last time."""
    privacy = turn.state.privacy
    refused = privacy.get("consent") == "no"
    if turn.notebook.consented or refused or privacy.get("asked_again"):
        return
    if len(turn.said) < MOST_MESSAGES:
        turn.say("privacy.notice_again", days=retention_days())
        privacy["asked_again"] = True
