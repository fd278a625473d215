"""Microphone and speaker at once, without the microphone hearing the speaker.

Both streams stay open for as long as the device does; between clips silence is played. So what
the salesperson says begins and ends within a block, and the canceller's idea of the room stays.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import numpy as np

from trainer.audio import devices
from trainer.audio.echo import (
    COMPARED_SAMPLES,
    PLAYED_SAMPLES,
    STEP_SAMPLES,
    EchoCanceller,
    LineUp,
    Reference,
    likeness,
)
from trainer.audio.echo_path import Audibility
from trainer.audio.listen import QUIETEST_DBFS, level_dbfs
from trainer.audio.microphone import Capture
from trainer.audio.speaker import Playout
from trainer.audio.wav import resample
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, DuplexMode, EchoLevels, Samples

LATENCY_S = 0.03  # asked of both devices: what has been handed over can no longer be stopped
REVERB_S = 0.25  # in half-duplex, what is heard for so long after a clip is still the clip
_FAINT_DBFS = -55.0  # what is fainter is neither taken for speech nor compared
NO_ECHO = EchoLevels(QUIETEST_DBFS, QUIETEST_DBFS, QUIETEST_DBFS)


class Duplex:
    """A microphone and a speaker, opened together by ``with``.

    Args:
        microphone: Index, a part of the name, or None for the system's default.
        speaker: Likewise.
        mode: OPEN takes the echo out; HALF gives out silence while something is played.
        delay_s: How much later than played sound is heard at this desk; 0 where not known.
    """

    def __init__(
        self,
        microphone: str | int | None = None,
        speaker: str | int | None = None,
        *,
        mode: DuplexMode = DuplexMode.OPEN,
        delay_s: float = 0.0,
    ) -> None:
        self._wanted_microphone = microphone
        self._wanted_speaker = speaker
        self._mode = mode
        self._delay_s = delay_s
        self._capture: Capture | None = None
        self._playout: Playout | None = None

    @property
    def mode(self) -> DuplexMode:
        """Whether frames hold what is said over the salesperson."""
        return self._mode

    def __enter__(self) -> Self:
        """Open both devices.

        Raises:
            DeviceError: One is missing, busy or forbidden.
        """
        microphone = devices.find_device(self._wanted_microphone, "microphone")
        speaker = devices.find_device(self._wanted_speaker, "speaker")
        self._pipe = _Pipe(self._mode, self._delay_s)
        self._playout = playout = Playout(speaker, latency_s=LATENCY_S)
        try:
            self._capture = Capture(microphone, stamp=lambda: playout.position, latency_s=LATENCY_S)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close both devices; a clip that is playing is cut off."""
        self._close()

    def _close(self) -> None:
        capture, self._capture = self._capture, None
        playout, self._playout = self._playout, None
        if playout is not None:
            playout.close()
        if capture is not None:
            capture.close()

    def _open(self) -> tuple[Capture, Playout]:
        if self._capture is None or self._playout is None:
            raise ValueError("a Duplex is used inside its with block")
        return self._capture, self._playout

    def read(self) -> Samples | None:
        """Return the next FRAME_SAMPLES samples at MODEL_RATE_HZ, without the echo.

        Raises:
            DeviceError: Microphone or speaker went away.
        """
        capture, playout = self._open()
        while not self._pipe.has_frame:
            block, handed_over = capture.next_block()
            playout.refuse_stalled()
            self._pipe.take(block, handed_over / playout.rate_hz)
        return self._pipe.frame()

    @property
    def echo(self) -> EchoLevels:
        """The levels of the frame that was read last."""
        self._open()
        return self._pipe.levels

    def play(self, clip: AudioClip) -> None:
        """Begin to play a clip, and return at once."""
        _, playout = self._open()
        if playout.is_playing:
            raise ValueError("a clip is still playing; wait for it or stop it")
        start = playout.begin(resample(clip, playout.rate_hz).samples, clip)
        start_s = start / playout.rate_hz
        self._pipe.plays(start_s, resample(clip, MODEL_RATE_HZ).samples, playout.latency_s)

    def stop(self) -> int:
        """Fall silent; return how many of the clip's samples are heard in all."""
        _, playout = self._open()
        heard = playout.cut()
        if playout.cut_at is not None:
            self._pipe.stops(playout.cut_at / playout.rate_hz)
        return heard

    @property
    def is_playing(self) -> bool:
        """Whether the clip's last sample has still to come out of the speaker."""
        return self._open()[1].is_playing

    @property
    def played_s(self) -> float:
        """Seconds of the last clip that have come out of the speaker so far."""
        return self._open()[1].played_s


