"""What is done to synthesised sound before it is played: pitch moved, loudness made equal."""

from __future__ import annotations

import numpy as np

from trainer.types import AudioClip, Samples

SHAPING = "1"  # part of every engine's version: raise it when this file or speakable.py changes

LOUDNESS = 0.1  # root mean square of the spoken stretches: -20 dB below full scale
PEAK = 0.95  # nothing is louder than this, so nothing clips
LEAD_S = 0.1  # silence left before the first sound
TAIL_S = 0.25  # silence left after the last one
_FRAME_S = 0.02
_SPOKEN = 0.05  # a frame counts as spoken above this part of the loudest frame


def shaped(samples: Samples, rate_hz: int, pitch_ratio: float = 1.0) -> AudioClip:
    """Make a clip of synthesised samples: pitch moved, silence trimmed, loudness made equal.

    Args:
        samples: Shape (n,), in any scale.
        rate_hz: Rate of the samples and of the clip.
        pitch_ratio: How many times higher the clip is to sound; it gets shorter by the same.
    """
    clean = np.nan_to_num(samples.astype(np.float32, copy=False))
    if pitch_ratio != 1.0 and len(clean):
        import soxr

        clean = soxr.resample(clean, rate_hz * pitch_ratio, rate_hz).astype(np.float32)
    return AudioClip(_levelled(clean, rate_hz), rate_hz)


def _levelled(samples: Samples, rate_hz: int) -> Samples:
    size = int(_FRAME_S * rate_hz)
    count = len(samples) // size
    if count == 0:
        return samples
    frames = samples[: count * size].reshape(count, size)
    power = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    if power.max() == 0.0:
        return samples
    spoken = np.flatnonzero(power > _SPOKEN * power.max())
    first = max(0, int(spoken[0]) * size - int(LEAD_S * rate_hz))
    last = (int(spoken[-1]) + 1) * size + int(TAIL_S * rate_hz)
    kept = samples[first:last]
    loudness = float(np.sqrt(np.mean(np.square(power[spoken]))))
    gain = min(LOUDNESS / loudness, PEAK / float(np.abs(kept).max()))
    return np.asarray(kept * np.float32(gain), dtype=np.float32)
