"""The channel: polls or takes webhook calls, answers through the agent, sends reminders."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Container
from datetime import date
from typing import Any, List, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import HTTPXRequest

from addons.channels.telegram.answering import Answerer, OnMessage
from addons.channels.telegram.aside import Aside
from addons.channels.telegram.edits import raises_risk
from addons.channels.telegram.fetching import introduce, poll, say_wrong_token
from addons.channels.telegram.inbox import Inbox
from addons.channels.telegram.quiet import keep_out
from addons.channels.telegram.reminders import remind_for_ever, send_reminders
from addons.channels.telegram.seen import Seen
from addons.channels.telegram.sending import Sender
from addons.channels.telegram.settings import ROUTE, TelegramSettings
from addons.channels.telegram.updates import Incoming, read_plain
from addons.channels.telegram.young import Young
from addons.channels.web_talk import AgentTalk, Talk

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
GAP = 1.0  # seconds an update of the webhook waits for one that was sent before it
HOOK_SECONDS = 50.0  # Telegram waits about a minute for the end of a call
LAST_SECONDS = 10.0  # for what is in hand when the server ends
CANCEL_AGAIN = 1.0  # seconds
READ_SECONDS = 30.0  # giving up sooner could send a message twice


class TelegramChannel(InputChannel):
    """Telegram, by long polling unless a webhook is set."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        self._tasks: List[asyncio.Task[None]] = []
        self._aside: Optional[Aside] = None
        self._inbox: Optional[Inbox] = None
        self._seen: Optional[Seen] = None
        self._young: Optional[Young] = None
        self._talk: Optional[Talk] = None
        self._request: Optional[HTTPXRequest] = None
        keep_out(settings.token)

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "telegram"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The webhook's route, and the start and end of polling."""
        blueprint = Blueprint("telegram_channel")

        async def start(app: Any, _loop: Any) -> None:
            self._aside, self._talk = Aside(), AgentTalk(app)
            await self._aside.run(self._begin(on_new_message))

        async def stop(_app: Any, _loop: Any) -> None:
            if self._aside is not None:
                await self._aside.run(self.close())
                self._aside.end()

        blueprint.listener("after_server_start")(start)
        blueprint.listener("before_server_stop")(stop)
        if self._settings.webhook:

            @blueprint.post(ROUTE)
            async def called(request: Request) -> HTTPResponse:
                return await self._called(request)

        return blueprint

    async def _begin(self, on_new_message: OnMessage) -> None:
        self._tasks.append(asyncio.create_task(self._live(on_new_message)))

    async def close(self) -> None:
        """Stops fetching and finishes what is in hand; the rest comes again at the next start."""
        going = set(self._tasks)
        while going:  # a library may lose a cancellation; the end must not wait for that for ever
            for task in going:
                task.cancel()
            _, going = await asyncio.wait(going, timeout=CANCEL_AGAIN)
        if self._inbox is not None:
            await self._inbox.finish(LAST_SECONDS)
        if self._request is not None:
            await self._request.shutdown()
        for store in (self._seen, self._young):
            if store is not None:
                store.close()

    async def _called(self, request: Request) -> HTTPResponse:
        """One call of the webhook. It is taken as delivered only when its reply is out."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), str(self._settings.secret).encode()):
            return response.empty(403)
        if self._inbox is None:
            return response.empty(503)  # Telegram will send it again
        try:
            incoming = read_plain(request.json)
        except Exception:  # no JSON, or no update
            return response.empty(400)
        taken = self._take(self._inbox, incoming)
        answered = await (taken if self._aside is None else self._aside.run(taken))
        return response.empty(200 if answered else 503)

    @staticmethod
    async def _take(inbox: Inbox, incoming: Incoming) -> bool:
        """Whether an update was answered in the time Telegram gives us."""
        await inbox.room()
        done = inbox.take(incoming)
        finished, _ = await asyncio.wait([done], timeout=HOOK_SECONDS)
        return bool(finished) and not done.cancelled()

    async def _live(self, on_new_message: OnMessage) -> None:
        settings = self._settings
        try:
            bot = Bot(settings.token, base_url=settings.api, request=self._line())
        except InvalidToken:
            say_wrong_token()
            return
        if not await introduce(bot, settings):
            return
        sender = Sender(bot, settings.per_second)
        self._seen, self._young = Seen(settings.state), Young(settings.state)
        at_home = self._aside.at_home if self._aside is not None else _as_it_is
        answerer = Answerer(
            sender,
            self._seen,
            self._young,
            at_home(on_new_message),
            at_home(raises_risk),
            at_home(self._offered),
        )
        self._inbox = Inbox(self._seen, answerer.answer, GAP if settings.webhook else 0.0)
        self._tasks.append(asyncio.create_task(remind_for_ever(sender)))
        if not settings.webhook:
            await poll(bot, self._inbox, settings)

    async def _offered(self, sender_id: str) -> Container[str]:
        """What a conversation offers now; nothing where there is none."""
        return (await self._talk.known(sender_id)).offered if self._talk is not None else ()

    def _line(self) -> HTTPXRequest:
        self._request = HTTPXRequest(
            connection_pool_size=64, pool_timeout=READ_SECONDS, read_timeout=READ_SECONDS
        )
        return self._request

    async def send_reminders(self, sender: Sender, today: date) -> int:
        """Sends what is due; returns how many were sent."""
        return await send_reminders(sender, today)


def _as_it_is(call: Any) -> Any:
    return call
