"""Whether what is played comes back to the microphone, how late, and how loud.

Levels do not tell: at a desk with a fan an echo lies under the noise most of the time, and a
manager's voice lies over it. A copy of what was played, laid where it belongs in what was heard,
stands out from both: its correlation, with every frequency counting alike, was 8 to 69 times the
rest for an echo 10 or 20 dB down with another voice over it, and under 6.5 where there was none.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

from trainer.types import MODEL_RATE_HZ, Samples

LATEST_S = 0.6  # a later echo is not looked for in a talk
FOUND = 7.0  # times the rest
LOOKED_AT_S = 1.0
_LEAST_SOUNDING = 0.4  # part of a stretch in which something has to be played to say anything
_SOUNDING_POWER = 1e-5  # -50 dB below full scale
_STEP = MODEL_RATE_HZ // 100
_LOWEST_HZ, _HIGHEST_HZ = 150.0, 6000.0
_LATEST = round(LATEST_S * MODEL_RATE_HZ)
_LOOKED_AT = round(LOOKED_AT_S * MODEL_RATE_HZ)


class Echo(NamedTuple):
    """The likeliest place of what was played in what was heard."""

    delay_s: float
    clearness: float
    """Its correlation against that of all other places; from FOUND on it is an echo."""

    @property
    def is_there(self) -> bool:
        """Whether it is an echo at all."""
        return self.clearness >= FOUND


def find_echo(heard: Samples, played: Samples) -> Echo:
    """Look for an echo.

    Args:
        heard: A second or more at MODEL_RATE_HZ.
        played: Ends at the same place and begins earlier: by as much as an echo may be late.
    """
    latest = len(played) - len(heard)
    size = 1 << (len(played) + len(heard) - 1).bit_length()
    together = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    hertz = np.fft.rfftfreq(size, 1.0 / MODEL_RATE_HZ)
    voice = (hertz > _LOWEST_HZ) & (hertz < _HIGHEST_HZ)
    alike = np.where(voice, together / np.maximum(np.abs(together), 1e-12), 0.0)
    # heard[i] is played[i + latest - late]
    places = np.abs(np.fft.irfft(alike, size)[-latest:])
    rest = float(np.sqrt(np.mean(np.square(places))))
    late = int(np.argmax(places))
    return Echo(late / MODEL_RATE_HZ, float(places[late]) / rest if rest > 0.0 else 0.0)


def returned_db(heard: Samples, played: Samples, delay_s: float) -> float:
    """Return how much of what was played comes back, dB; what is always heard is taken off.

    Args:
        heard: With silence in what was played before or after, to hear the room alone.
        played: As many samples, beside it.
        delay_s: How much later it comes back.
    """
    late = round(delay_s * MODEL_RATE_HZ)
    told = _powers(np.concatenate((np.zeros(late, np.float32), played))[: len(played)])
    powers = _powers(heard)
    sounding, silent = told > _SOUNDING_POWER, told < _SOUNDING_POWER / 100.0
    if not sounding.any():
        return -np.inf
    room = float(np.median(powers[silent])) if silent.any() else 0.0
    came = max(1e-12, float(np.mean(powers[sounding])) - room)
    return 10.0 * float(np.log10(came / np.mean(told[sounding])))


class Audibility:
    """Watches whether anything that is played comes back at all; with headphones nothing does.

    AEC3 takes out whatever is heard until it knows the way an echo takes, and where there is none
    it never learns it: the first second spoken over the salesperson would be lost.
    """

    def __init__(self) -> None:
        self._heard = np.zeros(0, dtype=np.float32)
        self._played = np.zeros(_LATEST, dtype=np.float32)
        self._found: deque[bool] = deque(maxlen=2)
        self.is_audible = True
        """Until it is clear that it is not."""

    def note(self, heard: Samples, played: Samples) -> None:
        """Take the next stretch of both."""
        self._heard = np.concatenate((self._heard, heard))
        self._played = np.concatenate((self._played, played))
        while len(self._heard) >= _LOOKED_AT:
            self._look(self._heard[:_LOOKED_AT], self._played[: _LATEST + _LOOKED_AT])
            self._heard, self._played = self._heard[_LOOKED_AT:], self._played[_LOOKED_AT:]

    def _look(self, heard: Samples, played: Samples) -> None:
        sounding = _powers(played[-_LOOKED_AT:]) > _SOUNDING_POWER
        if np.mean(sounding) < _LEAST_SOUNDING:
            return
        self._found.append(find_echo(heard, played).is_there)
        self.is_audible = any(self._found) or len(self._found) < 2


def _powers(samples: Samples) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    steps = samples[: len(samples) // _STEP * _STEP].reshape(-1, _STEP).astype(np.float64)
    return np.asarray(np.mean(np.square(steps), axis=1))
