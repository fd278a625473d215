"""Sound made ready: loudness, silence, pitch."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.text_to_speech.shaping import LEAD_S, LOUDNESS, PEAK, TAIL_S, shaped
from trainer.types import Samples

RATE_HZ = 16_000


def tone(duration_s: float, hz: float = 200.0, loudness: float = 1.0) -> Samples:
    times_s = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    return (loudness * np.sin(2 * np.pi * hz * times_s)).astype(np.float32)


def silence(duration_s: float) -> Samples:
    return np.zeros(int(duration_s * RATE_HZ), dtype=np.float32)


def strongest_hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.argmax(spectrum) * RATE_HZ / len(samples))


@pytest.mark.parametrize("loudness", [0.001, 0.3, 1.0, 30_000.0])
def test_every_voice_is_equally_loud(loudness: float) -> None:
    clip = shaped(tone(1.0, loudness=loudness), RATE_HZ)
    assert float(np.sqrt(np.mean(clip.samples**2))) == pytest.approx(LOUDNESS, rel=0.02)


def test_a_single_loud_click_does_not_clip() -> None:
    samples = tone(1.0, loudness=0.01)
    samples[4000] = 1.0
    clip = shaped(samples, RATE_HZ)
    assert float(np.abs(clip.samples).max()) == pytest.approx(PEAK, rel=1e-4)


def test_long_silence_around_the_words_is_cut() -> None:
    clip = shaped(np.concatenate([silence(2), tone(1), silence(3)]), RATE_HZ)
    assert clip.duration_s == pytest.approx(LEAD_S + 1.0 + TAIL_S, abs=0.05)


def test_a_pause_inside_is_kept() -> None:
    clip = shaped(np.concatenate([tone(1), silence(1), tone(1)]), RATE_HZ)
    assert clip.duration_s == pytest.approx(3.0, abs=0.05)


def test_a_shift_moves_the_pitch_and_shortens_by_the_same() -> None:
    clip = shaped(tone(2.0), RATE_HZ, pitch_ratio=1.25)
    assert strongest_hz(clip.samples) == pytest.approx(250.0, abs=2.0)
    assert clip.duration_s == pytest.approx(1.6, abs=0.05)


@pytest.mark.parametrize("duration_s", [0.0, 0.001, 1.0])
def test_silence_stays_silence(duration_s: float) -> None:
    assert not shaped(silence(duration_s), RATE_HZ).samples.any()


def test_a_sample_that_is_not_a_number_is_silence() -> None:
    samples = tone(1.0)
    samples[100] = np.nan
    assert np.isfinite(shaped(samples, RATE_HZ).samples).all()
