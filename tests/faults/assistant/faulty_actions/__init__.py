"""Actions that count the turns of a person, and misbehave when the text asks for it."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionCount(Action):
    """Answers with how many messages came before, and repeats the last one's first word."""

    def name(self) -> str:
        return "action_count"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Any:
        text = tracker.latest_message["text"] or ""
        if "raise" in text:
            raise RuntimeError(f"the text was {text}")
        if "rubbish" in text:
            return ["this is no event", 42]
        if "nonsense" in text:
            return [SlotSet("talk__state", {"seen": object()})]
        if "hang" in text:
            await asyncio.sleep(60)
        if "nap" in text:
            await asyncio.sleep(1.5)
        if "silence" in text:
            return []
        return counted(dispatcher, tracker, text)


def counted(dispatcher: CollectingDispatcher, tracker: Tracker, text: str) -> list[EventType]:
    state = tracker.get_slot("talk__state") or {"seen": 0}
    seen = state["seen"] + 1
    dispatcher.utter_message(text=f"{seen}: {text.split()[-1] if text.split() else ''}")
    return [SlotSet("talk__state", {"seen": seen})]


class ActionAgree(Action):
    """The person agrees that the conversation is kept."""

    kept = "yes"

    def name(self) -> str:
        return "action_agree"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        text = tracker.latest_message["text"] or ""
        events = counted(dispatcher, tracker, text)
        return [*events, SlotSet("privacy__state", {"consent": self.kept})]


class ActionDisagree(ActionAgree):
    """The person takes that back."""

    kept = "no"

    def name(self) -> str:
        return "action_disagree"


class ActionForget(Action):
    """The person wants to be forgotten."""

    def name(self) -> str:
        return "action_forget"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        dispatcher.utter_message(text="gone")
        return [SlotSet("privacy__state", {"forgotten": True})]
