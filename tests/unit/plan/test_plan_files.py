"""The plan as a PDF, and the picture of the weeks."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from afterword.plan import pdf
from afterword.plan.page import Page
from afterword.plan.picture import Weeks, svg

ROOT = Path(__file__).parents[3]
CAPTIONS = {"pause_days": "Days of pause: 9", "feelings": "Before & after", "steps": "Steps: 2"}
SHAPES = "{http://www.w3.org/2000/svg}"


def read(page: Page) -> tuple[str, int]:
    reader = PdfReader(io.BytesIO(pdf.as_pdf(page)))
    return "\n".join(part.extract_text() for part in reader.pages), len(reader.pages)


def test_the_pdf_holds_every_heading_and_line() -> None:
    page = Page("My plan", [("I will", ["call Zoë on sunday"]), ("I will not", ["не писать ему"])])
    text, pages = read(page)
    assert pages == 1
    for part in ("My plan", "I will", "call Zoë on sunday", "I will not", "не писать ему"):
        assert part in text


def test_signs_the_typeface_lacks_are_squares_and_nothing_of_them_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        text, _ = read(Page("My plan", [("I will", ["sleep \U0001fae0 and\n漢 eat"])]))
    assert "sleep \u25a1 and" in text and "\u25a1 eat" in text
    assert caplog.records == []


def test_the_same_plan_makes_the_same_file() -> None:
    page = Page("My plan", [("I will", ["rest"])])
    assert pdf.as_pdf(page) == pdf.as_pdf(page)


@pytest.mark.parametrize("line", ["word " * 4000, "x" * 5000], ids=["words", "one word"])
def test_a_long_line_runs_over_to_other_pages(line: str) -> None:
    text, pages = read(Page("My plan", [("I will", [line])]))
    assert pages > 1
    assert "".join(text.split()).count(line[0]) >= line.count(line[0])


def test_without_the_typeface_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(pdf, "distribution", missing)
    with pytest.raises(FileNotFoundError, match="matplotlib"):
        pdf.as_pdf(Page("My plan", []))


def test_with_a_broken_install_the_error_names_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Files:
        def locate_file(self, name: str) -> Path:
            return tmp_path / name

    monkeypatch.setattr(pdf, "distribution", lambda name: Files())
    with pytest.raises(FileNotFoundError, match=r"DejaVuSans\.ttf"):
        pdf.as_pdf(Page("My plan", []))


def test_it_is_made_where_libraries_are_left_out() -> None:
    made = (
        "from addons.light import leave_out; leave_out()\n"
        "from afterword.plan.pdf import as_pdf; from afterword.plan.page import Page\n"
        "print(as_pdf(Page('My plan', [('I will', ['rest'])]))[:5])"
    )
    ran = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, cwd=ROOT)
    assert ran.stdout == "b'%PDF-'\n", ran.stderr


def shapes(drawn: str, kind: str) -> list[dict[str, Any]]:
    return [found.attrib for found in ElementTree.fromstring(drawn).iter(SHAPES + kind)]


def test_the_picture_shows_pauses_feelings_and_steps() -> None:
    drawn = svg(Weeks([(2, 7), (7, 7)], [(1, 5), (4, 2)], 2, CAPTIONS), "so far <3")
    root = ElementTree.fromstring(drawn)
    assert root.findtext(SHAPES + "title") == "so far <3"
    assert [t.text for t in root.iter(SHAPES + "text")] == list(CAPTIONS.values())
    widths = [float(box["width"]) for box in shapes(drawn, "rect")[1:5]]
    assert widths[0] == widths[2] == widths[3]  # agreed, and what was held to the end
    assert widths[1] == pytest.approx(widths[0] * 2 / 7, abs=0.1)
    better, worse = shapes(drawn, "line")
    assert float(better["y2"]) < float(better["y1"]) and float(worse["y2"]) > float(worse["y1"])
    assert len(shapes(drawn, "rect")) == 1 + 4 + 2


def test_a_part_with_nothing_to_show_is_left_out() -> None:
    drawn = svg(Weeks([], [], 1, CAPTIONS), "steps")
    assert [t.text for t in ElementTree.fromstring(drawn).iter(SHAPES + "text")] == ["Steps: 2"]


@pytest.mark.parametrize("count", [1, 7, 30])
def test_nothing_stands_outside_the_picture(count: int) -> None:
    drawn = svg(Weeks([(1, 365)] * 3, [(1, 5)] * count, 40, CAPTIONS), "much")
    root = ElementTree.fromstring(drawn)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for circle in shapes(drawn, "circle"):
        assert 0 < float(circle["cx"]) < width and 0 < float(circle["cy"]) < height
    for box in shapes(drawn, "rect")[1:]:
        assert float(box["x"]) + float(box["width"]) <= width
        assert float(box["y"]) + float(box["height"]) <= height
