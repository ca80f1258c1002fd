"""Agreeing, not agreeing, asking what is kept, and taking it away."""

from __future__ import annotations

from afterword.notebook import NotebookError
from afterword.pause.dates import local_day
from afterword.privacy.export import as_json, as_markdown, is_empty
from afterword.privacy.notice import retention_days
from afterword.safety.holds import MINOR, hold_names
from afterword.talk import Message, Turn


def meant(message: Message) -> bool:
    """Whether a yes or no to keeping was given: by a button or in words that a rule heard.

    The classifier's guess alone neither keeps nor deletes anything.
    """
    return message.is_button or any(found.id == message.intent for found in message.heard("act"))


def agree(turn: Turn) -> None:
    """The person is 18 or over and agrees; says truthfully if nothing can be kept just now."""
    if MINOR in hold_names(turn.state.safety, turn.message.now):
        turn.say("safety.minor.reminder")  # nothing of theirs is kept
        return
    if turn.notebook.consented:
        turn.say("privacy.already")
        return
    try:
        turn.notebook.agree(local_day(turn.message.now, turn.message.timezone))
    except NotebookError:
        turn.say("privacy.not_kept")
        return
    turn.state.privacy = {"consent": "yes", "noticed": True}
    turn.say("privacy.thanks")


def disagree(turn: Turn) -> None:
    """The person does not agree: what was kept goes, the talk goes on."""
    try:
        turn.notebook.disagree()
    except NotebookError:
        turn.say("privacy.forget_failed")
        return
    turn.state.privacy = {"consent": "no", "noticed": True}
    turn.say("privacy.refused")


def tell(turn: Turn) -> None:
    """Says what is kept, where and for how long."""
    turn.say("privacy.more", days=retention_days())
    turn.say("privacy.more_exception")
    turn.state.privacy["noticed"] = True


def give_data(turn: Turn) -> None:
    """Everything kept of the person, as Markdown and as JSON."""
    everything = turn.notebook.everything()
    if is_empty(everything):
        turn.say("privacy.data_none")
        return
    turn.say("privacy.data")
    turn.attach("my-data.md", "text/markdown", as_markdown(everything))
    turn.say("privacy.data_json")
    turn.attach("my-data.json", "application/json", as_json(everything))
