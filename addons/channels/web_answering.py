"""Answers messages of the website: each once, whether or not anybody still listens."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Awaitable, Callable, Set

from rasa.core.channels.channel import UserMessage

from addons.channels.inbound import prepare
from addons.channels.web_replies import Answer, Answers, WebOutput
from addons.channels.web_requests import Posted, Refused
from addons.channels.web_sessions import Session, Sessions
from addons.channels.web_talk import Talk

log = logging.getLogger(__name__)

_FORGOTTEN = "privacy.forgotten"

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class Answering:
    """Gives messages to the assistant and collects what it says."""

    def __init__(self, on_message: OnMessage, talk: Talk, sessions: Sessions) -> None:
        self._on_message, self._talk, self._sessions = on_message, talk, sessions
        self._answers = Answers()
        self._running: Set[asyncio.Task[None]] = set()

    def known(self, session: Session, posted: Posted) -> Answer | None:
        """The answer to a message that came before.

        Raises:
            Refused: 409, the id was used for something else.
        """
        answer = self._answers.get(session.id, posted.id)
        if answer is not None and answer.said != _said(posted):
            raise Refused(409, "id_used")
        return answer

    async def begin(self, session: Session, posted: Posted) -> Answer:
        """Starts answering; the answer goes on by itself.

        Raises:
            Refused: 409, the payload is of no button this conversation was offered now.
        """
        if posted.payload is not None:
            known = await self._talk.known(session.sender)
            if posted.payload not in known.offered:
                raise Refused(409, "not_offered")
            text = posted.payload
        else:
            # What is typed is never a button, even if it looks like one.
            text = prepare(posted.text or "").text
        there = self.known(session, posted)  # another request may have come in the meantime
        if there is not None:
            return there
        answer = self._answers.open(session.id, posted.id, _said(posted))
        task = asyncio.create_task(self._answer(session, posted, text, answer))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return answer

    def drop(self, session: Session) -> None:
        """Forgets a session's answers."""
        self._answers.drop(session.id)

    async def _answer(self, session: Session, posted: Posted, text: str, answer: Answer) -> None:
        output = WebOutput(answer, posted.id)
        message = UserMessage(
            text,
            output,
            session.sender,
            input_channel=WebOutput.name(),
            message_id=posted.id,
            metadata={"timezone": posted.timezone} if posted.timezone else None,
        )
        failed = False
        try:
            await self._on_message(message)
        except Exception as error:  # the text of an error may quote the person
            failed = True
            log.error("turn_failed channel=web error=%s", type(error).__name__)
        forgotten = _FORGOTTEN in output.keys
        if forgotten:
            self._sessions.end(session)
            self._answers.drop(session.id)
        answer.add(
            {
                "type": "end",
                "failed": failed or not output.keys,
                "forgotten": forgotten,
                "kept": not forgotten and await self._kept(session),
            }
        )
        answer.close()

    async def _kept(self, session: Session) -> bool:
        try:
            return (await self._talk.known(session.sender)).kept
        except Exception as error:
            log.error("known_failed channel=web error=%s", type(error).__name__)
            return False


def _said(posted: Posted) -> str:
    return f"text {posted.text}" if posted.payload is None else f"payload {posted.payload}"