class _Pipe:
    """From blocks as heard to frames without the echo; knows nothing of devices."""

    def __init__(self, mode: DuplexMode, delay_s: float) -> None:
        self._canceller = EchoCanceller() if mode is DuplexMode.OPEN else None
        self._audibility = Audibility()
        self._reference = Reference()
        self._line_up = LineUp(delay_s)
        self._delay = round(delay_s * MODEL_RATE_HZ)
        self._heard = 0  # samples taken and processed
        self._waiting = np.zeros(0, dtype=np.float32)  # heard, less than a step
        self._streams = [np.zeros(0, dtype=np.float32) for _ in range(3)]  # played, heard, left
        self._mute_until = 0  # place in what was played; half-duplex
        self._history = np.zeros(PLAYED_SAMPLES, dtype=np.float32)  # played
        self._left = np.zeros(COMPARED_SAMPLES, dtype=np.float32)
        self.levels = NO_ECHO

    def plays(self, start_s: float, samples: Samples, latency_s: float) -> None:
        start = round(start_s * MODEL_RATE_HZ)
        self._reference.add(start, samples)
        self._tail = round((latency_s + REVERB_S) * MODEL_RATE_HZ) + self._delay
        self._mute_until = start + len(samples) + self._tail

    def stops(self, at_s: float) -> None:
        end = round(at_s * MODEL_RATE_HZ)
        self._reference.cut(end)
        self._mute_until = min(self._mute_until, end + self._tail)

    def take(self, block: Samples, handed_over_s: float) -> None:
        heard = np.concatenate((self._waiting, block))
        whole = len(heard) // STEP_SAMPLES * STEP_SAMPLES
        heard, self._waiting = heard[:whole], heard[whole:]
        end = self._line_up.place(
            self._heard + whole + len(self._waiting), round(handed_over_s * MODEL_RATE_HZ)
        ) - len(self._waiting)
        self._heard += whole
        if not whole:
            return
        played = self._reference.between(end - whole, end)
        left = self._without_echo(heard, played, end)
        self._streams = [
            np.concatenate(pair) for pair in zip(self._streams, (played, heard, left), strict=True)
        ]

    def _without_echo(self, heard: Samples, played: Samples, end: int) -> Samples:
        if self._canceller is not None:
            self._audibility.note(heard, played)
            cleaned = np.clip(self._canceller.remove(heard, played), -1.0, 1.0)
            return cleaned if self._audibility.is_audible else heard
        return np.zeros_like(heard) if end - len(heard) < self._mute_until else heard

    @property
    def has_frame(self) -> bool:
        return len(self._streams[0]) >= FRAME_SAMPLES

    def frame(self) -> Samples:
        played, heard, left = (each[:FRAME_SAMPLES] for each in self._streams)
        self._streams = [each[FRAME_SAMPLES:] for each in self._streams]
        self._history = np.concatenate((self._history[FRAME_SAMPLES:], played))
        self._left = np.concatenate((self._left[FRAME_SAMPLES:], left))
        left_dbfs = level_dbfs(left)
        alike = 0.0
        sounds = left_dbfs > _FAINT_DBFS and level_dbfs(self._history) > _FAINT_DBFS
        if sounds and self._audibility.is_audible:
            alike = likeness(self._left, self._history)
        self.levels = EchoLevels(level_dbfs(played), level_dbfs(heard), left_dbfs, alike)
        return np.ascontiguousarray(left)
