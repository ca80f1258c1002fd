"""Models, evidence, and what every cause and step needs elsewhere."""

from __future__ import annotations

import pytest
from small_project import Small


def test_a_broken_content_file_is_one_finding(small: Small) -> None:
    small.change("data/article/causes/distance.yml", "name:", "title:")
    for family in ("content", "coverage"):
        assert small.lint(family) == [
            "error: data/article/causes/distance.yml: name: expected this key; it is missing"
        ]


def test_evidence_that_nothing_uses_is_found(small: Small) -> None:
    small.write("data/evidence.yml", (small.root / "data/evidence.yml").read_text() + _study("x9"))
    assert any("data/evidence.yml: x9: expected some advice" in x for x in small.lint("content"))


def test_evidence_used_in_a_document_counts(small: Small) -> None:
    small.write("data/evidence.yml", (small.root / "data/evidence.yml").read_text() + _study("x9"))
    small.write("docs/studies.md", "We read `x9` for this.\n")
    assert not any("x9" in line for line in small.lint("content"))


def test_an_evidence_id_that_does_not_resolve_is_found_anywhere(small: Small) -> None:
    small.write("data/writing/prompts.yml", "- {id: a, evidence: [nobody1999]}\n")
    assert "error: data/writing/prompts.yml: 0.evidence.0: unknown evidence id 'nobody1999'" in (
        small.lint("content")
    )


def test_a_wall_of_text_is_found(small: Small) -> None:
    small.change("data/article/steps/03.yml", "honest_version: Ask", f"honest_version: {'a ' * 40}")
    assert any("03.yml: honest_version: expected at most 45" in x for x in small.lint("content"))


@pytest.mark.parametrize(
    ("name", "text", "need"),
    [
        ("domain.yml", "intents: [cause_distance]\n", "in domain.yml"),
        (
            "data/nlu/distance.yml",
            "nlu: [{intent: cause_distance, examples: '- he moved'}]\n",
            "under data/nlu",
        ),
        (
            "data/rules/x.yml",
            "rules: [{rule: a, steps: [{intent: cause_distance}]}]\n",
            "under data/rules",
        ),
        (
            "data/stories/x.yml",
            "stories: [{story: a, steps: [{or: [{intent: cause_distance}]}]}]\n",
            "under data/stories",
        ),
        (
            "data/patterns/causes/distance.yml",
            "kind: cause\nid: distance\nrules: []\n",
            "patterns under",
        ),
        (
            "tests/conversations/a.yml",
            "- {name: a, turns: [{say: x, intent: cause_distance}]}\n",
            "tests/conversations",
        ),
    ],
)
def test_what_a_cause_lacks_is_found_until_it_is_there(
    small: Small, name: str, text: str, need: str
) -> None:
    def lacks() -> bool:
        return any("causes/distance.yml" in x and need in x for x in small.lint("coverage"))

    assert lacks()
    small.write(name, text)
    assert not lacks()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("steps/04.yml", "[positive influence,", "[jealousy text,", "'jealousy text' finds"),
        ("steps/04.yml", "judgement:", "extra: 1\njudgement:", "unknown key"),
        ("causes/distance.yml", "[distance,", "[cheating,", "'cheating' finds another cause"),
    ],
)
def test_names_that_lead_elsewhere_are_found(
    small: Small, file: str, old: str, new: str, expected: str
) -> None:
    small.change(f"data/article/{file}", old, new)
    assert any(expected in line for line in small.lint("coverage"))


def test_a_step_that_fits_nobody_is_found(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    # A step for letting go, in a world where everybody wants their ex back.
    small.change("data/article/steps/09.yml", "{order: 5,", "{order: 5, wants: [letting_go],")
    monkeypatch.setattr("afterword.lint.coverage._WANTS", ("back",))
    assert "error: data/article/steps/09.yml: fits: expected some person whom this step fits" in (
        small.lint("coverage")
    )


def test_a_step_that_is_not_there_is_found(small: Small) -> None:
    (small.root / "data/article/steps/05.yml").unlink()
    small.change("data/article/causes/lost_attraction.yml", "[9, 11, 4, 5]", "[9, 11, 4]")
    assert "error: data/article/steps: expected step 5" in small.lint("coverage")


def _study(name: str) -> str:
    return f"{name}:\n  finding: Nothing of it may be true at all.\n" + (
        "  source: Nobody 1999\n  kind: trial\n  caveat: It was never done.\n"
    )


@pytest.mark.parametrize(("holds", "found"), [(6, False), (5, True)])
def test_holds_the_protocol_does_not_know_are_found(small: Small, holds: int, found: bool) -> None:
    names = ["self_harm", "abuse_victim", "ex_threatens_suicide", "harm_other_or_stalking"]
    names += ["no_contact_boundary", "minor"]
    table = "".join(f"  {name}: {{}}\n" for name in names[:holds])
    small.write("data/safety/protocol.yml", f"classes:\n{table}")
    assert any("protocol.yml: classes" in line for line in small.lint("coverage")) is found


def test_a_writing_prompt_that_is_not_there_is_found(small: Small) -> None:
    ids = ["who_am_i_now", "good_it_gave", "tell_a_friend", "seen_from_outside", "unsent_letter"]
    small.write("data/writing/prompts.yml", "".join(f"- {{id: {name}}}\n" for name in ids))
    found = [line for line in small.lint("coverage") if "under data/writing" in line]
    assert found
    assert all("'good_future_day'" in line for line in found)
