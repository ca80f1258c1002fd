"""Decides whether the open journey takes a message, or whether it is something else."""

from __future__ import annotations

from afterword.talk.message import Message

# Said in the middle of anything, these are never an answer to an open question.
COMMANDS = frozenset(
    (
        "ask_help",
        "ask_privacy",
        "forget_me",
        "my_data",
        "start_over",
        "go_back",
        "stop_that",
        "consent_yes",
        "consent_no",
        "link_devices",
        "bot_challenge",
        "goodbye",
        "what_can_you_do",
        "ask_causes",
        "ask_steps",
        "ask_step",
        "ask_next_step",
        "ask_another_step",
        "ask_why_step",
        "ask_why_said",
        "ask_article",
        "ask_manipulative_text",
        "pause_start",
        "pause_status",
        "pause_stop",
        "write_start",
        "write_read",
        "ask_draft_review",
        "ask_message_help",
        "clear_air",
        "plan_show",
        "plan_edit",
        "ask_progress",
    )
)

# While somebody writes a page, of words only these break in; stopping ends the page itself.
BREAKS_A_PAGE = frozenset(("ask_help", "forget_me", "start_over", "go_back"))
_ENDS_A_PAGE = "stop_that"
# A greeting alone answers no question: somebody has come back, and is asked again.
GREETING = "greet"
_A_GREETING = 3  # words

_SHORT = (
    6  # words; a longer text in answer to an open question is an answer, whatever it sounds like
)


def is_greeting(message: Message) -> bool:
    """Whether the message greets and says nothing else."""
    few = len(message.text.split()) <= _A_GREETING
    return message.intent == GREETING and few and _heard(message)


def is_command(message: Message, free: bool = False, page: bool = False) -> bool:
    """Whether the message is a command, given what is open.

    Args:
        message: as understood.
        free: the open question takes any words, so only a short command is one, and only where a
            rule heard it: a guess would take away what somebody wrote.
        page: a page is being written, so of words only a few commands are any.
    """
    if message.is_button:
        return message.intent in COMMANDS and not (page and message.intent == _ENDS_A_PAGE)
    known = BREAKS_A_PAGE if page else COMMANDS
    if message.intent not in known:
        return False
    return not (free or page) or (len(message.text.split()) <= _SHORT and _heard(message))


def _heard(message: Message) -> bool:
    """Whether a rule heard the intent; a call for help is taken on a guess as well."""
    heard = any(found.id == message.intent for found in message.heard("act"))
    return heard or message.intent == "ask_help"
