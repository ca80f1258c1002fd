"""What the article says, retold as its claims, and why a cause was offered."""

from __future__ import annotations

from afterword.content.lookup import subject_in
from afterword.talk import Turn
from afterword.talk.pronouns import forms


def list_causes(turn: Turn) -> None:
    """Names the causes: the article's, and those people add."""
    names = [cause.name for cause in turn.library.causes.values()]
    turn.say("causes.list", names=", ".join(names[:-1]), last=names[-1])


def why_said(turn: Turn) -> None:
    """Shows the person's own words and what the rule takes them to mean."""
    claim = turn.state.causes.last
    if claim is None:
        turn.say("cause.why_nothing")
        return
    turn.say("cause.why_said", words=claim.words, means=claim.means)


def tell(turn: Turn) -> None:
    """Retells what the article says about the cause or step the message names."""
    subject = subject_in(turn.message.text, turn.library.causes, turn.library.steps)
    cause = turn.library.causes.get(subject) if isinstance(subject, str) else None
    step = turn.library.steps.get(subject) if isinstance(subject, int) else None
    if cause is not None and cause.article_claims:
        claim = cause.article_claims[0].says.format(**forms(turn.state.person.pronoun))
        turn.say("article.about_cause", name=cause.name, claim=claim)
    elif cause is not None:
        turn.say("article.not_in_article", name=cause.name)
    elif step is not None:
        turn.state.steps.current = step.number
        claim = step.what_article_says.format(**forms(turn.state.person.pronoun))
        turn.say("article.about_step", number=step.number, name=step.name, claim=claim)
    else:
        turn.say("article.unknown")
