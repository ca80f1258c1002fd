"""The classifier of config.yml, trained with scikit-learn directly: for measuring, not for talking.

Rasa's featurizers and its LogisticRegressionClassifier are thin around these same classes. Here a
fold of a cross-validation takes seconds and the classifier's belief can be seen apart from the
rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from afterword.evidence import Reading

_COUNTS, _LEARNER = "CountVectorsFeaturizer", "Regression"  # Rasa's, or ours after it
_LEARNER_KEYS = ("C", "max_iter", "tol", "solver", "class_weight", "random_state")


class Classifier:
    """Words and letters in, a confidence for each intent out."""

    def __init__(self, config: Path) -> None:
        steps = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
        self._counters = [_counter(step) for step in steps if step["name"] == _COUNTS]
        given = next(step for step in steps if _LEARNER in step["name"])
        settings: dict[str, Any] = {"class_weight": "balanced", "random_state": 42}
        settings.update({key: given[key] for key in _LEARNER_KEYS if key in given})
        self._learner = LogisticRegression(**settings)

    def train(self, readings: Sequence[Reading], intents: Sequence[str]) -> None:
        """Learns from texts as the reader reads them."""
        texts = [_text(reading) for reading in readings]
        parts = [counter.fit_transform(texts) for counter in self._counters]
        self._learner.fit(hstack(parts).tocsr(), intents)

    def believe(self, readings: Sequence[Reading]) -> list[dict[str, float]]:
        """The confidence by intent, for each text."""
        texts = [_text(reading) for reading in readings]
        parts: csr_matrix = hstack([counter.transform(texts) for counter in self._counters])
        names = self._learner.classes_
        return [
            dict(zip(names, map(float, row), strict=True))
            for row in self._learner.predict_proba(parts.tocsr())
        ]


def _text(reading: Reading) -> str:
    return reading.document.text.lower()


def _counter(step: dict[str, Any]) -> CountVectorizer:
    return CountVectorizer(
        analyzer=step.get("analyzer", "word"),
        ngram_range=(step.get("min_ngram", 1), step.get("max_ngram", 1)),
        min_df=step.get("min_df", 1),
        token_pattern=r"(?u)\b\w+\b",
    )
