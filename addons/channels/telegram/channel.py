"""The channel: polls or takes webhook calls, answers through the agent, sends reminders."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timezone
from typing import Any, Dict, List, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from telegram import Bot, BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from actions.runtime import shelf, voice
from addons.channels.inbound import prepare
from addons.channels.telegram.inbox import Inbox
from addons.channels.telegram.seen import Seen
from addons.channels.telegram.sending import Sender
from addons.channels.telegram.settings import TelegramSettings
from addons.channels.telegram.updates import Incoming, read
from afterword.notebook import NotebookError

log = logging.getLogger(__name__)

MENU = ("start", "help", "pause", "write", "plan", "privacy", "export", "forget")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
KINDS = ["message", "callback_query"]
REMINDERS_EVERY = 60.0  # seconds
OnMessage = Callable[[UserMessage], Awaitable[Any]]


class TelegramOutput(OutputChannel):
    """Sends what the assistant says to one chat."""

    def __init__(self, sender: Sender, chat: int) -> None:
        self._sender, self._chat = sender, chat
        self.keys: List[str] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "telegram"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Sends one message of a reply with its buttons, and its file where it has one."""
        self.keys.append(str(message.get("key", "")))
        buttons = message.get("buttons") or []
        await self._sender.say(self._chat, message.get("text") or "", buttons)
        attachment = message.get("attachment")
        if attachment:
            await self._sender.give(self._chat, attachment["name"], attachment["text"])


