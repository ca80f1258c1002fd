"""Gets updates: tells Telegram about us, then asks for updates or lets it call."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, List

from telegram import Bot, BotCommand
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from addons.channels.telegram.answering import word
from addons.channels.telegram.inbox import Inbox
from addons.channels.telegram.seen import NUMBERED_ANEW
from addons.channels.telegram.sending import LONGEST_PAUSE, seconds_of
from addons.channels.telegram.settings import ROUTE, TelegramSettings
from addons.channels.telegram.updates import read_plain

log = logging.getLogger(__name__)

MENU = ("start", "help", "pause", "write", "plan", "privacy", "export", "forget")
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
LOOK_AGAIN = 0.5  # seconds until we look for new updates while others are in hand


async def introduce(bot: Bot, settings: TelegramSettings) -> bool:
    """Sets menu and webhook; waits for Telegram as long as it takes. False: wrong token."""
    pause = 1.0
    while True:
        try:
            await bot.set_my_commands([BotCommand(n, word(f"telegram.menu_{n}")) for n in MENU])
            if settings.webhook:
                address = settings.webhook.rstrip("/") + ROUTE
                await bot.set_webhook(address, secret_token=settings.secret, allowed_updates=KINDS)
            else:
                await bot.delete_webhook()
            return True
        except InvalidToken:
            say_wrong_token()
            return False
        except TelegramError as error:
            log.warning("telegram_unreachable error=%s", type(error).__name__)
            wait = seconds_of(error.retry_after) if isinstance(error, RetryAfter) else pause
        await asyncio.sleep(wait)
        pause = min(LONGEST_PAUSE, pause * 2)


async def poll(bot: Bot, inbox: Inbox, settings: TelegramSettings) -> None:
    """Asks for updates for ever; ends when the token is refused.

    Telegram is asked from the lowest number that is not answered yet, so it keeps every update
    until its reply is out.
    """
    pause, heard = 1.0, time.monotonic()
    while True:
        await inbox.room()
        if time.monotonic() - heard > NUMBERED_ANEW:
            inbox.number_anew()
        try:
            updates = await _get_updates(bot, inbox.low_water(), settings.poll_seconds)
            pause = 1.0
        except InvalidToken:
            say_wrong_token()
            return
        except Exception as error:  # whatever it is, the next try may work
            if isinstance(error, Conflict):
                log.error("telegram_conflict another program polls with this token")
            else:
                log.warning("telegram_unreachable error=%s", type(error).__name__)
            held = seconds_of(error.retry_after) if isinstance(error, RetryAfter) else 0.0
            await asyncio.sleep(max(pause, held))
            pause = min(LONGEST_PAUSE, pause * 2)
            continue
        if updates:
            heard = time.monotonic()
        if not _take_all(updates, inbox) and updates:
            # All of them are in hand; Telegram would send them again and again until answered.
            await inbox.moved(LOOK_AGAIN)


def _take_all(updates: List[Any], inbox: Inbox) -> int:
    """Takes updates in, in their order; how many of them were new."""
    found = sorted((read_plain(plain) for plain in updates), key=lambda one: one.update_id)
    new = [one for one in found if not inbox.holds(one.update_id)]
    for one in new:
        inbox.take(one)
    return len(new)


async def _get_updates(bot: Bot, offset: int, seconds: int) -> List[Any]:
    """Updates as they come: one the client cannot read must not hide the others."""
    asked = {"timeout": seconds, "allowed_updates": KINDS, **({"offset": offset} if offset else {})}
    found: Any = await bot._post("getUpdates", asked, read_timeout=seconds + 10.0)
    return list(found) if isinstance(found, list) else []


def say_wrong_token() -> None:
    """One line for whoever started us; the other channels serve on."""
    print("serve: Telegram refuses TELEGRAM_TOKEN; the other channels serve on", flush=True)
    log.error("telegram_wrong_token")
