"""What was learned about a subject: how much a text is like each of its names.

Kernel ridge regression: a text's score for a name is a sum over all lessons, each counting by how
like it is in meaning (the vectors' distance) and in wording. Scores lie about -1 (nothing like it)
to 1 (just like it). All names of a subject are solved for at once.
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
        start = holds.mean(axis=0)
        weights = _solved(look, (holds - start).astype(np.float32))
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


def _solved(look: Look, wanted: Vectors) -> Vectors:
    """Solves (likeness of all lessons + CALM) x = wanted.

    The matrix is the same on both sides of its diagonal, so LAPACK's packed form (RFP) of half of
    it is all that is ever held: two gigabytes for thirty thousand lessons. Its lower left comes
    first, a row down; what is left of the lower right lies, turned over, in the corner above.
    """
    # Only learning needs it, and it is slow to import.
    from scipy.linalg.lapack import spftrf, spftrs

    number = len(wanted)
    odd = number % 2
    left = number - number // 2  # columns of the lower left
    packed = np.zeros((number + 1 - odd, left), np.float32, order="F")
    for first in range(0, number, _AT_ONCE):
        rows = _like(look, slice(first, first + _AT_ONCE))
        for row, values in enumerate(rows, first):
            values[row] += np.float32(CALM)
            inside = min(row + 1, left)
            packed[row + 1 - odd, :inside] = values[:inside]
            if row >= left:
                packed[: row - left + 1, row - left + odd] = values[left : row + 1]
    factor, failed = spftrf(number, packed.ravel(order="K"), uplo="L", overwrite_a=True)
    if failed:
        raise ValueError(f"the lessons cannot be solved for ({failed})")
    solved, _ = spftrs(number, factor, wanted, uplo="L")
    weights: Vectors = np.asarray(solved, np.float32)
    return weights


def _like(look: Look, rows: slice) -> Vectors:
    """How like some lessons are to all."""
    like = _near(look.vectors[rows], look.vectors)
    like += (look.wording[rows] @ look.wording.T).toarray()
    return like


def _near(some: Vectors, others: Vectors) -> Vectors:
    near = some @ others.T
    near -= np.float32(1.0)
    near *= np.float32(2 * NEARNESS)
    np.exp(near, out=near)
    return near
