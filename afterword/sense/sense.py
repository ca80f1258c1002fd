"""The sense of a text, beside its words: what it is like, as learned from labelled lines."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from afterword.sense.corpus import SUBJECTS, Lesson, lessons_of
from afterword.sense.encoder import Encoder, NoModel, Vectors, check, model_folder
from afterword.sense.heads import Heads, Look
from afterword.sense.wording import Wording

log = logging.getLogger(__name__)

Scores = Mapping[str, float]
_RARITY = "rarity"


class Sense:
    """Looks at texts, and says what was learned about each subject. Keeps no state."""

    def __init__(self, encoder: Encoder, wording: Wording, heads: Mapping[str, Heads]) -> None:
        self._encoder, self._wording, self._heads = encoder, wording, heads

    def look(self, texts: Sequence[str]) -> Look:
        """Looks at texts once; every subject is judged by that."""
        return Look(self._encoder.encode(texts), self._wording.rows(texts))

    def scores(self, subject: str, look: Look) -> list[Scores]:
        """For each text the score of every name of a subject."""
        heads = self._heads[subject]
        return [dict(zip(heads.names, map(float, row), strict=True)) for row in heads.score(look)]

    @classmethod
    def learn(cls, root: Path, encoder: Encoder, known: Mapping[str, Vectors]) -> Sense:
        """Learns every subject from data/learn and data/nlu.

        Args:
            known: vectors of texts that were worked out before, by `key_of` the text.

        Raises:
            CorpusError, ContentError: a file is wrong.
        """
        lessons = {subject: lessons_of(root, subject) for subject in SUBJECTS}
        texts = {key_of(one.text): one.text for some in lessons.values() for one in some}
        new = {key: text for key, text in texts.items() if key not in known}
        vectors = dict(known)
        # Kept with half the precision, and learned from as kept: the same whenever it is learned.
        worked_out = encoder.encode(list(new.values())).astype(np.float16)
        vectors.update(zip(new, worked_out, strict=True))
        wording = Wording.learn(list(texts.values()))
        return cls(
            encoder,
            wording,
            {name: _learned(some, vectors, wording) for name, some in lessons.items()},
        )

    def save(self, file: Path) -> None:
        """Writes what was learned."""
        arrays = {_RARITY: self._wording.rarity}
        for subject, heads in self._heads.items():
            arrays.update(heads.as_arrays(subject))
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            np.savez(out, **arrays)

    @classmethod
    def load(cls, file: Path) -> Sense:
        """Reads what was learned, and the model's numbers.

        Raises:
            NoModel: either is missing or broken.
        """
        encoder = Encoder.load(model_folder())
        try:
            with np.load(file) as kept:
                wording = Wording(kept[_RARITY])
                return cls(
                    encoder, wording, {name: Heads.of_arrays(kept, name) for name in SUBJECTS}
                )
        except Exception as error:  # numpy and zipfile have many ways to say it
            raise NoModel(f"{file} cannot be read; train again: make train ({error})") from error


def learn_to(root: Path, file: Path) -> None:
    """Learns and writes; the model's numbers are checked against their makers' first.

    Texts that the file there has vectors of are not worked out again.

    Raises:
        NoModel: the model is missing or another. CorpusError, ContentError: a file is wrong.
    """
    folder = model_folder()
    check(folder)
    Sense.learn(root, Encoder.load(folder), _known(file)).save(file)


def key_of(text: str) -> str:
    """By what a text's vector is found again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _known(file: Path) -> dict[str, Vectors]:
    """Vectors by key, of the file learned before; none where there is none that can be read."""
    try:
        with np.load(file) as kept:
            return {
                str(key): vector
                for name in SUBJECTS
                for key, vector in zip(kept[f"{name}.keys"], kept[f"{name}.lessons"], strict=True)
            }
    except Exception:  # whatever is wrong with it, everything is worked out anew
        return {}


@lru_cache(maxsize=2)
def sense_of(root: Path) -> Sense | None:
    """What was learned for a project; None where that cannot be had: then rules decide alone."""
    try:
        return Sense.load(root / "models" / "sense.npz")
    except NoModel as error:
        log.warning("sense_missing error=%s", error)
        return None


def _learned(lessons: Sequence[Lesson], vectors: Mapping[str, Vectors], wording: Wording) -> Heads:
    names = sorted({name for lesson in lessons for name in lesson.names})
    holds = np.full((len(lessons), len(names)), -1.0, np.float32)
    for row, lesson in enumerate(lessons):
        for name in lesson.names:
            holds[row, names.index(name)] = 1.0
    keys = [key_of(lesson.text) for lesson in lessons]
    seen = np.stack([vectors[key] for key in keys]).astype(np.float32)
    return Heads.learn(names, keys, Look(seen, wording.rows([one.text for one in lessons])), holds)
