"""The pitch finder that the table of voices rests on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.text_to_speech.measure import pitch_of
from trainer.types import MODEL_RATE_HZ


@pytest.mark.parametrize(
    ("hz", "sounds"), [(80, "male"), (120, "male"), (165, "ambiguous"), (240, "female")]
)
def test_the_pitch_of_a_buzz_with_overtones_is_its_lowest_tone(hz: int, sounds: str) -> None:
    times_s = np.arange(MODEL_RATE_HZ) / MODEL_RATE_HZ
    buzz = sum(np.sin(2 * np.pi * hz * n * times_s) / n for n in range(1, 8))
    pitch = pitch_of((0.3 * np.asarray(buzz)).astype(np.float32))
    assert pitch is not None
    assert pitch.median_hz == pytest.approx(hz, rel=0.02)
    assert pitch.sounds == sounds


def test_silence_and_noise_have_no_pitch() -> None:
    noise = np.random.default_rng(1).normal(0, 0.2, MODEL_RATE_HZ).astype(np.float32)
    assert pitch_of(np.zeros(MODEL_RATE_HZ, dtype=np.float32)) is None
    assert pitch_of(noise) is None
