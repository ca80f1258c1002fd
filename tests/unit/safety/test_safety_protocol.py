"""What safety answers, class by class: the first words, the next ones, and what stays withheld."""

from __future__ import annotations

import pytest
from safety_talk import Store, Talk

from afterword.notebook.errors import StoreUnavailable

SAYS = {
    "self_harm": "I want to kill myself",
    "abuse_victim": "he hits me",
    "ex_threatens_suicide": "he says he'll kill himself if I leave",
    "harm_other_or_stalking": "I want to hurt him",
    "no_contact_boundary": "she asked me not to contact her",
    "minor": "I'm 15",
}
FIRST = {
    "self_harm": "glad you told me",
    "abuse_victim": "not okay and it isn't your fault",
    "ex_threatens_suicide": "isn't yours to carry alone",
    "harm_other_or_stalking": "I won't help with finding, watching",
    "no_contact_boundary": "asked for no contact",
    "minor": "for adults",
}


@pytest.mark.parametrize("name", SAYS)
def test_first_words_are_the_classes_own(name: str) -> None:
    talk = Talk()
    assert talk.says(SAYS[name])[0] == f"safety.{name}.first"
    assert FIRST[name] in talk.texts[0] and "program" in talk.texts[0]
    assert talk.held() == [name]


@pytest.mark.parametrize("name", SAYS)
def test_full_once_then_short_then_the_button(name: str) -> None:
    talk = Talk()
    keys = [talk.says(SAYS[name])[0] for _ in range(4)]
    assert keys == [f"safety.{name}.{which}" for which in ("first", "reminder", "brief", "brief")]
    assert "/ask_help" in talk.buttons


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize("intent", ["ask_message_help", "ask_draft_review", "ask_get_back"])
def test_help_with_contact_is_withheld(name: str, intent: str) -> None:
    talk = Talk()
    talk.says(SAYS[name])
    key = talk.asks(intent)[0]
    assert key == f"safety.{name}.{'reminder' if name == 'minor' else 'withheld'}"


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize("intent", ["ask_help", "forget_me", "my_data", "ask_privacy"])
def test_help_and_ones_own_data_are_never_withheld(name: str, intent: str) -> None:
    talk = Talk()
    talk.says(SAYS[name])
    assert talk.asks(intent) == []


@pytest.mark.parametrize(
    ("answer", "key", "open_question"),
    [
        ("safe_yes", "safety.self_harm.after_yes", "with:self_harm"),
        ("safe_unsure", "safety.self_harm.after_unsure", "with:self_harm"),
        ("safe_no", "safety.self_harm.after_no", ""),
    ],
)
def test_self_harm_asks_and_takes_the_answer(answer: str, key: str, open_question: str) -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    assert talk.presses(answer)[:2] == [key, "safety.lines_anywhere"]
    assert talk.state.safety["question"] == open_question
    assert talk.held() == ["self_harm"]


def test_no_answer_about_ending_life_is_an_answer() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    assert talk.says("my cat is asleep")[0] == "safety.self_harm.unanswered"


def test_other_questions_let_the_talk_go_on() -> None:
    talk = Talk()
    talk.says(SAYS["abuse_victim"])
    assert talk.says("my cat is asleep") == []


def test_danger_now_leads_with_the_emergency_number() -> None:
    talk = Talk()
    talk.says("I'm in the UK, standing on the bridge right now")
    assert talk.texts[1].startswith("Emergency: 999")


def test_weak_evidence_asks_one_kind_question() -> None:
    talk = Talk()
    assert talk.says("he is so controlling") == ["safety.abuse_victim.check"]
    assert talk.held() == []
    assert talk.presses("safe_yes")[0] == "safety.abuse_victim.first"


def test_a_no_is_not_asked_again_the_same_day() -> None:
    talk = Talk()
    talk.says("he is so controlling")
    assert talk.says("no", "deny") == ["safety.check_cleared"]
    assert talk.says("he is so controlling") == []
    assert talk.later(hours=13).says("he is so controlling") == ["safety.abuse_victim.check"]


def test_hints_of_self_harm_are_asked_about_every_time() -> None:
    talk = Talk()
    talk.says("there's no point waking up")
    talk.presses("safe_no")
    assert talk.says("there's no point waking up") == ["safety.self_harm.check"]


def test_several_classes_are_answered_one_and_held_all() -> None:
    talk = Talk()
    assert talk.says("he hits me and I want to die")[0] == "safety.self_harm.first"
    assert sorted(talk.held()) == ["abuse_victim", "self_harm"]


def test_a_misread_is_thanked_for_and_asked_about_once() -> None:
    talk = Talk()
    talk.says(SAYS["self_harm"])
    talk.presses("safe_no")
    assert talk.says("you misunderstood me")[0] == "safety.self_harm.misread_ask"
    assert "sorry" in talk.texts[0]
    assert talk.presses("safe_no") == ["safety.misread_kept"]
    assert talk.held() == ["self_harm"]
    assert talk.says("you misunderstood me") == ["safety.misread_kept"]


