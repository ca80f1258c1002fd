"""A model is trained when what goes into it has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from addons import training
from addons.importer import TopicImporter


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {
        "config.yml": "pipeline: []",
        "domain.yml": "intents: []",
        "data/nlu/a.yml": "nlu: []",
        "data/rules/a.yml": "rules: []",
        "data/stories/a.yml": "stories: []",
        "data/patterns/causes/a.yml": "kind: cause",
        "data/replies/a.yml": "a.b: {}",
        "data/style/spelling.yml": "a: b",
        "afterword/reading/reader.py": "x = 1",
        "addons/components/reader.py": "x = 1",
        **{name: "x = 1" for name in training.SENSED if name.endswith(".py")},
        "data/learn/risk/a.jsonl": '{"text": "we met", "class": null}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    models = tmp_path / "models"
    models.mkdir()
    (models / "afterword.tar.gz").write_bytes(b"a model")
    (models / training.STAMP).write_text(training.fingerprint(tmp_path), encoding="utf-8")
    (models / training.SENSE).write_bytes(b"what was learned")
    sensed_on = training.fingerprint(tmp_path, training.SENSED)
    (models / training.SENSE_STAMP).write_text(sensed_on, encoding="utf-8")
    return tmp_path


def test_nothing_changed(project: Path) -> None:
    assert training.current_model(project) == project / "models" / "afterword.tar.gz"
    assert training.ensure_model(project) == project / "models" / "afterword.tar.gz"
    assert training.ensure_model_apart(project) == project / "models" / "afterword.tar.gz"


@pytest.mark.parametrize(
    ("changed", "trains"),
    [
        ("config.yml", True),
        ("domain.yml", True),
        ("data/nlu/a.yml", True),
        ("data/rules/new.yml", True),
        ("data/stories/a.yml", True),
        ("data/style/spelling.yml", True),
        ("addons/components/reader.py", True),
        ("data/patterns/causes/a.yml", False),
        ("data/replies/a.yml", False),
        ("data/nlu/notes.txt", False),
    ],
)
def test_what_a_change_means(project: Path, changed: str, trains: bool) -> None:
    (project / changed).write_text("other", encoding="utf-8")
    assert (training.current_model(project) is None) is trains


@pytest.mark.parametrize(
    ("changed", "learns"),
    [
        ("data/learn/risk/a.jsonl", True),
        ("data/learn/drafts/new.jsonl", True),
        ("data/nlu/a.yml", True),
        ("data/sense.yml", False),  # limits are read at every start
        ("domain.yml", False),
    ],
)
def test_when_the_sense_is_learned_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, changed: str, learns: bool
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr("afterword.sense.learn_to", lambda root, file: asked.append(file))
    (project / changed).parent.mkdir(parents=True, exist_ok=True)
    (project / changed).write_text("other", encoding="utf-8")
    training.ensure_sense(project)
    training.ensure_sense(project)  # the stamp is there now
    assert asked == [project / "models" / training.SENSE] * learns


def test_without_the_models_numbers_the_rules_go_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "models" / training.SENSE).unlink()
    monkeypatch.setattr("afterword.sense.encoder.PACKAGE", "a_package_nobody_has")
    training.ensure_sense(project)
    assert "going on with the rules alone" in capsys.readouterr().err
    assert not training.sense_is_current(project)  # it is tried again at the next training


@pytest.mark.parametrize("missing", ["models/afterword.tar.gz", f"models/{training.STAMP}"])
def test_half_a_model_is_none(project: Path, missing: str) -> None:
    (project / missing).unlink()
    assert training.current_model(project) is None


def test_training_that_fails_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "config.yml").write_text("other", encoding="utf-8")
    # The program is not in this folder, so training apart cannot even begin.
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    monkeypatch.setattr(training.sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="no model"):
        training.ensure_model_apart(project)


def test_the_importer_reads_training_data_only(project: Path) -> None:
    importer = TopicImporter(training_data_paths=str(project / "data"))
    read = {Path(name).parent.name for name in importer._nlu_files + importer._story_files}
    assert "patterns" not in read and "causes" not in read and "replies" not in read


def test_the_importer_takes_a_folder_without_topics_as_it_is(project: Path) -> None:
    stories = project / "tests"
    stories.mkdir()
    (stories / "test_a.yml").write_text(
        'version: "3.1"\nstories:\n- story: a\n  steps:\n  - intent: greet\n', encoding="utf-8"
    )
    importer = TopicImporter(training_data_paths=[str(stories)])
    assert [Path(name).name for name in importer._story_files] == ["test_a.yml"]
