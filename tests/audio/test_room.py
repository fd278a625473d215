from __future__ import annotations

import numpy as np
import pytest

from trainer.audio.room import in_room, speech_rms
from trainer.types import AudioClip, Samples


def voice(seconds: float = 2.0, rate_hz: int = 16_000) -> AudioClip:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    syllables = (np.sin(2 * np.pi * 3 * times) > 0) * np.sin(2 * np.pi * 180 * times)
    return AudioClip((0.3 * syllables).astype(np.float32), rate_hz)


def dbfs(samples: Samples) -> float:
    return float(20 * np.log10(speech_rms(samples, 16_000)))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_the_same_generator_state_gives_the_same_room() -> None:
    first, second, other = (in_room(voice(), rng(seed)).samples for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("level_dbfs", [-40.0, -26.0, -15.0])
def test_the_speech_gets_the_level_that_was_asked_for(level_dbfs: float) -> None:
    heard = in_room(voice(), rng(), level_dbfs=level_dbfs, snr_db=None)
    assert dbfs(heard.samples) == pytest.approx(level_dbfs, abs=0.1)


@pytest.mark.parametrize("snr_db", [5.0, 20.0, 40.0])
def test_the_noise_lies_under_the_speech_by_what_was_asked_for(snr_db: float) -> None:
    dry = in_room(voice(), rng(), snr_db=None, reverb_s=0.0).samples
    noisy = in_room(voice(), rng(), snr_db=snr_db, reverb_s=0.0).samples
    noise = float(20 * np.log10(np.sqrt(np.mean(np.square(noisy - dry)))))
    assert dbfs(dry) - noise == pytest.approx(snr_db, abs=0.5)


def test_reverberation_fills_the_gaps_and_dies_away() -> None:
    burst = np.zeros(16_000, np.float32)
    burst[:1600] = voice().samples[:1600]
    heard = in_room(AudioClip(burst, 16_000), rng(), snr_db=None, reverb_s=0.4).samples
    levels = [float(np.abs(heard[i : i + 1600]).max()) for i in (1700, 4000, 8200)]
    assert levels[0] > levels[1] > 10 * levels[2]


def test_without_reverb_noise_or_change_of_level_nothing_changes() -> None:
    clip = voice()
    heard = in_room(clip, rng(), snr_db=None, reverb_s=0.0, level_dbfs=dbfs(clip.samples))
    np.testing.assert_allclose(heard.samples, clip.samples, atol=1e-6)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 48_000])
def test_length_and_rate_stay(rate_hz: int) -> None:
    heard = in_room(voice(1.0, rate_hz), rng())
    assert (heard.sample_rate_hz, len(heard.samples)) == (rate_hz, rate_hz)


def test_too_high_a_level_is_lowered_instead_of_clipped() -> None:
    heard = in_room(voice(), rng(), level_dbfs=6.0)
    assert np.abs(heard.samples).max() == pytest.approx(0.98, abs=1e-3)


@pytest.mark.parametrize("count", [0, 1, 100, 16_000])
def test_silence_of_any_length_stays_quiet(count: int) -> None:
    heard = in_room(AudioClip(np.zeros(count, np.float32), 16_000), rng(), snr_db=30)
    assert len(heard.samples) == count
    assert np.isfinite(heard.samples).all()
