"""Log-mel features as Whisper's encoder wants them, in numpy.

transformers has these too, but importing it pulls in torch: five seconds before the first frame.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.types import MODEL_RATE_HZ, Samples

WINDOW_SAMPLES = 400  # 25 ms
HOP_SAMPLES = 160  # 10 ms
MEL_BANDS = 80
DYNAMIC_RANGE = 8.0  # what lies more than 80 dB under the loudest value is raised to that floor
_QUIETEST = 1e-10  # keeps the logarithm of a silent band finite
_LINEAR_HZ = 1000.0  # Slaney's mel scale: even steps up to here, even ratios above
_HZ_PER_MEL = 200.0 / 3.0
_LOG_STEP = np.log(6.4) / 27.0

_Array = NDArray[np.floating[Any]]


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """Compute the features of a stretch at MODEL_RATE_HZ, shape (MEL_BANDS, n // HOP_SAMPLES)."""
    half = WINDOW_SAMPLES // 2
    padded = np.pad(samples.astype(np.float64), half, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_SAMPLES)[::HOP_SAMPLES]
    windows = windows[: len(samples) // HOP_SAMPLES]  # Whisper drops the last, overhanging one
    spectrum = np.fft.rfft(windows * _hann(), axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    levels = np.log10(np.maximum(_mel_filters() @ power.T, _QUIETEST))
    levels = np.maximum(levels, levels.max() - DYNAMIC_RANGE)
    features: NDArray[np.float32] = ((levels + 4.0) / 4.0).astype(np.float32)
    return features


@cache
def _hann() -> _Array:
    # Periodic, not symmetric: the last point of one more is left out.
    return np.hanning(WINDOW_SAMPLES + 1)[:-1]


def _mel_to_hz(mel: _Array) -> _Array:
    knee = _LINEAR_HZ / _HZ_PER_MEL
    above = _LINEAR_HZ * np.exp(_LOG_STEP * (np.maximum(mel, knee) - knee))
    return np.where(mel < knee, mel * _HZ_PER_MEL, above)


@cache
def _mel_filters() -> _Array:
    """Triangles of equal area along the mel scale, shape (MEL_BANDS, WINDOW_SAMPLES // 2 + 1)."""
    nyquist = MODEL_RATE_HZ / 2
    top_mel = _LINEAR_HZ / _HZ_PER_MEL + np.log(nyquist / _LINEAR_HZ) / _LOG_STEP
    edges = _mel_to_hz(np.linspace(0.0, top_mel, MEL_BANDS + 2))[:, np.newaxis]
    bins = np.linspace(0.0, nyquist, WINDOW_SAMPLES // 2 + 1)[np.newaxis]
    low, centre, high = edges[:-2], edges[1:-1], edges[2:]
    rising, falling = (bins - low) / (centre - low), (high - bins) / (high - centre)
    triangles: _Array = np.maximum(0.0, np.minimum(rising, falling)) * 2.0 / (high - low)
    return triangles
