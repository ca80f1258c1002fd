"""Evidence: what a person's words say, by rule, with the span that says it."""

from afterword.evidence.engine import Engine, Evidence, Reading
from afterword.evidence.rules import PatternError, Rule

__all__ = ["Engine", "Evidence", "PatternError", "Reading", "Rule"]
