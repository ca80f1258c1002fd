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

# While somebody writes a page, nothing else breaks in.
BREAKS_A_PAGE = frozenset(("ask_help", "forget_me", "start_over"))

_SHORT = (
    6  # words; a longer text in answer to an open question is an answer, whatever it sounds like
)


def is_command(message: Message, free: bool = False, page: bool = False) -> bool:
    """Whether the message is a command, given what is open.

    Args:
        message: as understood.
        free: the open question takes any words, so only a short command is one.
        page: a page is being written, so only a few commands are any.
    """
    if page:
        known = BREAKS_A_PAGE
    elif free and not message.is_button:
        known = COMMANDS if len(message.text.split()) <= _SHORT else frozenset()
    else:
        known = COMMANDS
    return message.intent in known and (not page or len(message.text.split()) <= _SHORT)