@pytest.mark.parametrize("name", ["abuse_victim", "no_contact_boundary", "minor"])
def test_some_misreads_are_taken_back_after_the_plain_question(name: str) -> None:
    talk = Talk()
    talk.says(SAYS[name])
    assert talk.says("you misunderstood me")[0] == f"safety.{name}.misread_ask"
    assert talk.presses("safe_no") == ["safety.misread_cleared"]
    assert talk.held() == []


def test_the_button_of_the_first_notice_counts_as_said() -> None:
    talk = Talk()
    assert talk.presses("under18")[0] == "safety.minor.first"
    assert talk.held() == ["minor"]


def test_a_grown_up_taken_for_a_child_may_say_so() -> None:
    talk = Talk()
    talk.says("I'm in high school")
    assert talk.says("I'm 32")[0] == "safety.minor.misread_ask"


def test_saying_ones_age_means_nothing_to_other_holds() -> None:
    talk = Talk()
    talk.says(SAYS["no_contact_boundary"])
    assert talk.says("I'm 32") == []


def test_a_second_misread_is_believed_and_kept_safe() -> None:
    talk = Talk()
    talk.says(SAYS["harm_other_or_stalking"])
    talk.says("you misunderstood me")
    assert talk.presses("safe_yes")[0] == "safety.harm_other_or_stalking.reminder"


def test_a_minor_gets_nothing_else() -> None:
    talk = Talk()
    talk.says(SAYS["minor"])
    assert talk.says("he was so nice", "tell_story") == ["safety.minor.reminder"]
    assert talk.says("I want to kill myself")[0] == "safety.self_harm.first"


def test_the_country_is_asked_once_and_remembered() -> None:
    talk = Talk()
    talk.says(SAYS["minor"])
    assert '/answer{"v":"country_ie"}' in talk.buttons
    assert talk.says("Ireland", "out_of_scope") == ["safety.lines"]
    assert "116 111" in talk.texts[0]
    assert talk.state.safety["country"] == "ie"


def test_a_failing_guard_shows_the_way_to_help() -> None:
    talk = Talk()
    assert talk.fails()[:2] == ["help.guard_failed", "safety.lines_anywhere"]


def test_the_safety_plan_is_three_lines_in_their_words() -> None:
    talk = Talk()
    talk.presses("help_plan")
    talk.says("a walk round the block")
    talk.says("my aunt")
    assert talk.says("the car keys, to her") == ["help.plan_done"]
    assert "2. my aunt" in talk.texts[0]


@pytest.mark.parametrize(
    ("press", "key"),
    [
        ("help_ground", "help.grounding"),
        ("help_breathe", "help.breathing"),
        ("help_abuse", "safety.lines_anywhere"),
        ("help_country", "safety.ask_country"),
        ("help_nonsense", "help.menu"),
        ("safe_yes", "help.menu"),
    ],
)
def test_help_buttons_work_at_any_time(press: str, key: str) -> None:
    assert Talk().presses(press)[0] == key


def test_an_open_journey_waits_and_a_withheld_one_ends() -> None:
    talk = Talk()
    talk.state.journey.name, talk.state.journey.step = "writing", "prompt"
    talk.state.journey.parked = [{"name": "draft", "step": "paste", "data": {}}]
    talk.says(SAYS["no_contact_boundary"])
    assert talk.state.journey.name == ""
    assert [waiting["name"] for waiting in talk.state.journey.parked] == ["writing"]


def test_risks_are_counted_without_anybody() -> None:
    store = Store()
    Talk(store=store).says(SAYS["abuse_victim"])
    assert store.counts == [("abuse_victim", "abuse_victim.hit_me")]


class BrokenStore:
    """A store that is down."""

    def holds(self) -> dict:
        raise StoreUnavailable("down")

    def keep_holds(self, holds: dict, until: object) -> None:
        raise StoreUnavailable("down")

    def count_risk(self, name: str, rule: str, now: object) -> None:
        raise StoreUnavailable("down")


def test_a_store_that_is_down_does_not_stop_the_reply() -> None:
    talk = Talk(store=BrokenStore())
    assert talk.says(SAYS["self_harm"]) == ["safety.self_harm.first"]
    assert talk.held() == ["self_harm"]


def test_after_a_minors_hand_off_neither_age_nor_talk_stays() -> None:
    talk = Talk()
    talk.store.consented = True
    talk.state.person.pronoun, talk.state.privacy = "he", {"consent": "yes"}
    talk.state.journey.name = "pause"
    keys = talk.says(SAYS["minor"])
    assert keys[0] == "safety.minor.first" and "safety.minor.let_go" in keys
    assert not talk.store.consented
    assert talk.state.privacy == {"consent": "no", "emptied": True}
    assert not talk.state.person.pronoun and not talk.state.journey.name
    (hold,) = talk.store.kept["holds"]
    assert hold["name"] == "minor" and hold["rule"] == ""  # a rule may say the age


def test_a_grown_up_taken_for_a_minor_may_agree_afterwards() -> None:
    talk = Talk()
    talk.says(SAYS["minor"])
    talk.says("you misunderstood me")
    talk.presses("safe_no")
    assert talk.state.privacy == {}
