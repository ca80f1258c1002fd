"""Templates: filled with the person's words, and found clean by the same rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.content.errors import ContentError
from afterword.drafts import Reviewer
from afterword.drafts.templates import Template, load_templates

TEMPLATES = load_templates(Path(__file__).parents[3] / "data" / "drafts" / "templates")
EXPECTED = {
    "quiet_time",
    "practical_matter",
    "apology",
    "one_hope",
    "accept_no",
    "return_things",
    "they_wrote_first",
    "clear_the_air",
}
SAMPLES = [
    {"matter": "the boiler", "request": "Could you let the engineer in on Monday"},
    {"things": "a jacket", "when": "Monday after work"},
    {"topic": "what went wrong between us"},
    {"hope": "that we try again, slowly"},
    {"answer": "I'm well, and glad to hear you are too"},
    {"what": "reading your messages"},
    {"date": "the end of June"},
]


def test_every_template_of_the_list_is_there() -> None:
    assert set(TEMPLATES) == EXPECTED


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_every_template_passes_its_own_review(reviewer: Reviewer, name: str) -> None:
    template = TEMPLATES[name]
    blanks = {blank.name for blank in template.blanks}
    fitting = [words for words in SAMPLES if blanks and blanks == set(words)]
    assert fitting or not blanks
    for words in [template.example, *fitting]:
        review = reviewer.review(template.fill(words))
        assert review.findings == ()
        assert review.good


def test_words_are_filled_in_as_said() -> None:
    template = Template(
        id="t", title="T", text="About {what}.", blanks=[{"name": "what", "ask": "?"}], example={}
    )
    assert template.fill({"what": " the {keys}. "}) == "About the {keys}."
    with pytest.raises(KeyError):
        template.fill({})


def test_a_template_without_its_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("id: x\ntitle: X\nblanks: []\nexample: {}\n")
    with pytest.raises(ContentError, match=r"x\.yml: text"):
        load_templates(tmp_path)
