"""An assistant of a few fixed answers, so that tests of the website say what they mean."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from sanic import Sanic

from addons.channels.web import WebChannel
from addons.channels.web_settings import WebSettings
from addons.channels.web_talk import Known, items_of, offered_by

HOSTILE = (
    '<img src=x onerror="window.hit=1"><script>window.hit=1</script>[x](javascript:window.hit=1)'
)
PLAN = {"name": "plan.md", "type": "text/markdown", "text": "# My plan\n\n- wait\n"}

Message = dict[str, Any]


class Assistant:
    """Answers by table and remembers what was said, as the tracker store would."""

    def __init__(self) -> None:
        self.talks: dict[str, list[Event]] = defaultdict(list)
        self.heard: list[UserMessage] = []
        self.kept: set[str] = set()

    async def __call__(self, message: UserMessage) -> None:
        self.heard.append(message)
        events = self.talks[message.sender_id]
        events.append(UserUttered(message.text, input_channel="web", message_id=message.message_id))
        for reply in self.replies(message):
            if reply.get("wait"):
                await asyncio.sleep(reply["wait"])
                continue
            if reply.get("key") == "privacy.forgotten":
                self.talks.pop(message.sender_id, None)
            data = {k: reply[k] for k in ("buttons", "attachment") if k in reply}
            events.append(BotUttered(reply["text"], data=data))
            await message.output_channel.send_response(message.sender_id, dict(reply))

    def replies(self, message: UserMessage) -> list[Message]:
        text = message.text or ""
        if text == "/ask_help":
            return [{"text": "Here are lines you can ring."}]
        if text == "/plan_show":
            return [{"text": "Your plan.", "attachment": PLAN}]
        if text == "/forget_me":
            return [{"text": "Are you sure?", "buttons": [_button("Delete everything", "sure")]}]
        if text == '/answer{"v":"sure"}':
            return [{"text": "All gone.", "key": "privacy.forgotten"}]
        if text.startswith("/answer"):
            return [{"text": f"You chose {text}"}]
        if text == "/consent_yes":
            self.kept.add(message.sender_id)
            return [{"text": "Kept from here on."}]
        if "hostile" in text:
            return [{"text": HOSTILE, "buttons": [{"title": HOSTILE, "payload": "/ask_help"}]}]
        if "slow" in text:
            return [{"text": "First."}, {"wait": 1.5}, {"text": "Second."}]
        if "crash" in text:
            raise RuntimeError(text)
        if "nothing" in text:
            return []
        return [
            {"text": f"I heard: {text}"},
            {"text": "Is that so?", "buttons": [_button("Yes", "yes"), _button("No", "no")]},
        ]

    async def known(self, sender: str) -> Known:
        events = self.talks.get(sender, [])
        return Known(items_of(events), offered_by(events), sender in self.kept)

    async def forget(self, sender: str) -> None:
        self.talks.pop(sender, None)
        self.kept.discard(sender)


def _button(title: str, value: str) -> dict[str, str]:
    return {"title": title, "payload": f'/answer{{"v":"{value}"}}'}


def app_of(assistant: Assistant, settings: WebSettings, secret: bytes = b"t" * 32) -> Sanic:
    """A server like `afterword serve`'s, with this assistant instead of an agent."""
    from addons.server import LIMITS, failure

    Sanic.test_mode = True  # several apps of one name in one process
    app = Sanic("afterword-test", configure_logging=False)
    app.config.update(LIMITS)
    app.error_handler.add(Exception, failure)
    app.blueprint(WebChannel(settings, secret, assistant).blueprint(assistant))
    return app


if __name__ == "__main__":
    given = WebSettings.from_environment({**os.environ, "AFTERWORD_DATA": sys.argv[2]})
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    app_of(Assistant(), given).run("127.0.0.1", int(sys.argv[1]), access_log=False)
