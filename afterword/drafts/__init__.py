"""Draft review: reads a message to an ex line by line, by rules, and sends nothing."""

from afterword.drafts.review import Finding, Review, Reviewer

__all__ = ["Finding", "Review", "Reviewer"]
