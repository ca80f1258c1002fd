"""Answers one update: the turn first, then its reply part by part, each part noted when sent.

A reply is sent after its turn is stored, never during it. After a crash the update comes again: a
turn that was stored gives the same reply from the conversation, and the parts that were noted as
sent are left out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container
from typing import Any, Dict, List, Optional, Sequence

from rasa.core.channels.channel import OutputChannel, UserMessage

from actions.runtime import shelf, voice
from addons.channels.inbound import ANSWER, prepare
from addons.channels.telegram.layout import Part, parts_of, split
from addons.channels.telegram.seen import Seen
from addons.channels.telegram.sending import Sender
from addons.channels.telegram.updates import Incoming
from addons.channels.telegram.young import Young
from afterword.notebook import NotebookError

log = logging.getLogger(__name__)

FORGOTTEN = "privacy.forgotten"
MOST_ALARMS = 1_000  # messages remembered as answered by safety
Guard = Callable[[str], Awaitable[bool]]
Offered = Callable[[str], Awaitable[Container[str]]]
OnMessage = Callable[[UserMessage], Awaitable[Any]]


class TelegramOutput(OutputChannel):
    """Collects what the assistant says to one chat; it is sent when the turn is stored."""

    def __init__(self) -> None:
        self.parts: List[Part] = []
        self.keys: List[str] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "telegram"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Takes one message of a reply with its buttons, and its file where it has one."""
        self.keys.append(str(message.get("key", "")))
        self.parts += parts_of(message)


