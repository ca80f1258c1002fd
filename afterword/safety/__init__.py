"""Safety: the guard over every message, the holds it sets, the lines it shows. No Rasa here."""

from afterword.safety.guard import Risk, judge
from afterword.safety.holds import Hold, SafetyState

__all__ = ["Hold", "Risk", "SafetyState", "judge"]
