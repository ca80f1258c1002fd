"""Which words and letters a text has, weighed by how rare they are: what vectors blur."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

PLACES = 2**17  # of each side; features that share a place are rare enough
SHARE = 0.5  # of a side's likeness, beside that of the vectors
_SIDES = (
    {"analyzer": "char_wb", "ngram_range": (2, 5)},
    {"analyzer": "word", "ngram_range": (1, 3), "token_pattern": r"\S+"},
)


class Wording:
    """Texts in, rows of weights out, of letters and of words side by side.

    The product of two rows is how alike the texts are in their wording, from 0 to twice SHARE.
    """

    def __init__(self, rarity: np.ndarray) -> None:
        self.rarity = rarity
        self._counters = [
            HashingVectorizer(n_features=PLACES, norm=None, alternate_sign=False, **side)
            for side in _SIDES
        ]

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Wording:
        """Learns how rare each feature is among the texts."""
        plain = cls(np.ones((len(_SIDES), PLACES), np.float32))
        counts = [counter.transform(texts) for counter in plain._counters]
        rarity = [TfidfTransformer().fit(side).idf_ for side in counts]
        return cls(np.array(rarity, np.float32))

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text."""
        sides = []
        for counter, rarity in zip(self._counters, self.rarity, strict=True):
            counts = counter.transform(texts).astype(np.float32)
            counts.data = (1.0 + np.log(counts.data)) * rarity[counts.indices]
            sides.append(normalize(counts) * np.float32(SHARE**0.5))
        return hstack(sides, format="csr", dtype=np.float32)
