"""One notebook for two channels: a one-time code shown on one and typed on the other."""

from __future__ import annotations

import re

from afterword.notebook import NotebookError
from afterword.talk import Turn

_CODE = re.compile(r"\b(?=[A-Z0-9]*\d)[A-HJ-NP-Z2-9]{8}\b")


def code_in(text: str) -> str | None:
    """The code a message holds, if any: eight letters and digits with at least one digit."""
    found = _CODE.search(text.upper())
    return found.group() if found else None


def link(turn: Turn) -> None:
    """Shows a code, takes one, or takes this channel out of a joined notebook."""
    try:
        code = code_in(turn.message.text)
        if "unlink" in turn.message.text.lower():
            turn.say("privacy.unlinked" if turn.notebook.unlink() else "privacy.link_wrong")
        elif code is not None:
            fits = turn.notebook.link(code, turn.message.now)
            turn.say("privacy.linked" if fits else "privacy.link_wrong")
            if fits:
                turn.state.privacy = {"consent": "yes", "noticed": True}
        elif not turn.notebook.consented:
            turn.say("privacy.link_needs_consent")
        else:
            turn.say("privacy.link_code", code=turn.notebook.link_code(turn.message.now))
    except NotebookError:
        turn.say("privacy.not_kept")