class TelegramChannel(InputChannel):
    """Telegram, by long polling unless a webhook is set."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        self._tasks: List[asyncio.Task[None]] = []
        self._told_groups: set[int] = set()
        self._inbox: Optional[Inbox] = None
        self._seen: Optional[Seen] = None
        for name in ("httpx", "httpcore", "telegram"):
            # Their lines hold the address, which holds the token, and the texts of messages.
            logging.getLogger(name).setLevel(logging.CRITICAL)

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "telegram"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The webhook's route, and the start and end of polling."""
        blueprint = Blueprint("telegram_channel")

        async def start(_app: Any, _loop: Any) -> None:
            self._tasks = [asyncio.create_task(self._live(on_new_message))]

        async def stop(_app: Any, _loop: Any) -> None:
            await self.close()

        blueprint.listener("after_server_start")(start)
        blueprint.listener("before_server_stop")(stop)

        if self._settings.webhook:

            @blueprint.post("/webhooks/telegram")
            async def webhook(request: Request) -> HTTPResponse:
                given = request.headers.get(SECRET_HEADER, "")
                if not hmac.compare_digest(given.encode(), str(self._settings.secret).encode()):
                    return response.empty(403)
                if self._inbox is None:
                    return response.empty(503)  # Telegram will send it again
                try:
                    update = Update.de_json(request.json, None)
                except (TypeError, ValueError, KeyError, AttributeError):
                    return response.empty(400)
                if update is not None:
                    await self._inbox.room()
                    self._inbox.take(read(update))
                return response.empty(200)

        return blueprint

    async def close(self) -> None:
        """Stops fetching and finishes what is in hand."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._inbox is not None:
            await asyncio.wait_for(self._inbox.empty(), 10)
        if self._seen is not None:
            self._seen.close()

    async def _live(self, on_new_message: OnMessage) -> None:
        settings = self._settings
        waiting = HTTPXRequest(connection_pool_size=1, read_timeout=settings.poll_seconds + 10.0)
        try:
            bot = Bot(
                settings.token,
                base_url=settings.api,
                request=HTTPXRequest(connection_pool_size=32, pool_timeout=30.0),
                get_updates_request=waiting,
            )
        except InvalidToken:
            _say_wrong_token()
            return
        sender = Sender(bot, settings.per_second)
        self._seen = Seen(settings.state)
        self._inbox = Inbox(self._seen, lambda one: self._answer(one, sender, on_new_message))
        if not await self._greet_server(bot):
            return
        self._tasks.append(asyncio.create_task(self._remind(sender)))
        if not settings.webhook:
            await self._poll(bot, self._inbox)

    async def _greet_server(self, bot: Bot) -> bool:
        """Sets menu and webhook; waits for Telegram as long as it takes. False: wrong token."""
        pause = 1.0
        while True:
            try:
                menu = [BotCommand(n, voice().template(f"telegram.menu_{n}").say[0]) for n in MENU]
                await bot.set_my_commands(menu)
                if self._settings.webhook:
                    address = self._settings.webhook.rstrip("/") + "/webhooks/telegram"
                    await bot.set_webhook(
                        address, secret_token=self._settings.secret, allowed_updates=KINDS
                    )
                else:
                    await bot.delete_webhook()
                return True
            except InvalidToken:
                _say_wrong_token()
                return False
            except RetryAfter as error:
                pause = float(str(error.retry_after)) if str(error.retry_after).isdigit() else pause
            except TelegramError as error:
                log.warning("telegram_unreachable error=%s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)

    async def _poll(self, bot: Bot, inbox: Inbox) -> None:
        pause = 1.0
        while True:
            await inbox.room()
            try:
                updates = await bot.get_updates(
                    offset=inbox.low_water() or None,
                    timeout=self._settings.poll_seconds,
                    allowed_updates=KINDS,
                )
                pause = 1.0
            except InvalidToken:
                _say_wrong_token()
                return
            except Conflict:
                log.error("telegram_conflict another program polls with this token")
                await asyncio.sleep(15)
                continue
            except (NetworkError, RetryAfter) as error:
                log.warning("telegram_unreachable error=%s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(60.0, pause * 2)
                continue
            for update in sorted(updates, key=lambda one: one.update_id):
                inbox.take(read(update))
            if updates and inbox.low_water() <= updates[-1].update_id:
                await asyncio.sleep(0.05)  # Telegram sends them again until they are answered

    async def _answer(self, incoming: Incoming, sender: Sender, tell: OnMessage) -> None:
        if incoming.kind == "ignored":
            if incoming.callback:
                await sender.answer(incoming.callback)
        elif incoming.kind == "group":
            if incoming.chat not in self._told_groups:
                self._told_groups.add(incoming.chat)
                await sender.say(incoming.chat, _word("telegram.group"))
        elif incoming.kind == "other":
            await sender.say(incoming.chat, _word("telegram.only_text"))
        else:
            sender.gone.discard(incoming.chat)  # whoever writes has not blocked us
            await self._converse(incoming, sender, tell)

    async def _converse(self, incoming: Incoming, sender: Sender, tell: OnMessage) -> None:
        titles = dict(incoming.offered)
        if incoming.kind == "button":
            if incoming.text not in titles:
                await sender.answer(incoming.callback, _word("telegram.old_button"))
                return
            await sender.answer(incoming.callback)
            title = titles[incoming.text]
            await sender.chosen(incoming.chat, incoming.message_id, incoming.shown, title)
        else:
            sender.remember(incoming.chat, incoming.message_id)
        await sender.typing(incoming.chat)
        inbound = prepare(incoming.text, titles)
        out = TelegramOutput(sender, incoming.chat)
        message = UserMessage(
            inbound.text,
            out,
            f"tg:{incoming.chat}",
            input_channel=self.name(),
            message_id=str(incoming.update_id),
        )
        await tell(message)
        if inbound.cut:
            await sender.say(incoming.chat, _word("fault.cut"))
        if "privacy.forgotten" in out.keys and await sender.delete_young(incoming.chat):
            await sender.say(incoming.chat, _word("telegram.deleted"))

    async def _remind(self, sender: Sender) -> None:
        """Sends the reminders people asked for, each once, also after a restart."""
        while True:
            try:
                await self.send_reminders(sender, datetime.now(timezone.utc).date())
            except NotebookError as error:
                log.warning("telegram_reminders_wait error=%s", type(error).__name__)
            await asyncio.sleep(REMINDERS_EVERY)

    async def send_reminders(self, sender: Sender, today: date) -> int:
        """Sends what is due; returns how many were sent."""
        sent = 0
        for _person, pause, address in await asyncio.to_thread(shelf().due_reminders, today):
            if await asyncio.to_thread(shelf().reminder_sent, pause):
                await sender.say(int(address), _word("pause.reminder"))
                sent += 1
        return sent


def _word(key: str) -> str:
    return voice().template(key).say[0]


def _say_wrong_token() -> None:
    print("serve: Telegram refuses TELEGRAM_TOKEN; the other channels serve on", flush=True)
    log.error("telegram_wrong_token")
