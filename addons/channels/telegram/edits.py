"""Edited messages: not answered again, but the guard reads them (protocol.md, rule 1)."""

from __future__ import annotations

import logging

from addons.components.reader import EvidenceReader
from afterword.safety.guard import judge

log = logging.getLogger(__name__)


async def raises_risk(text: str) -> bool:
    """Whether the guard hears something in a text; True where it fails, which shows the help."""
    hearings = list(EvidenceReader.hearing_of.values())
    if not hearings:  # another assistant, without our rules
        return False
    try:
        return judge(hearings[0].read(text)) is not None
    except Exception as error:
        log.error("guard_failed error=%s", type(error).__name__)
        return True
