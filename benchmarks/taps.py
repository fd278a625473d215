"""Listening in on a sound server's devices, with the time at which each sample was heard."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping
from typing import Self

import numpy as np

from trainer.types import MODEL_RATE_HZ, AudioClip, Samples

_BLOCK = MODEL_RATE_HZ // 100


class Tap:
    """Records a source while the block runs; two taps of one server share their delay."""

    def __init__(self, source: str, environment: Mapping[str, str]) -> None:
        self._source = source
        self._environment = environment
        self._blocks: list[Samples] = []
        self._began_s = float("inf")

    def __enter__(self) -> Self:
        command = ["parec", f"--device={self._source}", "--raw", "--format=s16le", "--channels=1"]
        self._recorder = subprocess.Popen(
            [*command, f"--rate={MODEL_RATE_HZ}", "--latency-msec=10"],
            env=dict(self._environment),
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        while not self._blocks:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.terminate()
        self._thread.join()  # it reads to the end; only then may its pipe be closed
        with self._recorder:  # closes the pipe and waits
            pass

    def _read(self) -> None:
        assert self._recorder.stdout is not None
        while block := self._recorder.stdout.read(2 * _BLOCK):
            samples = np.frombuffer(block, dtype="<i2").astype(np.float32) / 32768.0
            self._blocks.append(samples)
            # The least delayed block says when the first sample was heard.
            heard_s = (len(self._blocks) * _BLOCK) / MODEL_RATE_HZ
            self._began_s = min(self._began_s, time.monotonic() - heard_s)

    def between(self, start_s: float, end_s: float) -> Samples:
        """Return what was heard between two times of the monotonic clock."""
        first = max(0, round((start_s - self._began_s) * MODEL_RATE_HZ))
        last = max(0, round((end_s - self._began_s) * MODEL_RATE_HZ))
        blocks = self._blocks[first // _BLOCK : last // _BLOCK + 1]
        samples = np.concatenate([np.zeros(0, np.float32), *blocks])
        skip = first - first // _BLOCK * _BLOCK
        return samples[skip : skip + last - first]

    def find(self, clip: AudioClip, start_s: float, end_s: float) -> float:
        """Return when a clip at MODEL_RATE_HZ began to be heard within a stretch of time."""
        heard = self.between(start_s, end_s)
        size = len(heard) + len(clip.samples)
        product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(clip.samples, size))
        place = int(np.argmax(np.fft.irfft(product, size)[: len(heard)]))
        return start_s + place / MODEL_RATE_HZ


def onsets(samples: Samples, *, threshold: float = 0.004, quiet_s: float = 0.35) -> list[float]:
    """Return where sound begins after so much quiet, seconds from the start."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    if not len(loud):
        return []
    gaps = np.flatnonzero(np.diff(loud) > quiet_s * MODEL_RATE_HZ)
    return [float(place) / MODEL_RATE_HZ for place in (loud[0], *loud[gaps + 1])]
