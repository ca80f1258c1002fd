"""What a page may know of a conversation."""

from __future__ import annotations

from rasa.shared.core.events import BotUttered, UserUttered

from addons.channels.web_talk import STANDING, items_of, offered_by
from addons.stores.redact import REMOVED


def bot(text: str, *payloads: str, **more: object) -> BotUttered:
    buttons = [{"title": payload.upper(), "payload": payload} for payload in payloads]
    return BotUttered(text, data={"buttons": buttons, **more})


def user(text: str, name: str = "message-1") -> UserUttered:
    return UserUttered(text, message_id=name)


def test_answers_belong_to_the_last_question_and_starts_stay() -> None:
    events = [user("a"), bot("b", "/answer1", "/pause_start"), user("c"), bot("d", "/answer2")]
    assert offered_by(events) == STANDING | {"/pause_start", "/answer2"}


def test_nothing_is_offered_that_was_not() -> None:
    assert offered_by([]) == STANDING


def test_an_answer_of_the_last_turn_has_all_its_messages() -> None:
    events = [user("a"), bot("b", "/answer1"), bot("c", "/answer2")]
    assert offered_by(events) >= {"/answer1", "/answer2"}


def test_a_button_is_shown_by_its_title() -> None:
    events = [bot("b", "/answer1"), user("/answer1")]
    assert [item["text"] for item in items_of(events)] == ["b", "/ANSWER1"]


def test_a_start_from_the_menu_is_not_shown_by_its_inner_name() -> None:
    assert items_of([user("/ask_help"), bot("lines")])[0]["text"] == "lines"


def test_words_that_were_removed_stay_away() -> None:
    assert items_of([user(REMOVED)])[0]["text"] == ""


def test_the_mark_of_typed_slashes_is_not_shown() -> None:
    assert items_of([user("\u2060/path")])[0]["text"] == "/path"


def test_inner_names_are_not_told() -> None:
    item = items_of([bot("b", "/answer1", key="inner.key", custom={"a": 1})])[0]
    assert set(item) == {"who", "id", "text", "buttons"}


def test_a_file_is_told() -> None:
    file = {"name": "a.md", "type": "text/markdown", "text": "x"}
    assert items_of([bot("b", attachment=file)])[0]["attachment"] == file


def test_a_long_talk_is_shown_from_its_end() -> None:
    events = [bot(str(number)) for number in range(100)]
    assert [item["text"] for item in items_of(events)] == [str(n) for n in range(40, 100)]
