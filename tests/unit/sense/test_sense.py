"""What is learned from a few lines, kept, and read again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from afterword.sense import NoModel, Sense, learn_to, sense_of
from afterword.sense.corpus import DRAFTS, RISK, SPEECH, CorpusError, lessons_of

LINES = {
    RISK: [
        {"text": "i want to die", "class": "self_harm"},
        {"text": "i do not want to live any more", "class": "self_harm"},
        {"text": "he hits me", "class": "abuse_victim"},
        {"text": "we went to the cinema", "class": None},
        {"text": "she likes her new job", "class": None},
    ],
    SPEECH: [
        {"text": "he cheated on me", "act": "telling", "causes": ["betrayal"], "risk": None},
        {"text": "thank you so much", "act": "thanks", "causes": [], "risk": None},
        {
            "text": "she has blocked me",
            "act": "telling",
            "causes": [],
            "risk": "no_contact_boundary",
        },
    ],
    DRAFTS: [
        {
            "text": "Hope you are well. You have to answer me now!",
            "kinds": ["pressure_to_answer"],
            "good": ["kind"],
            "spans": [["pressure_to_answer", "You have to answer me now!"]],
        },
        {"text": "Your keys are with the neighbour.", "kinds": [], "good": ["practical"]},
    ],
}
NLU = """
version: "3.1"
nlu:
  - intent: show_plan
    examples: |
      - show me my plan
  - intent: cause_distance
    examples: |
      - we lived so far apart
  - intent: ask_help
    examples: |
      - i need help now
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for subject, lines in LINES.items():
        folder = tmp_path / "data" / "learn" / subject
        folder.mkdir(parents=True)
        text = "\n".join(json.dumps(line) for line in lines)
        (folder / "a.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "data" / "nlu").mkdir()
    (tmp_path / "data" / "nlu" / "a.yml").write_text(NLU, encoding="utf-8")
    return tmp_path


def test_lessons_carry_what_holds(root: Path) -> None:
    risk = {lesson.text: set(lesson.names) for lesson in lessons_of(root, RISK)}
    assert risk["i want to die"] == {"any", "self_harm"}
    assert risk["we went to the cinema"] == set()
    assert risk["she has blocked me"] == {"any", "no_contact_boundary"}  # said among other things
    assert risk["show me my plan"] == set()
    assert "i need help now" not in risk  # who asks for help may be in danger, or not
    speech = {lesson.text: set(lesson.names) for lesson in lessons_of(root, SPEECH)}
    assert speech["he cheated on me"] == {"telling", "cause_betrayal"}
    assert speech["we lived so far apart"] == {"telling", "cause_distance"}
    assert speech["show me my plan"] == {"command"}
    drafts = {lesson.text: set(lesson.names) for lesson in lessons_of(root, DRAFTS)}
    assert drafts["You have to answer me now!"] == {"pressure_to_answer"}  # for themselves
    assert "Hope you are well." not in drafts


@pytest.mark.parametrize("line", ["{", '{"class": null}', '{"text": " "}', "[]"])
def test_a_wrong_line_is_named(root: Path, line: str) -> None:
    (root / "data" / "learn" / RISK / "b.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"b\.jsonl:1"):
        lessons_of(root, RISK)


def test_what_is_learned_is_kept(root: Path) -> None:
    file = root / "models" / "sense.npz"
    learn_to(root, file)
    sense = sense_of(root)
    assert sense is not None
    near, far = sense.scores(RISK, sense.look(["i just want to die", "the cinema was lovely"]))
    assert near["any"] > far["any"]
    assert near["self_harm"] > near["abuse_victim"]
    thanks = sense.scores(SPEECH, sense.look(["thank you"]).first)
    assert thanks[0]["thanks"] > thanks[0]["telling"]

    learn_to(root, file)  # from the vectors that are kept: the same again
    again = Sense.load(file)
    texts = ["he keeps hitting me", "answer me"]
    for subject in (RISK, SPEECH, DRAFTS):
        one, other = (s.scores(subject, s.look(texts)) for s in (sense, again))
        for before, after in zip(one, other, strict=True):
            assert np.allclose(list(before.values()), list(after.values()), atol=1e-3)


def test_a_broken_file_is_named_and_rules_go_alone(root: Path) -> None:
    file = root / "models" / "sense.npz"
    file.parent.mkdir()
    file.write_bytes(b"no numbers")
    with pytest.raises(NoModel, match="make train"):
        Sense.load(file)
    assert sense_of(root) is None
    learn_to(root, file)  # learns all the same
    assert Sense.load(file) is not None
