"""Reply keys, the values they need, and the buttons under them."""

from __future__ import annotations

import pytest
from small_project import Small


@pytest.mark.parametrize("family", ["keys", "replies", "slots", "links", "duplicates", "helplines"])
def test_the_small_project_is_in_order(small: Small, family: str) -> None:
    if family == "slots":
        small.change("domain.yml", "talk__state", "x__y")
        small.write("actions/slot.py", "NAME = 'x__y'\n")
        found = [line for line in small.lint(family) if "which is kept" not in line]
        assert found == []
        return
    assert small.lint(family) == []


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("turn.say('talk.nothing')", "talk.nothing"),
        ("turn.say('talk.bye' if late else 'talk.night')", "talk.night"),
        ("turn.say(f'shout.{kind}')", "shout"),
        ("KEY = 'talk.constant'", "talk.constant"),
        ("turn.say('other.topic')", "other"),
    ],
)
def test_a_reply_that_is_not_defined_is_found(small: Small, code: str, missing: str) -> None:
    small.write("actions/more.py", f"{code}\n")
    found = small.lint("keys")
    assert len(found) >= 1
    assert all("actions/more.py: line 1" in line and missing in line for line in found)


@pytest.mark.parametrize(
    "code", ["NAME = 'talk.yml'", "import talk.hello", "say('hello')", "def f():\n    'talk.x'\n"]
)
def test_file_names_modules_and_docstrings_are_no_keys(small: Small, code: str) -> None:
    small.write("actions/more.py", f"{code}\n")
    assert small.lint("keys") == []


def test_content_that_names_an_undefined_reply_is_found(small: Small) -> None:
    small.change("data/listening.yml", "ask.more", "ask.less")
    found = small.lint("keys")
    assert (
        "error: data/listening.yml: questions.0.reply: reply 'ask.less' is not defined"
        in (found[0])
    )
    assert "data/replies/talk.yml: ask.more: expected code or content that says it" in found[1]


def test_a_reply_nobody_says_is_found(small: Small) -> None:
    small.write("data/replies/more.yml", "shout.loud: {say: [A]}\n")
    assert small.lint("keys") == [
        "error: data/replies/more.yml: shout.loud: expected code or content that says it"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{name}", "{nick}", "{nick} is not given by actions/talk.py line 3"),
        ("/ask_help", "/ask_halp", "expected an intent of domain.yml"),
        ("send: /ask_help", "send: '/ask_help{v: 1}'", "expected JSON"),
        ("send: /ask_help", "send: /Ask-Help", "expected /intent"),
        ("[Bye]", f"[{'bye ' * 61}]", "at most 60 words"),
        ("send: /ask_help", "send: '/ask_help(1)'", "brackets"),
        ("send: /ask_help", f"send: '/ask_help{'x' * 60}'", "64 bytes"),
    ],
)
def test_a_reply_that_would_go_wrong_is_found(
    small: Small, old: str, new: str, expected: str
) -> None:
    small.change("data/replies/talk.yml", old, new)
    found = small.lint("replies")
    assert any(expected in line and "data/replies/talk.yml" in line for line in found)


def test_values_from_a_table_are_trusted(small: Small) -> None:
    small.write("actions/talk.py", "turn.say('talk.hi', **values)\n")
    assert small.lint("replies") == []


@pytest.mark.parametrize("send", ["/ask_help" + "{x}" * 20, "/ask_help(1)"])
def test_a_button_made_in_code_is_held_to_the_same(small: Small, send: str) -> None:
    small.write("actions/more.py", f"B = Button('Help', {send!r})\n")
    assert any("actions/more.py: line 1" in line for line in small.lint("replies"))


def test_a_file_that_cannot_be_read_is_a_finding(small: Small) -> None:
    small.write("data/replies/talk.yml", "talk.hi: [\n")
    found = small.lint("replies")
    assert len(found) == 1
    assert found[0].startswith("error: data/replies/talk.yml: not readable as YAML")
