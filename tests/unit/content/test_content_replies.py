"""The reply bank: what a reply file may hold, and what it says when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.content import ContentError
from afterword.content.replies import load_bank

GOOD = "talk.hi:\n  say: [Hello, Hi]\n  buttons: [{title: Help, send: /ask_help}]\n"


def test_a_reply_has_wordings_and_buttons(tmp_path: Path) -> None:
    (tmp_path / "talk.yml").write_text(GOOD)
    reply = load_bank(tmp_path)["talk.hi"]
    assert reply.say == ["Hello", "Hi"]
    assert (reply.buttons[0].title, reply.buttons[0].send) == ("Help", "/ask_help")


def test_placeholders_are_those_of_wordings_and_titles(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "a.b: {say: ['{one} and {two}'], buttons: [{title: '{three}', send: /x}]}"
    )
    assert load_bank(tmp_path)["a.b"].placeholders == {"one", "two", "three"}


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        ("talk.hi: {say: []}", "talk.hi.say", "at least 1"),
        ("talk.hi: {say: [A, A]}", "talk.hi.say", "differ"),
        ("talk.hi: {say: ['']}", "talk.hi.say", "words"),
        ("talk.hi: {say: ['{open']}", "talk.hi.say", "}"),
        ("talk.hi: {say: ['{a.b}']}", "talk.hi.say", "plain name"),
        ("talk.hi: {say: [A], colour: red}", "talk.hi.colour", "unknown key"),
        ("talk.hi: [A]", "talk.hi", "table"),
        ("Talk hi: {say: [A]}", "Talk hi", "topic.name"),
        ("a.b: {say: [A], buttons: [{title: T, send: hi}]}", "a.b.buttons.0.send", "'/'"),
        ("a.b: {say: [A], buttons: [{title: T, send: '/x(1)'}]}", "a.b.buttons", "brackets"),
        (f"a.b: {{say: [A], buttons: [{{title: T, send: /{'x' * 64}}}]}}", "a.b", "64 bytes"),
        (f"a.b: {{say: [A], buttons: [{{title: T, send: /{'é' * 32}}}]}}", "a.b", "64 bytes"),
    ],
)
def test_a_wrong_reply_says_where(tmp_path: Path, content: str, key: str, expected: str) -> None:
    (tmp_path / "talk.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_bank(tmp_path)
    assert key in raised.value.key
    assert expected in raised.value.expected


def test_a_key_defined_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(GOOD)
    (tmp_path / "b.yml").write_text(GOOD)
    with pytest.raises(ContentError, match=r"b\.yml: talk\.hi: expected it once"):
        load_bank(tmp_path)


def test_sixty_four_bytes_still_fit(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        f"a.b: {{say: [A], buttons: [{{title: T, send: /{'x' * 63}}}]}}"
    )
    assert len(load_bank(tmp_path)["a.b"].buttons[0].send) == 64
