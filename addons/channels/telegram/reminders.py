"""Sends the reminders people asked for, each once, also after a restart."""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime, timezone

from actions.runtime import shelf
from addons.channels.telegram.answering import word, write_no_more
from addons.channels.telegram.sending import Sender
from afterword.notebook import NotebookError

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds


async def remind_for_ever(sender: Sender) -> None:
    """Looks for what is due, again and again."""
    while True:
        try:
            await send_reminders(sender, datetime.now(timezone.utc).date())
        except NotebookError as error:
            log.warning("telegram_reminders_wait error=%s", type(error).__name__)
        except Exception as error:  # the next look may work
            log.error("telegram_reminders_failed error=%s", type(error).__name__)
        await asyncio.sleep(EVERY)


async def send_reminders(sender: Sender, today: date) -> int:
    """Sends what is due; returns how many were sent.

    A reminder is noted as sent when Telegram has taken it: while Telegram is away it waits.
    """
    sent = 0
    for _person, pause, address in await asyncio.to_thread(shelf().due_reminders, today):
        if not address.lstrip("-").isdigit():
            continue  # another channel's
        chat = int(address)
        number = await sender.say(chat, word("pause.reminder"))
        await asyncio.to_thread(shelf().reminder_sent, pause)
        sent += number is not None
        if chat in sender.gone:
            await write_no_more(chat)
    return sent