class Answerer:
    """Answers updates through the assistant."""

    def __init__(
        self,
        sender: Sender,
        seen: Seen,
        young: Young,
        tell: OnMessage,
        raises_risk: Guard,
        offered: Offered,
    ) -> None:
        """`offered` says which payloads the conversation itself offers a person now."""
        self._sender, self._seen, self._young = sender, seen, young
        self._tell, self._raises_risk, self._offered = tell, raises_risk, offered
        self._told_groups: set[int] = set()
        self._telling_groups = asyncio.Lock()
        self._alarms: Dict[tuple[int, int], None] = {}

    async def answer(self, incoming: Incoming) -> None:
        """Answers one update; it is noted as answered together with the last part of the reply."""
        kind = incoming.kind
        if kind == "left":
            await self._left(incoming.chat)
        elif kind == "ignored":
            if incoming.callback:
                await self._sender.answer(incoming.callback)
        elif kind == "group":
            await self._group(incoming)
        elif kind == "edited" and not await self._is_alarming(incoming):
            return
        else:
            self._sender.gone.discard(incoming.chat)  # whoever writes has not blocked us
            if kind == "other":
                self._young.add(incoming.chat, incoming.message_id)
                await self._deliver(incoming, [Part(word("telegram.only_text"))])
            elif kind == "button" and not await self._may_press(incoming):
                await self._sender.answer(incoming.callback, word("telegram.old_button"))
            else:
                await self._converse(incoming)

    async def _group(self, incoming: Incoming) -> None:
        # One after the other: what is told under an old number counts for the new one as well.
        async with self._telling_groups:
            told = incoming.chat in self._told_groups
            self._told_groups.add(incoming.chat)
            if incoming.moved_to:
                self._told_groups.add(incoming.moved_to)
            elif not told:
                await self._sender.say(incoming.chat, word("telegram.group"))
                self._told_groups.add(self._sender.moved.get(incoming.chat, incoming.chat))

    async def _left(self, chat: int) -> None:
        """Somebody blocked the bot: nothing is sent to them unasked any more."""
        self._sender.gone.add(chat)
        await write_no_more(chat)

    async def _is_alarming(self, incoming: Incoming) -> bool:
        """Whether an edited message says something new that safety must answer."""
        known = (incoming.chat, incoming.message_id) in self._alarms
        return not known and await self._raises_risk(incoming.text)

    async def _may_press(self, incoming: Incoming) -> bool:
        """Whether a button is one we gave; an answer must belong to the newest question."""
        if incoming.text not in dict(incoming.offered):
            return False
        if not incoming.text.startswith(ANSWER):
            return True
        newest = self._young.newest_question(incoming.chat)
        if newest is not None:
            return incoming.message_id >= newest
        # Asked before a restart, or by another worker: the conversation knows, if there is one.
        try:
            return incoming.text in await self._offered(f"tg:{incoming.chat}")
        except Exception as error:  # the turn itself will say what is out of reach
            log.warning("telegram_offered_not_known error=%s", type(error).__name__)
            return True

    async def _converse(self, incoming: Incoming) -> None:
        chat = incoming.chat
        titles = dict(incoming.offered)
        if incoming.kind == "button":
            await self._sender.answer(incoming.callback)
            title = titles[incoming.text]
            await self._sender.chosen(chat, incoming.message_id, incoming.shown, title)
        else:
            self._young.add(chat, incoming.message_id)
        await self._sender.typing(chat)
        if self._seen.forgot(incoming.update_id):  # the crash came after the turn
            await self._deliver(incoming, [Part(word(FORGOTTEN))], forgotten=True)
            return
        inbound = prepare(incoming.text, titles)
        out = TelegramOutput()
        await self._tell(
            UserMessage(
                inbound.text,
                out,
                f"tg:{chat}",
                input_channel=out.name(),
                message_id=str(incoming.update_id),
            )
        )
        if any(key.startswith("safety.") for key in out.keys):
            self._remember_alarm(chat, incoming.message_id)
        before = [Part(word("telegram.only_text"))] if incoming.caption else []
        after = [Part(word("fault.cut"))] if inbound.cut else []
        await self._deliver(incoming, [*before, *out.parts, *after], FORGOTTEN in out.keys)

    async def _deliver(
        self, incoming: Incoming, parts: Sequence[Part], forgotten: bool = False
    ) -> None:
        """Sends what has not been sent of a reply."""
        chat, update = incoming.chat, incoming.update_id
        if forgotten:
            parts = [*parts, *await self._empty(incoming)]
        done = self._seen.sent(update)
        kept = None if forgotten else await _is_kept(chat)
        for place, part in enumerate(parts[done:], done + 1):
            number = await self._sender.send(chat, part)
            # Note first, all else later: between sending and noting, a crash sends it twice.
            if place < len(parts):
                self._seen.mark_sent(update, place)
            else:
                self._seen.add(update)
            if number is not None and not forgotten:
                self._young.add(chat, number)
                if part.asks:
                    self._young.ask(chat, number)
        if kept:
            self._young.keep(chat)
        elif kept is not None:
            self._young.keep_no_more(chat)

    async def _empty(self, incoming: Incoming) -> List[Part]:
        """Deletes the young messages of a chat; what is to be said of that."""
        self._seen.mark_forgot(incoming.update_id)
        messages = self._young.of(incoming.chat)
        deleted = await self._sender.delete(incoming.chat, messages)
        self._young.drop(incoming.chat)
        return [Part(text) for text in split(word("telegram.deleted"))] if deleted else []

    def _remember_alarm(self, chat: int, message_id: int) -> None:
        self._alarms[(chat, message_id)] = None
        if len(self._alarms) > MOST_ALARMS:
            self._alarms.pop(next(iter(self._alarms)))


async def write_no_more(chat: int) -> None:
    """Takes the address of a chat out of the notebook, where a reminder would find it."""
    try:
        await asyncio.to_thread(shelf().forget_address, f"tg:{chat}")
    except NotebookError as error:
        log.warning("telegram_address_not_forgotten error=%s", type(error).__name__)


async def _is_kept(chat: int) -> Optional[bool]:
    """Whether this person agreed to be kept; None where that cannot be known now."""
    try:
        return await asyncio.to_thread(_consented, f"tg:{chat}")
    except NotebookError as error:
        log.warning("telegram_consent_not_known error=%s", type(error).__name__)
        return None


def _consented(sender_id: str) -> bool:
    notebook = shelf().of(sender_id)
    try:
        return bool(notebook.consented)
    finally:
        notebook.close()


def word(key: str) -> str:
    """The first wording of a reply."""
    return voice().template(key).say[0]
