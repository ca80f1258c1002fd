"""Crisis lines: three at most, emergency first where it must be, nothing from memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from safety_talk import DATA

from afterword.files import FileError
from afterword.safety.helplines import TOPICS, Helplines

LINES = Helplines.load(DATA)
PLACES = [*LINES.places, "", "atlantis"]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("place", PLACES)
def test_one_to_three_lines_everywhere(place: str, topic: str) -> None:
    for immediate in (True, False):
        chosen = LINES.select(place, topic, immediate)
        assert 1 <= len(chosen) <= 3
        assert all(line.confidence != "C" for line in chosen)
        emergency = chosen[0] if immediate else chosen[-1]
        assert emergency.name == "Emergency"


@pytest.mark.parametrize(
    ("place", "topic", "number"),
    [
        ("us", "crisis", "988"),
        ("uk", "crisis", "116 123"),
        ("ie", "abuse", "1800 341 900"),
        ("ca", "child", "1-800-668-6868"),
        ("au", "crisis", "13 11 14"),
        ("nz", "crisis", "1737"),
        ("in", "crisis", "14416"),
        ("za", "abuse", "0800 428 428"),
        ("eu", "crisis", "116 123"),
        ("world", "crisis", "findahelpline.com"),
        ("wales", "abuse", "0808 80 10 800"),
        ("wales", "crisis", "116 123"),
        ("northern_ireland", "abuse", "0808 2000 247"),
    ],
)
def test_lines_of_a_place(place: str, topic: str, number: str) -> None:
    assert number in "\n".join(line.shown for line in LINES.select(place, topic))


@pytest.mark.parametrize(
    ("text", "asked", "place"),
    [
        ("im in ireland", False, "ie"),
        ("I live in the US", False, "us"),
        ("I'm from New Zealand", False, "nz"),
        ("uk", True, "uk"),
        ("us", True, "us"),
        ("the uk", True, "uk"),
        ("Scotland", True, "scotland"),
        ("he left us", False, None),
        ("he went to spain", False, None),
        ("it was the end of us", False, None),
        ("I'm in love", False, None),
        ("no idea", True, None),
    ],
)
def test_where_somebody_is(text: str, asked: bool, place: str | None) -> None:
    assert LINES.country_in(text, asked) == place


def test_an_unknown_topic_is_an_error() -> None:
    with pytest.raises(KeyError):
        LINES.select("uk", "weather")


ROW = "{name: X, phone: '1', source: s, confidence: A, checked_on: 2026-11-24}"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "uk: {title: UK, said: [uk]}\n",
        f"world: {{title: W, said: [], crisis: [{ROW}], parent: nowhere}}\n",
        "world: {title: W, said: [], crisis: [{name: X}]}\n",
        "world: {title: W, said: [], weather: []}\n",
        "world: [\n",
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "safety").mkdir()
    (tmp_path / "safety/helplines.yml").write_text(content, encoding="utf-8")
    with pytest.raises(FileError, match=r"helplines\.yml"):
        Helplines.load(tmp_path)
