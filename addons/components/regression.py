"""Rasa's logistic regression, kept as plain numbers.

Rasa keeps it with skops, whose import alone takes two seconds of every start. Here the coefficients
are arrays in a file; nothing in it can run, so nothing has to be trusted either.
"""

from __future__ import annotations

from typing import Any, Dict

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier

_FILE = "regression.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PlainRegression(LogisticRegressionClassifier):
    """Trains and predicts as Rasa's; only what is written and read differs."""

    def persist(self) -> None:
        """Writes coefficients, intercepts and class names."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / _FILE,
                coefficients=self.clf.coef_.astype(np.float32),
                intercepts=self.clf.intercept_,
                classes=self.clf.classes_.astype(str),
            )

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PlainRegression:
        """Reads what `persist` wrote.

        Raises:
            ValueError: the model holds no classifier; train again.
        """
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE) as kept:
            component.clf.coef_ = kept["coefficients"]
            component.clf.intercept_ = kept["intercepts"]
            component.clf.classes_ = kept["classes"].astype(object)
        return component
