"""Decides whether the open journey takes a message, or whether it is something else."""

from __future__ import annotations

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

# Questions of their own: where words of any kind are an answer, these still are none.
ASKS_SOMETHING_ELSE = COMMANDS | {"ask_contact", "ask_get_back"}
