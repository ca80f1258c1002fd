"""Every text safety can say: short, honest about being a program, with help in reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from safety_talk import DATA

from afterword.content.replies import load_reply_file
from afterword.files import FileError
from afterword.safety.settings import load_settings

REPLIES = {
    **load_reply_file(DATA / "replies/safety.yml"),
    **load_reply_file(DATA / "replies/help.yml"),
}
TEXTS = [(key, text) for key, reply in REPLIES.items() for text in reply.say]
CLASSES = list(load_settings(DATA).classes)
NEVER = (
    "committed",
    "failed attempt",
    "our secret",
    "between us",
    "i understand exactly",
    "you should have",
    "your own fault",
    "just leave",
    "promise me",
    "bleach",
    "rope",
    "overdose",
    "disorder",
)


@pytest.mark.parametrize(("key", "text"), TEXTS)
def test_under_sixty_words_and_nothing_forbidden(key: str, text: str) -> None:
    assert len(text.split()) < 60
    assert [words for words in NEVER if words in text.lower()] == []


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_all_its_texts(name: str) -> None:
    needed = {"first", "reminder", "brief", "check", "misread_ask"}
    assert {which for which in needed if f"safety.{name}.{which}" not in REPLIES} == set()


@pytest.mark.parametrize("name", CLASSES)
def test_the_first_text_says_what_is_talking(name: str) -> None:
    assert all("I'm a program" in text for text in REPLIES[f"safety.{name}.first"].say)


def test_help_is_on_every_short_reminder() -> None:
    for name in CLASSES:
        sends = [button.send for button in REPLIES[f"safety.{name}.brief"].buttons]
        assert "/ask_help" in sends


@pytest.mark.parametrize(
    "content",
    ["", "order: []\n", "order: [x]\nimmediate_tag: now\nalways_free: []\n"
     "ask_again_after_hours: 1\nclasses: {}\n"],
)  # fmt: skip
def test_a_wrong_protocol_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "safety").mkdir()
    (tmp_path / "safety/protocol.yml").write_text(content, encoding="utf-8")
    with pytest.raises(FileError, match=r"protocol\.yml"):
        load_settings(tmp_path)
