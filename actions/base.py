"""The bridge between Rasa and the core: a tracker becomes a turn, what was said becomes events."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import runtime
from afterword.capabilities import Capabilities
from afterword.pause.dates import is_zone
from afterword.talk import Heard, Message, State, Turn

log = logging.getLogger(__name__)


class TurnAction(Action):
    """An action that answers one message through the core."""

    action_name = ""

    def name(self) -> str:
        """The name in domain.yml."""
        return self.action_name

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Answers the turn. Each action overrides this with one call of the core."""
        raise NotImplementedError(f"{type(self).__name__} answers nothing")

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Runs the core in a worker thread, so that a slow disk holds nobody else up."""
        return await asyncio.to_thread(self._run, dispatcher, tracker)

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        turn = open_turn(tracker)
        before = turn.state.to_slots()
        try:
            self._answer_kindly(turn)
        finally:
            turn.notebook.close()
        for said in turn.said:
            dispatcher.utter_message(
                text=said.text,
                buttons=[{"title": b.title, "payload": b.send} for b in said.buttons],
                key=said.key,
                **({"attachment": said.attachment} if said.attachment else {}),
            )
        after = turn.state.to_slots()
        return [SlotSet(name, value) for name, value in after.items() if value != before[name]]

    def _answer_kindly(self, turn: Turn) -> None:
        """Answers; where the core fails, says so, since an action that crashes says nothing."""
        kept = turn.state.copy(deep=True)
        try:
            runtime.capabilities().open(turn)
            self.answer(turn, runtime.capabilities())
            runtime.capabilities().finish(turn)
        except Exception as error:  # whatever it is, the person gets a reply
            log.exception("action_failed action=%s error=%s", self.name(), type(error).__name__)
            turn.state = kept
            turn.said.clear()
            turn.say("fault.action_failed")


def open_turn(tracker: Tracker) -> Turn:
    """Builds the turn from what Rasa's tracker knows."""
    return Turn(
        message=_reachable(message_of(tracker.latest_message, tracker.events), tracker.sender_id),
        state=State.from_slots(tracker.slots),
        voice=runtime.voice(),
        library=runtime.library(),
        notebook=runtime.shelf().of(tracker.sender_id),
    )


def _reachable(message: Message, sender_id: str) -> Message:
    """Notes where the assistant may write unasked: only Telegram's chats have such an address."""
    channel, _, address = sender_id.partition(":")
    if channel == "tg":
        message.address, message.can_send_first = address, True
    return message


def message_of(parsed: dict[str, Any], events: list[dict[str, Any]]) -> Message:
    """The message of Rasa's parse result; its time is when it came in, in UTC."""
    came = [event for event in events[-20:] if event.get("event") == "user"][-1:]
    told = (came[0].get("metadata") or {}).get("timezone") if came else None
    intent = parsed.get("intent") or {}
    entities = parsed.get("entities") or []
    value = next((e["value"] for e in entities if e.get("entity") == "v"), None)
    return Message(
        text=parsed.get("text") or "",
        intent=intent.get("name") or "",
        confidence=intent.get("confidence") or 0.0,
        ranking=(parsed.get("intent_ranking") or [])[:5],
        evidence=[Heard(**found) for found in parsed.get("evidence") or []],
        risk=parsed.get("risk"),
        guard_failed=bool(parsed.get("guard_failed")),
        value=None if value is None else str(value),
        now=datetime.fromtimestamp(came[0]["timestamp"], timezone.utc) if came else _now(),
        timezone=str(told) if is_zone(told) else "",
    )


def _now() -> datetime:
    return datetime.now(timezone.utc)
