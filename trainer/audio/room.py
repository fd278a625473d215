"""A room around a dry voice, for demos and tests: reverberation, noise, and a level."""

from __future__ import annotations

import numpy as np

from trainer.types import AudioClip, Samples

SPEECH_LEVEL_DBFS = -26.0  # what a laptop microphone makes of a voice at arm's length
OFFICE_SNR_DB = 20.0  # a quiet office with a fan
OFFICE_REVERB_S = 0.3  # time in which the sound of a small furnished room falls by 60 dB
_REVERB_DB = -8.0  # all reflections together against the direct sound, at arm's length
_FIRST_REFLECTION_S = 0.004  # from the desk
_LOUD_PART = 0.02  # what lies 34 dB under the loudest 20 ms is taken for a pause
_HISS_HZ = 500.0  # room noise falls off above this: fans and traffic, not hiss
_PEAK = 0.98  # a level that would clip is lowered to this


def in_room(
    clip: AudioClip,
    rng: np.random.Generator,
    *,
    level_dbfs: float = SPEECH_LEVEL_DBFS,
    snr_db: float | None = OFFICE_SNR_DB,
    reverb_s: float = OFFICE_REVERB_S,
) -> AudioClip:
    """Put a dry clip into a room; the result has the clip's length and rate.

    Args:
        clip: A voice without a room, at any level.
        rng: Where reflections and noise come from; the same state gives the same room.
        level_dbfs: Root mean square of the speech (its pauses left out), dB below full scale.
        snr_db: Speech over noise, dB; None for no noise.
        reverb_s: Time in which reflections fall by 60 dB; 0 for none.
    """
    samples = clip.samples.astype(np.float64)
    if reverb_s > 0.0:
        samples = _reverberate(samples, clip.sample_rate_hz, rng, reverb_s)
    loudness = speech_rms(samples.astype(np.float32), clip.sample_rate_hz)
    level = 10.0 ** (level_dbfs / 20.0)
    if loudness > 0.0:
        samples = samples * (level / loudness)
    if snr_db is not None:
        noise = _room_noise(len(samples), clip.sample_rate_hz, rng)
        samples = samples + noise * (level / 10.0 ** (snr_db / 20.0))
    peak = float(np.abs(samples).max(initial=0.0))
    if peak > _PEAK:
        samples *= _PEAK / peak
    return AudioClip(samples.astype(np.float32), clip.sample_rate_hz)


def speech_rms(samples: Samples, rate_hz: int) -> float:
    """Return the root mean square over the stretches of 20 ms that are not pauses."""
    stretch = rate_hz // 50
    whole = samples[: len(samples) // stretch * stretch].astype(np.float64)
    if not len(whole):
        return 0.0
    levels = np.sqrt(np.mean(np.square(whole.reshape(-1, stretch)), axis=1))
    loud = levels[levels >= _LOUD_PART * levels.max()]
    return float(np.sqrt(np.mean(np.square(loud))))


def _reverberate(
    dry: np.ndarray[tuple[int], np.dtype[np.float64]],
    rate_hz: int,
    rng: np.random.Generator,
    reverb_s: float,
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Add noise that dies away as a room's reflections do, in front of it the voice itself."""
    count = max(2, round(reverb_s * rate_hz))
    times_s = np.arange(count) / rate_hz
    response = rng.standard_normal(count) * 10.0 ** (-3.0 * times_s / reverb_s)
    response[times_s < _FIRST_REFLECTION_S] = 0.0
    energy = np.sqrt(np.sum(np.square(response)))
    if energy > 0.0:
        response *= 10.0 ** (_REVERB_DB / 20.0) / energy
    response[0] = 1.0
    size = len(dry) + count
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(response, size), size)
    return wet[: len(dry)]


def _room_noise(
    count: int, rate_hz: int, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Make noise of level 1 that is strongest at low frequencies."""
    if count == 0:
        return np.zeros(0)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    frequencies = np.fft.rfftfreq(count, 1.0 / rate_hz)
    noise = np.fft.irfft(spectrum / np.sqrt(1.0 + (frequencies / _HISS_HZ) ** 2), count)
    rms = float(np.sqrt(np.mean(np.square(noise))))
    return noise / rms if rms > 0.0 else noise
