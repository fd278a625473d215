"""Sources that stand in for a microphone: a recording, and a script for tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from trainer.audio.wav import read_clip, resample
from trainer.errors import DeviceError
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, Samples

TRAILING_SILENCE_S = 5.0  # longer than the longest wait for an unfinished turn, so it can end


def frames_of(clip: AudioClip) -> Iterator[Samples]:
    """Cut a clip of any rate into frames at MODEL_RATE_HZ; the last one is filled with zeros."""
    samples = resample(clip, MODEL_RATE_HZ).samples
    for start in range(0, len(samples), FRAME_SAMPLES):
        frame = samples[start : start + FRAME_SAMPLES]
        yield np.pad(frame, (0, FRAME_SAMPLES - len(frame)))


def silence(seconds: float, rate_hz: int = MODEL_RATE_HZ) -> AudioClip:
    """Make a clip of digital silence."""
    return AudioClip(np.zeros(round(seconds * rate_hz), dtype=np.float32), rate_hz)


class WavSource:
    """Plays a recording into the trainer, then silence, then ends; opening it rewinds it.

    Raises:
        AudioInputError: When built, where the file cannot be used.
    """

    def __init__(
        self, recording: Path | str | AudioClip, *, trailing_silence_s: float = TRAILING_SILENCE_S
    ) -> None:
        clip = recording if isinstance(recording, AudioClip) else read_clip(recording)
        self._source = _Take((clip, trailing_silence_s))
        self._frames: Iterator[Samples] | None = None

    def __enter__(self) -> Self:
        """Rewind the recording."""
        self._frames = self._source.frames()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the recording."""
        self._frames = None

    def read(self) -> Samples | None:
        """Return the next frame, or None after the trailing silence."""
        if self._frames is None:
            raise ValueError("a WavSource is read inside its with block")
        return next(self._frames, None)


class ScriptedSource:
    """A microphone with a script, for tests: one take for each time it is opened.

    A take is a sequence of clips (played), numbers (seconds of silence) and DeviceErrors (raised);
    after its last item the source has ended. Opening it more often than there are takes is an
    error.
    """

    def __init__(self, *takes: Sequence[AudioClip | float | DeviceError]) -> None:
        self._takes = deque(_Take(take) for take in takes)
        self._frames: Iterator[Samples] | None = None
        self.opened = 0
        self.closed = 0
        self.frames_read = 0

    def __enter__(self) -> Self:
        """Begin the next take."""
        if not self._takes:
            raise RuntimeError(f"the source's script ended after {self.opened} takes")
        self.opened += 1
        self._frames = self._takes.popleft().frames()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the take, played out or not."""
        self.closed += 1
        self._frames = None

    def read(self) -> Samples | None:
        """Return the take's next frame, or None after its last."""
        if self._frames is None:
            raise ValueError("a ScriptedSource is read inside its with block")
        frame = next(self._frames, None)
        self.frames_read += frame is not None
        return frame


class _Take:
    """Clips, silences and errors, one after the other."""

    def __init__(self, items: Sequence[AudioClip | float | DeviceError]) -> None:
        self._items = tuple(items)

    def frames(self) -> Iterator[Samples]:
        for item in self._items:
            if isinstance(item, DeviceError):
                raise item
            yield from frames_of(item if isinstance(item, AudioClip) else silence(item))
