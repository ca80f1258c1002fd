"""Families of intents: what kind of thing a message can be.

The names are those of domain.yml. A family says how long such a message usually is and what it
gives way to; afterword.understanding.decide does the weighing.
"""

from __future__ import annotations

# Questions about the ex: the person waits for an answer to just this.
ASKS = frozenset(("ask_contact", "ask_get_back", "ask_why_they_left"))

# What the person did, sees or does for themselves.
REPORTS = frozenset(
    (
        "begged_already",
        "checking_social_media",
        "jealous_new_partner",
        "moving_on",
        "self_care",
    )
)

# What most messages are.
TELLING = frozenset(("tell_story", "vent"))

# Said in a few words, in answer to something or as manners.
SHORT = frozenset(
    ("greet", "goodbye", "thanks", "affirm", "deny", "partly", "unsure", "insult", "smalltalk")
)

OUTSIDE = frozenset(("out_of_scope", "nlu_fallback"))

# Understood by rules for safety's sake; no intents of the conversation.
NO_INTENT = frozenset(("misread",))

ABOUT_THE_EX = ASKS | REPORTS | TELLING


def family_of(intent: str) -> str:
    """The family's name: asks, reports, telling, cause, short, outside or command."""
    if intent.startswith("cause_"):
        return "cause"
    for name, members in (
        ("asks", ASKS),
        ("reports", REPORTS),
        ("telling", TELLING),
        ("short", SHORT),
        ("outside", OUTSIDE),
    ):
        if intent in members:
            return name
    return "command"
