"""What was learned about a subject: how much a text is like each of its names.

Kernel ridge regression: a text's score for a name is a sum over all lessons, each counting by how
like it is in meaning (the vectors' distance) and in wording. Scores lie about -1 (nothing like it)
to 1 (just like it). All names of a subject are solved for at once, which takes seconds where
separate classifiers would take minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from afterword.sense.encoder import Vectors

NEARNESS = 1.5  # how fast a lesson counts for less with the square of its distance
CALM = 0.1  # how little a single lesson may bend the scores
_AT_ONCE = 200  # rows of likeness in wording worked out together


@dataclass(frozen=True)
class Look:
    """Texts as they are looked at: their vectors, and the rows of their wording."""

    vectors: Vectors
    wording: csr_matrix

    @property
    def first(self) -> Look:
        """The first of the texts alone."""
        return Look(self.vectors[:1], self.wording[:1])


@dataclass(frozen=True)
class Heads:
    """The lessons' keys and vectors, and how much each, and each wording, speaks for each name."""

    names: tuple[str, ...]
    keys: np.ndarray  # of the lessons, by which their vectors are found again
    lessons: Vectors
    weights: Vectors
    wording: np.ndarray  # half precision; a text needs few of its rows
    start: Vectors

    @classmethod
    def learn(cls, names: Sequence[str], keys: Sequence[str], look: Look, holds: Vectors) -> Heads:
        """Learns from lessons and a table of 1 (the name holds) and -1 (it does not)."""
        # Only learning needs it, and it is slow to import.
        from scipy.linalg import cho_factor, cho_solve

        start = holds.mean(axis=0)
        like = _near(look.vectors, look.vectors)
        for row in range(0, len(like), _AT_ONCE):
            some = look.wording[row : row + _AT_ONCE]
            like[row : row + _AT_ONCE] += (some @ look.wording.T).toarray()
        like[np.diag_indices(len(like))] += np.float32(CALM)
        # The other way round it is the same matrix, and in the order that is worked on in place.
        factor = cho_factor(like.T, lower=True, overwrite_a=True, check_finite=False)
        weights = cho_solve(factor, holds - start, check_finite=False).astype(np.float32)
        wording = np.asarray(look.wording.T @ weights).astype(np.float16)
        return cls(
            tuple(names), np.array(keys), look.vectors, weights, wording, start.astype(np.float32)
        )

    def score(self, look: Look) -> Vectors:
        """A row of scores for each text, in the order of the names."""
        scores: Vectors = _near(look.vectors, self.lessons) @ self.weights + self.start
        for row, text in enumerate(look.wording):
            scores[row] += text.data @ self.wording[text.indices].astype(np.float32)
        return scores

    def as_arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """The form in which it is kept."""
        return {
            f"{prefix}.names": np.array(self.names),
            f"{prefix}.keys": self.keys,
            f"{prefix}.lessons": self.lessons.astype(np.float16),
            f"{prefix}.weights": self.weights,
            f"{prefix}.wording": self.wording,
            f"{prefix}.start": self.start,
        }

    @classmethod
    def of_arrays(cls, kept: Mapping[str, np.ndarray], prefix: str) -> Heads:
        """Out of what `as_arrays` gave.

        Raises:
            KeyError: there is nothing of that name.
        """
        return cls(
            tuple(str(name) for name in kept[f"{prefix}.names"]),
            kept[f"{prefix}.keys"],
            kept[f"{prefix}.lessons"].astype(np.float32),
            kept[f"{prefix}.weights"],
            kept[f"{prefix}.wording"],
            kept[f"{prefix}.start"],
        )


def _near(some: Vectors, others: Vectors) -> Vectors:
    near = some @ others.T
    near -= np.float32(1.0)
    near *= np.float32(2 * NEARNESS)
    np.exp(near, out=near)
    return near
