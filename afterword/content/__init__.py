"""The content as data: causes, steps, evidence and replies, checked while they are loaded."""

from afterword.content.errors import ContentError
from afterword.content.library import Library
from afterword.content.models import Cause, Claim, EvidenceItem, Explore, Fits, Step

__all__ = [
    "Cause",
    "Claim",
    "ContentError",
    "EvidenceItem",
    "Explore",
    "Fits",
    "Library",
    "Step",
]
