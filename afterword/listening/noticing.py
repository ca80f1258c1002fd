"""Takes from a message what later replies need: pronoun, shared life, claims, feelings."""

from __future__ import annotations

from afterword.safety.holds import hold_names
from afterword.talk import Turn
from afterword.talk.pronouns import heard_pronoun
from afterword.talk.state import Claim
from afterword.understanding.causes import claims_of

_SHARED = {"shares_children": "children", "shares_home": "home", "shares_work": "work"}


def notice(turn: Turn) -> None:
    """Updates the state with what the message tells, before anything is answered.

    Under some holds a cause is not even offered: its "you may have done" must never be put to
    somebody who was abused (article/reading.md).
    """
    message, state = turn.message, turn.state
    holds = set(hold_names(state.safety, message.now))
    people = [found.id for found in message.heard("people")]
    state.person.pronoun = heard_pronoun(people, state.person.pronoun)
    shared = [_SHARED[name] for name in people if name in _SHARED]
    state.person.shares = list(dict.fromkeys([*state.person.shares, *shared]))
    allowed = {
        name
        for name, cause in turn.library.causes.items()
        if not holds & set(cause.never_under_holds)
    }
    waiting = [claim for claim in state.causes.waiting if claim.id in allowed]
    if not message.risk:  # words that raised a risk are kept nowhere, not as a claim either
        known = state.causes.known()
        waiting += [
            Claim(id=claim.id, words=claim.words, rule=claim.rule, means=claim.means)
            for claim in claims_of(message.evidence)
            if claim.id not in known and claim.id in allowed
        ]
    state.causes.waiting = waiting
