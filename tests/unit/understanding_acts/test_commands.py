"""The commands' own parts; what they do with a trained model is tested with the conversations."""

import io
import json

import pytest

from addons.commands.parse import _items
from addons.commands.report import END, START, write_between
from addons.picture import draw_confusion


def test_a_line_that_is_no_message_is_reported_and_the_others_go_on(capsys):
    lines = io.StringIO('{"id": 7, "text": "hi"}\n\nnonsense\n{"id": 8}\n[1]\n{"text": "no id"}\n')
    assert list(_items(lines)) == [
        {"id": 7, "text": "hi"},
        None,
        None,
        None,
        {"id": 6, "text": "no id"},
    ]
    said = capsys.readouterr().err
    assert "line 3" in said and "line 4" in said and "line 5" in said


def test_figures_go_between_the_markers_and_nowhere_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{START}\nold\n{END}\nafter\n")
    write_between(page, "new")
    assert page.read_text() == f"before\n{START}\nnew\n{END}\nafter\n"
    write_between(page, "newer")
    assert page.read_text() == f"before\n{START}\nnewer\n{END}\nafter\n"


def test_a_page_without_markers_is_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("no markers here\n")
    with pytest.raises(ValueError, match="expected the lines"):
        write_between(page, "new")
    assert page.read_text() == "no markers here\n"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_picture_is_a_png(tmp_path):
    path = tmp_path / "confusion.png"
    draw_confusion(["a", "b", "b"], ["a", "a", "b"], path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_classifier_follows_the_configuration(tmp_path, engine):
    from addons.classifier import Classifier

    config = tmp_path / "config.yml"
    counts = {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "min_ngram": 1,
        "max_ngram": 3,
    }
    learner = {"name": "addons.components.regression.PlainRegression", "max_iter": 50}
    config.write_text(json.dumps({"pipeline": [counts, learner]}))
    classifier = Classifier(config)
    lessons = ["hello", "hey there", "hi", "bye", "goodbye", "see you"]
    intents = ["greet"] * 3 + ["goodbye"] * 3
    classifier.train([engine.read(text) for text in lessons], intents)
    (believed,) = classifier.believe([engine.read("hello hi")])
    assert believed["greet"] > believed["goodbye"]
    assert sum(believed.values()) == pytest.approx(1.0)
