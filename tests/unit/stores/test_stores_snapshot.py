"""A window with its snapshot behaves as the whole history does."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from addons.stores.snapshot import fold, restore

DOMAIN = Domain.from_yaml(
    "version: '3.1'\n"
    "slots:\n"
    "  one: {type: any, influence_conversation: false, mappings: [{type: custom}]}\n"
    "  two: {type: float, influence_conversation: true, mappings: [{type: custom}]}\n"
    "actions: [action_answer, some_form]\n"
)

in_between = st.sampled_from(
    [
        lambda: SlotSet("one", {"words": ["a", "b"]}),
        lambda: SlotSet("one", None),
        lambda: SlotSet("two", 0.5),
        lambda: ActionExecuted("action_answer"),
        lambda: ActionExecuted(action_text="I see."),
        lambda: ActionReverted(),
        lambda: BotUttered("I see.", {"buttons": [{"title": "Yes", "payload": "/y"}]}),
        lambda: LoopInterrupted(True),
        lambda: AllSlotsReset(),
        lambda: ConversationPaused(),
        lambda: ConversationResumed(),
        lambda: FollowupAction("action_answer"),
    ]
)
# A form that runs says so by an event of its own, each time.
of_a_form = st.sampled_from(
    [
        [],
        [lambda: ActionExecuted("some_form"), lambda: ActiveLoop("some_form")],
        [lambda: ActionExecutionRejected("some_form"), lambda: ActionExecuted("action_answer")],
        [lambda: ActionExecuted("some_form"), lambda: ActiveLoop(None)],
    ]
)
ending = st.sampled_from(
    [
        *[lambda: ActionExecuted("action_listen")] * 8,
        lambda: UserUtteranceReverted(),
        lambda: Restarted(),
        lambda: SessionStarted(),
    ]
)


@st.composite
def conversations(draw: st.DrawFn) -> list[list[Event]]:
    turns = [[ActionExecuted("action_session_start"), SessionStarted()]]
    turns[0].append(ActionExecuted("action_listen"))
    for _ in range(draw(st.integers(1, 14))):
        events: list[Event] = [UserUttered("hello", {"name": "greet"})]
        events += [make() for make in draw(st.lists(in_between, max_size=4))]
        events += [make() for make in draw(of_a_form)]
        last = draw(ending)()
        events.append(last)
        if not isinstance(last, ActionExecuted):
            events.append(ActionExecuted("action_listen"))
        turns.append(events)
    return turns


def state_of(tracker: DialogueStateTracker, looped: bool = False) -> dict[str, Any]:
    loop = dataclasses.asdict(tracker.active_loop) if tracker.active_loop else None
    if loop:
        loop.pop("trigger_message")  # a form's first message is the person's words: not kept
    return {
        "slots": tracker.current_slot_values(),
        "action": tracker.latest_action,
        "loop": loop if loop and loop["name"] else None,
        "paused": tracker.is_paused(),
        "followup": tracker.followup_action,
        "prompt": tracker.latest_bot_utterance and tracker.latest_bot_utterance.text,
        "message": tracker.latest_message and tracker.latest_message.text,
        # Rasa folds the turns of a loop together, by how far back it can look, also when the loop
        # is over; what decides in one is the loop itself, compared above. The assistant has none.
        "past": [] if looped else tracker.past_states(DOMAIN)[-3:],
    }


@given(conversations(), st.integers(4, 6))
@settings(max_examples=100, deadline=None)
def test_a_window_leads_to_the_state_of_the_whole_history(
    turns: list[list[Event]], keep: int
) -> None:
    full = DialogueStateTracker("p", DOMAIN.slots)
    base: list[dict[str, Any]] = []
    window: list[dict[str, Any]] = []
    for events in turns:
        short = restore("p", base, window, DOMAIN.slots)
        for event in events:
            full.update(event)
            short.update(event)
        looped = any(isinstance(event, ActiveLoop) for event in full.events)
        assert state_of(short, looped) == state_of(full, looped)
        window = window + [event.as_dict() for event in events]
        base, cut = fold(base, window, keep, DOMAIN.slots)
        window = window[cut:]
        again = restore("p", base, window, DOMAIN.slots)
        assert state_of(again, looped) == state_of(full, looped)
        assert state_of(again.copy(), looped) == state_of(full.copy(), looped)


def plain(*events: Event) -> list[dict[str, Any]]:
    return [event.as_dict() for event in events]


def test_no_more_than_the_wanted_turns_stay() -> None:
    window = plain(*[e for _ in range(20) for e in a_turn()])
    base, cut = fold([], window, 8, DOMAIN.slots)
    left = window[cut:]
    assert sum(event["event"] == "user" for event in left) == 8
    assert left[0]["name"] == "action_listen"
    assert base


@pytest.mark.parametrize("event", [Restarted(), SessionStarted()])
def test_nothing_from_before_a_fresh_start_stays(event: Event) -> None:
    before = plain(*a_turn(), SlotSet("one", "gone"))
    base, cut = fold(plain(SlotSet("two", 1.0)), before + plain(event), 8, DOMAIN.slots)
    assert (base, cut) == ([], len(before))


def test_a_slot_that_left_the_domain_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    tracker = restore("p", plain(SlotSet("gone", 1), SlotSet("two", 1.0)), [], DOMAIN.slots)
    assert tracker.get_slot("two") == 1.0
    assert "gone" not in caplog.text


def a_turn() -> list[Event]:
    return [
        ActionExecuted("action_listen"),
        UserUttered("hello", {"name": "greet"}),
        ActionExecuted("action_answer"),
        BotUttered("I see."),
    ]
