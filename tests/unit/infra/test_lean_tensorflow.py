"""The stand-in for TensorFlow: names work, computing is refused with the way out."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import tensorflow


def test_names_can_be_read_and_subclassed() -> None:
    class Layer(tensorflow.keras.layers.Layer):  # type: ignore[misc]
        """As Rasa's own layers are defined."""

        width: tensorflow.Tensor | None = None

    assert Layer.__name__ == "Layer" and Layer.width is None


def test_computing_is_refused_with_the_way_out() -> None:
    with pytest.raises(tensorflow.LeanTensorFlow, match="make full-tensorflow"):
        tensorflow.constant([1.0])


def test_training_with_diet_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(
        textwrap.dedent(
            """
            recipe: default.v1
            language: en
            assistant_id: diet
            pipeline:
              - name: WhitespaceTokenizer
              - name: CountVectorsFeaturizer
              - name: DIETClassifier
                epochs: 1
            policies:
              - name: RulePolicy
            """
        ),
        encoding="utf-8",
    )
    (tmp_path / "domain.yml").write_text(
        'version: "3.1"\nintents: [a, b]\nactions: []\n', encoding="utf-8"
    )
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n'
        "  - intent: a\n    examples: |\n      - yes\n      - sure\n"
        "  - intent: b\n    examples: |\n      - no\n      - never\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "rasa",
            "train",
            "nlu",
            "--nlu",
            "nlu.yml",
            "--domain",
            "domain.yml",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert "make full-tensorflow" in done.stdout + done.stderr
