"""Holds: how long they stand, what ends them, and that they survive a lost conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from safety_talk import DATA, MONDAY, Store, Talk
from test_safety_protocol import SAYS

from afterword.safety.holds import SafetyState, hold_names
from afterword.safety.settings import load_settings
from afterword.talk import State


@pytest.mark.parametrize(
    ("name", "hours", "stands"),
    [
        ("self_harm", 71, True),
        ("self_harm", 73, False),
        ("abuse_victim", 24 * 400, True),
        ("no_contact_boundary", 24 * 400, True),
        ("minor", 24 * 364, True),
        ("minor", 24 * 366, False),
    ],
)
def test_lifetimes(name: str, hours: int, stands: bool) -> None:
    state = SafetyState()
    state.set_hold(name, "rule", MONDAY, load_settings(DATA))
    later = MONDAY + timedelta(hours=hours)
    assert [hold.name for hold in state.standing(later)] == [name] * stands


def test_hearing_it_again_renews_the_hold() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    talk.later(hours=60).says(SAYS["self_harm"])
    talk.later(hours=60)
    assert hold_names(talk.state.safety, talk.now) == ["self_harm"]


def test_steps_stay_gentle_for_the_week() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    assert hold_names(talk.state.safety, MONDAY + timedelta(days=6)) == ["self_harm"]
    assert hold_names(talk.state.safety, MONDAY + timedelta(days=8)) == []


def test_self_harm_comes_back_no_sooner_than_the_next_day_after_a_safe_answer() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    talk.presses("safe_no")
    assert talk.asks("ask_next_step") == ["safety.self_harm.withheld"]
    talk.later(days=1)
    assert talk.asks("ask_next_step") == ["safety.self_harm.ask_back"]
    assert talk.presses("safe_yes") == ["safety.self_harm.eased"]
    assert talk.asks("ask_next_step") == []
    assert talk.asks("ask_message_help") == ["safety.self_harm.withheld"]
    assert hold_names(talk.state.safety, talk.now) == ["self_harm"]


def test_an_unsure_answer_eases_nothing() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    talk.presses("safe_no")
    talk.later(days=1).asks("ask_next_step")
    assert talk.presses("safe_unsure")[0] == "safety.self_harm.after_unsure"
    assert talk.asks("ask_message_help")[0] == "safety.self_harm.ask_back"


@pytest.mark.parametrize(("answer", "held"), [("safe_yes", []), ("safe_no", ["abuse_victim"])])
def test_contact_help_after_abuse_needs_a_statement_and_the_reason_again(
    answer: str, held: list[str]
) -> None:
    talk = Talk()
    talk.says(SAYS["abuse_victim"])
    assert talk.presses("safe_reset") == ["safety.abuse_victim.ask_back"]
    assert "reason" in talk.texts[0]
    talk.presses(answer)
    assert talk.held() == held


def test_once_others_know_there_is_one_caring_message() -> None:
    talk = Talk()
    talk.says(SAYS["ex_threatens_suicide"])
    assert talk.presses("safe_known") == ["safety.ex_threatens_suicide.eased"]
    assert talk.asks("ask_message_help") == ["safety.ex_threatens_suicide.template"]


@pytest.mark.parametrize(
    ("answer", "held"), [("safe_no", []), ("safe_yes", ["no_contact_boundary"])]
)
def test_a_boundary_ends_when_they_wrote_and_no_order_exists(answer: str, held: list[str]) -> None:
    talk = Talk()
    talk.says(SAYS["no_contact_boundary"])
    assert talk.presses("safe_wrote") == ["safety.no_contact_boundary.ask_back"]
    talk.presses(answer)
    assert talk.held() == held


def test_a_button_for_a_way_back_without_a_hold_does_nothing() -> None:
    assert Talk().presses("safe_reset") == ["safety.check_cleared"]


def test_what_the_store_keeps_has_no_word_of_the_persons() -> None:
    store = Store()
    talk = Talk(store=store)
    talk.says(SAYS["abuse_victim"])
    talk.presses("help_plan")
    talk.says("my secret hiding place")
    assert "hiding" not in str(store.kept) and SAYS["abuse_victim"] not in str(store.kept)
    assert store.until is None


def test_a_hold_with_an_end_tells_the_store_when() -> None:
    store = Store()
    Talk(store=store).says(SAYS["self_harm"])
    assert store.until == (MONDAY + timedelta(days=7)).date()


def test_holds_come_back_when_the_conversation_lost_them() -> None:
    store = Store()
    Talk(store=store).says(SAYS["no_contact_boundary"])
    fresh = Talk(store=store)
    fresh.state = State()
    assert fresh.says(SAYS["no_contact_boundary"])[0] == "safety.no_contact_boundary.reminder"


@pytest.mark.parametrize("broken", [{"holds": "x"}, {"holds": [{"name": 1}]}, {"checked": 3}])
def test_an_unreadable_state_starts_afresh(broken: dict) -> None:
    assert SafetyState.from_plain(broken) == SafetyState()


def test_the_state_survives_being_written_and_read() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    again = SafetyState.from_plain(talk.state.safety)
    assert again.to_plain() == talk.state.safety
