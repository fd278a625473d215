from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.audio.end_of_turn import HEARD_SAMPLES, features
from trainer.audio.log_mel import _mel_filters, log_mel
from trainer.types import Samples


def noise(seconds: float, seed: int = 0) -> Samples:
    rng = np.random.default_rng(seed)
    return (0.1 * rng.standard_normal(round(seconds * 16_000))).astype(np.float32)


def test_the_filters_are_whispers_own() -> None:
    whisper = importlib.util.find_spec("whisper")
    assert whisper is not None and whisper.origin is not None
    theirs = np.load(Path(whisper.origin).parent / "assets" / "mel_filters.npz")["mel_80"]
    np.testing.assert_allclose(_mel_filters(), theirs, atol=1e-7)


def test_features_have_a_column_every_ten_milliseconds() -> None:
    assert log_mel(noise(1.0)).shape == (80, 100)


def test_a_higher_tone_lies_in_a_higher_band() -> None:
    times = np.arange(16_000) / 16_000
    bands = [
        int(log_mel(np.sin(2 * np.pi * hz * times).astype(np.float32))[:, 50].argmax())
        for hz in (200, 1000, 4000)
    ]
    assert bands == sorted(bands) and len(set(bands)) == 3


def test_silence_has_finite_features() -> None:
    assert np.isfinite(features(np.zeros(1000, np.float32))).all()
    assert np.isfinite(features(np.zeros(0, np.float32))).all()


def test_a_short_turn_is_padded_in_front() -> None:
    short = noise(1.0)
    padded = np.concatenate((np.zeros(HEARD_SAMPLES - len(short), np.float32), short))
    np.testing.assert_array_equal(features(short), features(padded))


def test_only_the_last_eight_seconds_count() -> None:
    last = noise(8.0)
    np.testing.assert_array_equal(features(np.concatenate((noise(3.0, 1), last))), features(last))


def test_level_does_not_matter() -> None:
    np.testing.assert_allclose(features(noise(8.0) * 0.3), features(noise(8.0)), atol=2e-3)


@pytest.mark.slow  # importing transformers takes torch with it
@pytest.mark.filterwarnings("default")
def test_features_agree_with_transformers() -> None:
    from transformers import WhisperFeatureExtractor

    build: Any = WhisperFeatureExtractor
    theirs = build(chunk_length=8)
    for samples in (noise(8.0), np.concatenate((np.zeros(96_000, np.float32), noise(2.0, 3)))):
        expected = theirs(
            samples, sampling_rate=16_000, max_length=HEARD_SAMPLES, do_normalize=True,
            return_tensors="np",
        ).input_features[0]  # fmt: skip
        np.testing.assert_allclose(features(samples), expected, atol=2e-4)
