"""The library: the real content is whole, and a broken file says where it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from afterword.content import ContentError, Library

DATA = Path(__file__).parents[3] / "data"
CAUSES = [
    "incompatible_goals",
    "lost_himself",
    "unmet_needs",
    "emotional_burden",
    "lost_attraction",
    "betrayal",
    "drifted_apart",
    "distance",
]
QUIET = {1, 3, 8, 9}  # safety/protocol.md: what stays under a hold


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(DATA)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "article", tmp_path / "article")
    shutil.copy(DATA / "evidence.yml", tmp_path)
    return tmp_path


def test_all_causes_come_in_the_articles_order(library: Library) -> None:
    assert list(library.causes) == CAUSES


def test_all_sixteen_steps_are_there_and_the_sixth_is_missing(library: Library) -> None:
    assert sorted(library.steps) == list(range(1, 17))
    assert [n for n, step in library.steps.items() if step.judgement == "missing"] == [6]


@pytest.mark.parametrize(
    "hold",
    [
        "self_harm",
        "abuse_victim",
        "ex_threatens_suicide",
        "harm_other_or_stalking",
        "no_contact_boundary",
    ],
)
def test_only_the_quiet_steps_stay_under_a_hold(library: Library, hold: str) -> None:
    staying = {n for n, step in library.steps.items() if hold not in step.withheld_under}
    assert staying - {6} == QUIET


def test_nothing_stays_for_minors(library: Library) -> None:
    assert all("minor" in step.withheld_under for step in library.steps.values())


def test_the_quiet_steps_come_back_first_after_self_harm(library: Library) -> None:
    assert {n for n, step in library.steps.items() if step.after_self_harm} == QUIET


def test_not_running_somebody_down_never_means_hiding_harm(library: Library) -> None:
    assert "keeping quiet" in library.steps[8].abuse_note


@pytest.mark.parametrize("number", [2, 10])
def test_both_printed_texts_are_refused(library: Library, number: int) -> None:
    assert library.steps[number].refusal


def test_no_cause_is_put_to_somebody_who_was_abused(library: Library) -> None:
    assert all("abuse_victim" in cause.never_under_holds for cause in library.causes.values())


def test_the_hero_instinct_is_a_claim_without_support(library: Library) -> None:
    claims = library.causes["unmet_needs"].article_claims
    assert [claim.evidence for claim in claims if claim.unsupported] == [["hero_instinct"]]


@pytest.mark.parametrize(
    ("shares", "asked"), [([], False), (["children"], True), (["home", "work"], True)]
)
def test_silence_is_asked_about_first_where_lives_still_touch(
    library: Library, shares: list[str], asked: bool
) -> None:
    assert bool(library.steps[2].first_question(shares)) is asked


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "expected"),
    [
        ("article/causes/distance.yml", "name:", "nam:", "name", "missing"),
        ("article/causes/distance.yml", "id: distance\n", "id: far\n", "id", "'distance'"),
        ("article/causes/distance.yml", "I heard", "You did", "offer", "I heard"),
        ("article/causes/betrayal.yml", "[1, 8,", "[6, 8,", "steps", "6 is not one"),
        ("article/causes/betrayal.yml", "[1, 8,", "[99, 8,", "steps", "99 is not one"),
        ("article/causes/betrayal.yml", "[unsent_letter,", "[poem,", "writing.0", "unsent_letter"),
        ("article/causes/betrayal.yml", "say it?", "say it.", "explore.0.text", "question"),
        ("article/causes/unmet_needs.yml", "[hero_instinct]", "[x1]", "article_claims.0", "x1"),
        ("article/causes/unmet_needs.yml", "{their} words", "{thier} words", "explore.0", "thier"),
        ("article/steps/01.yml", "number: 1", "number: 3", "number", "name of the file"),
        ("article/steps/01.yml", "judgement: keep", "judgement: fine", "judgement", "keep"),
        ("article/steps/01.yml", "small_thing:", "tiny:", "", "unknown key"),
        ("article/steps/01.yml", "[foshay2018]", "[nobody2018]", "evidence", "nobody2018"),
        ("article/steps/01.yml", "[minor]", "[minor, bored]", "withheld_under.1", "self_harm"),
        ("article/steps/01.yml", "[minor]", "[minor, self_harm]", "", "after_self_harm"),
        ("article/steps/02.yml", "lost_himself", "lost_keys", "fits.causes", "lost_keys"),
        ("article/steps/06.yml", "why:", "small_thing: Sing.\nwhy:", "", "not made up"),
        ("article/steps/03.yml", "honest_version:", "#", "", "honest_version"),
        ("evidence.yml", "may leave", "leaves", "sbarra2013.finding", "may"),
        ("evidence.yml", "kind: trial", "kind: rumour", "fitzpatrick2017.kind", "trial"),
    ],
)
def test_a_broken_file_says_path_key_and_what_was_expected(
    data: Path, file: str, old: str, new: str, key: str, expected: str
) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        Library.load(data)
    assert raised.value.path == path
    assert key in raised.value.key
    assert expected in raised.value.expected
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [("- a list", "table"), ("a: [", "YAML"), ("", "table"), ("1: {}", r"unknown key|missing")],
)
def test_a_file_of_another_shape_is_refused(data: Path, content: str, expected: str) -> None:
    (data / "article" / "steps" / "04.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=expected):
        Library.load(data)


@pytest.mark.parametrize("folder", ["causes", "steps"])
def test_an_empty_folder_is_refused(data: Path, folder: str) -> None:
    shutil.rmtree(data / "article" / folder)
    with pytest.raises(ContentError, match="at least one"):
        Library.load(data)


def test_a_missing_file_is_refused(data: Path) -> None:
    (data / "evidence.yml").unlink()
    with pytest.raises(ContentError, match=r"evidence\.yml"):
        Library.load(data)
