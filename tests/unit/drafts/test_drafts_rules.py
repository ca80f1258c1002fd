"""Every rule hears its own examples and not its near misses; suggestions hold to the rules too."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.content.errors import ContentError
from afterword.drafts import Reviewer
from afterword.drafts.rules import FOLDERS, Kind, Rules
from afterword.drafts.sensed import DraftSense
from afterword.evidence.rules import PatternError, Rule, load_rule_files

DATA = Path(__file__).parents[3] / "data"
FILES = [file for folder in FOLDERS for file in load_rule_files(DATA / folder)]
RULES = [
    pytest.param(f"{file.id}.{rule.id}", rule, id=f"{file.id}.{rule.id}")
    for file in FILES
    for rule in file.rules
]


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_every_rule_hears_its_examples_only(reviewer: Reviewer, name: str, rule: Rule) -> None:
    engine = reviewer._rules.engine
    assert len(rule.examples) >= 3 and len(rule.near_misses) >= 3
    for text in rule.examples:
        assert name in {found.rule for found in engine.read(text).evidence}, text
    for text in rule.near_misses:
        assert name not in {found.rule for found in engine.read(text).evidence}, text


@pytest.mark.parametrize("kind", sorted(file.id for file in FILES if file.kind == "draft"))
def test_suggestions_pass_the_review_themselves(reviewer: Reviewer, kind: str) -> None:
    about = reviewer._rules.kinds[kind]
    own = [text for name, text in reviewer._rules.rewrites.items() if name.startswith(kind)]
    for rewrite in [*about.rewrite, *own]:
        assert reviewer.review(rewrite).kinds == [], rewrite


@pytest.mark.parametrize("kind", sorted(file.id for file in FILES if file.kind == "draft"))
def test_pairs_and_weights_name_what_there_is(reviewer: Reviewer, kind: str) -> None:
    known = {f"{file.id}.{rule.id}" for file in FILES for rule in file.rules}
    about = reviewer._rules.kinds[kind]
    for pair in about.together:
        assert {f"{kind}.{name}" for name in pair} <= known
    assert {*about.outweighs, *about.covers} <= set(reviewer._rules.kinds)


def test_a_kind_needs_a_why_and_a_rewrite() -> None:
    with pytest.raises(ValueError):
        Kind(why="because", rewrite=[])
    assert Kind(why="because", rewrite="so").rewrite == ["so"]


def _small(tmp_path: Path, about: str, pattern: str = "hello") -> Path:
    for folder in ("drafts/findings", "drafts/good", "patterns", "style"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("lemmas", "spelling", "short_forms"):
        (tmp_path / "style" / f"{name}.yml").write_bytes(
            (DATA / "style" / f"{name}.yml").read_bytes()
        )
    for path in (DATA / "patterns").glob("sets*.yml"):
        (tmp_path / "patterns" / path.name).write_bytes(path.read_bytes())
    for name in ("whole.yml", "asks.yml"):
        (tmp_path / "drafts" / name).write_bytes((DATA / "drafts" / name).read_bytes())
    (tmp_path / "drafts" / "findings" / "guilt.yml").write_text(
        f"kind: draft\nid: guilt\nabout: {about}\nrules:\n"
        f"  - {{id: one, means: m, any: ['{pattern}']}}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_file_without_a_why_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"guilt\.yml: about\.why"):
        Rules.load(_small(tmp_path, "{grave: true, rewrite: r}"))


def test_a_pattern_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="rule 'one'"):
        Rules.load(_small(tmp_path, "{why: w, rewrite: r}", "$no_such_set"))


def test_a_small_set_of_rules_is_enough(tmp_path: Path) -> None:
    rules = Rules.load(_small(tmp_path, "{why: w, rewrite: r}"))
    sense = DraftSense.load(DATA, lambda: None)
    assert Reviewer(rules, sense).review("hello you").kinds == ["guilt"]
