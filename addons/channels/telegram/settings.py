"""What the Telegram channel is told from outside."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

API = "https://api.telegram.org/bot"
ROUTE = "/webhooks/telegram"  # of the webhook, below its public address


@dataclass(frozen=True)
class TelegramSettings:
    """Settings of the channel.

    Attributes:
        token: the bot's token; never shown, not even in this object's own text.
        webhook: the public address Telegram shall write to; None for long polling.
        secret: what Telegram must send along with each webhook call.
        api: where the Bot API is.
        state: the file that remembers which updates were answered.
        per_second: messages sent in a second, over all chats.
        poll_seconds: how long one long poll waits.
    """

    token: str = field(repr=False)
    webhook: Optional[str] = None
    secret: Optional[str] = field(default=None, repr=False)
    api: str = API
    state: Path = Path("var/telegram.db")
    per_second: float = 25.0  # Telegram takes 30; networks bunch messages up
    poll_seconds: int = 25

    @classmethod
    def from_environment(
        cls, given: Optional[Mapping[str, str]] = None
    ) -> Optional[TelegramSettings]:
        """Reads TELEGRAM_TOKEN, TELEGRAM_WEBHOOK, TELEGRAM_SECRET and TELEGRAM_API.

        Raises:
            ValueError: a webhook without a secret; anybody could then send updates.
        """
        env = os.environ if given is None else given
        token = env.get("TELEGRAM_TOKEN", "").strip()
        if not token:
            return None
        webhook, secret = env.get("TELEGRAM_WEBHOOK"), env.get("TELEGRAM_SECRET")
        if webhook and not secret:
            raise ValueError("TELEGRAM_WEBHOOK needs TELEGRAM_SECRET, so that nobody can forge")
        return cls(
            token=token,
            webhook=webhook or None,
            secret=secret or None,
            api=env.get("TELEGRAM_API") or API,
            state=Path(env.get("AFTERWORD_DATA") or "var") / "telegram.db",
        )
