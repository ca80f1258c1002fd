"""Telegram: the same assistant as a bot, by long polling or by webhook."""

from __future__ import annotations

from typing import Optional

from addons.channels.telegram.channel import TelegramChannel
from addons.channels.telegram.settings import TelegramSettings


def from_environment() -> Optional[TelegramChannel]:
    """The channel, where TELEGRAM_TOKEN is set; None otherwise."""
    settings = TelegramSettings.from_environment()
    return None if settings is None else TelegramChannel(settings)
