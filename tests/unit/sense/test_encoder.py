"""The model's numbers give vectors that lie close where texts mean alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from afterword.sense import encoder as module
from afterword.sense.encoder import Encoder, NoModel, check, model_folder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load(model_folder())


def test_the_installed_numbers_are_their_makers() -> None:
    check(model_folder())


def test_vectors_are_units(encoder: Encoder) -> None:
    vectors = encoder.encode(["he left", "", "x" * 5000, "she " * 600, "🥺"])
    assert vectors.shape == (5, module.WIDTH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, module.WIDTH)


def test_like_meanings_lie_closer_than_like_words(encoder: Encoder) -> None:
    one, same, other = encoder.encode(
        ["he moved to another city", "they live far away from each other", "he moved my bike"]
    )
    home, flat = encoder.encode(["my boyfriend dumped me", "my partner broke up with me"])
    assert home @ flat > 0.6
    assert one @ same > 0.3
    assert one @ other < home @ flat


def test_company_changes_nothing(encoder: Encoder) -> None:
    texts = [
        "she left",
        "we were together for nine years and then she simply stopped talking to me",
    ]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)


def test_other_numbers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(NoModel, match="not the model we know"):
        check(tmp_path)
    with pytest.raises(NoModel, match="cannot be read"):
        Encoder.load(tmp_path)


def test_missing_numbers_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoModel, match="missing"):
        check(tmp_path)
    monkeypatch.setattr(module, "PACKAGE", "a_package_nobody_has")
    with pytest.raises(NoModel, match="make setup"):
        model_folder()


def test_a_cut_file_is_no_crash(tmp_path: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json"):
        shutil.copy(model_folder() / name, tmp_path / name)
    whole = (tmp_path / "model.safetensors").read_bytes()
    (tmp_path / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NoModel):
        Encoder.load(tmp_path)
