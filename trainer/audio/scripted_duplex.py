"""A microphone and a speaker with a script, for tests without a sound device."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import numpy as np

from trainer.audio.duplex import NO_ECHO
from trainer.audio.listen import QUIETEST_DBFS, level_dbfs
from trainer.audio.sources import ScriptedSource
from trainer.errors import DeviceError
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, DuplexMode, EchoLevels, Samples


class ScriptedDuplex:
    """A desk without echo, on which time passes as frames are read.

    Args:
        takes: What the microphone hears, one take for each opening, as for ScriptedSource.
        mode: With HALF, frames are silence while something is played.
    """

    def __init__(
        self,
        *takes: Sequence[AudioClip | float | DeviceError],
        mode: DuplexMode = DuplexMode.OPEN,
    ) -> None:
        self._source = ScriptedSource(*takes)
        self._mode = mode
        self._is_open = False
        self._clip: AudioClip | None = None
        self._out = 0.0  # samples of it that have come out
        self._echo = NO_ECHO
        self.played: list[AudioClip] = []
        """Each clip so far: whole, or as far as it was heard."""

    @property
    def mode(self) -> DuplexMode:
        """As it was built."""
        return self._mode

    @property
    def frames_read(self) -> int:
        """How far the script has been read."""
        return self._source.frames_read

    def __enter__(self) -> Self:
        """Begin the next take."""
        self._source.__enter__()
        self._is_open = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the take; a clip that is playing is cut off."""
        self.stop()
        self._is_open = False
        self._source.__exit__(kind, error, trace)

    def _refuse_closed(self) -> None:
        if not self._is_open:
            raise ValueError("a ScriptedDuplex is used inside its with block")

    def read(self) -> Samples | None:
        """Return the take's next frame, or None after its last."""
        frame = self._source.read()
        if frame is None:
            return None
        playing = QUIETEST_DBFS
        if self._clip is not None and self.is_playing:
            rate_hz = self._clip.sample_rate_hz
            begin, self._out = self._out, self._out + FRAME_SAMPLES * rate_hz / MODEL_RATE_HZ
            playing = level_dbfs(self._clip.samples[int(begin) : int(self._out)])
            if self._mode is DuplexMode.HALF:
                frame = np.zeros_like(frame)
        level = level_dbfs(frame)
        self._echo = EchoLevels(playing, level, level)
        return frame

    @property
    def echo(self) -> EchoLevels:
        """The levels of the frame that was read last."""
        self._refuse_closed()
        return self._echo

    def play(self, clip: AudioClip) -> None:
        """Begin to play a clip; it comes out as frames are read."""
        self._refuse_closed()
        if self.is_playing:
            raise ValueError("a clip is still playing; wait for it or stop it")
        self._clip, self._out = clip, 0.0
        self.played.append(clip)

    def stop(self) -> int:
        """Cut the clip off where it has come to; return that place in samples."""
        self._refuse_closed()
        if self._clip is None:
            return 0
        if self.is_playing:
            self._clip = AudioClip(self._clip.samples[: int(self._out)], self._clip.sample_rate_hz)
            self.played[-1] = self._clip
        return len(self._clip.samples)

    @property
    def is_playing(self) -> bool:
        """Whether there is more of the clip to come out."""
        self._refuse_closed()
        return self._clip is not None and self._out < len(self._clip.samples)

    @property
    def played_s(self) -> float:
        """Seconds of the last clip that have come out."""
        self._refuse_closed()
        if self._clip is None:
            return 0.0
        return min(self._out, len(self._clip.samples)) / self._clip.sample_rate_hz
