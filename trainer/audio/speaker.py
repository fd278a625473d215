"""The speaker, and the sinks that stand in for one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.audio import devices
from trainer.audio.wav import resample
from trainer.types import MODEL_RATE_HZ, AudioClip, Samples

STOP_POLL_S = 0.02  # how often stop() is asked
FADE_S = 0.01  # a voice cut off within less clicks
_LEAD_S = 0.06  # silence before the clip: sound servers were heard to swallow the first 20 ms
_DRAIN_MARGIN_S = 0.1  # sound servers keep a little more than they say


class Speaker:
    """A speaker; each clip opens it anew, so it may be plugged in between two lines.

    Args:
        device: Index, a part of the name, or None for the system's default.
    """

    def __init__(self, device: str | int | None = None) -> None:
        self._wanted = device

    def play(self, clip: AudioClip, *, stop: Callable[[], bool] | None = None) -> float:
        """Play a clip to its end, or until ``stop()`` is true; return the seconds played.

        Raises:
            DeviceError: The device is missing or went away.
        """
        device = devices.find_device(self._wanted, "speaker")
        playing = _Playing(resample(clip, device.rate_hz).samples, device.rate_hz)
        stream = devices.open_stream(
            "speaker", device, callback=playing.fill, finished_callback=playing.stream_ended.set
        )
        try:
            playing.drain_s = stream.latency + _DRAIN_MARGIN_S
            _watch(playing, device, stop)
        finally:
            devices.close_stream(stream)
        return min(playing.played_s, clip.duration_s)


def _watch(playing: _Playing, device: devices.Device, stop: Callable[[], bool] | None) -> None:
    """Wait until the clip has been heard, asking ``stop``; a stream that stalls has gone."""
    seen, moved_at, patience_s = 0, time.monotonic(), devices.OPENING_S
    while not playing.heard.wait(STOP_POLL_S):
        if stop is not None and not playing.stopping and stop():
            playing.stopping = True
        if playing.blocks != seen:
            seen, moved_at = playing.blocks, time.monotonic()
            if playing.is_under_way:
                patience_s = devices.STALL_S
        if playing.stream_ended.is_set() or time.monotonic() - moved_at > patience_s:
            raise devices.gone("speaker", device)


class _Playing:
    """A clip on its way out, handed to PortAudio block by block on PortAudio's own thread.

    After the clip come silent blocks until the device's buffer holds nothing else: PortAudio's own
    draining was heard to cut the last tenth of a second off.
    """

    def __init__(self, samples: Samples, rate_hz: int) -> None:
        self._lead = round(_LEAD_S * rate_hz)
        self._samples = np.concatenate((np.zeros(self._lead, dtype=np.float32), samples))
        self._rate_hz = rate_hz
        self._fade = np.linspace(1.0, 0.0, round(FADE_S * rate_hz), dtype=np.float32)
        self._faded = False
        self._silent = 0  # samples of silence handed over after the clip
        self.position = 0  # samples handed over, the lead among them
        self.blocks = 0  # callbacks so far
        self.drain_s = float("inf")  # known when the stream has been opened
        self.stopping = False
        self.heard = threading.Event()
        self.stream_ended = threading.Event()

    @property
    def is_under_way(self) -> bool:
        """Whether the device takes sound, after PortAudio has filled its buffer."""
        return self.position > self.drain_s * self._rate_hz

    @property
    def played_s(self) -> float:
        """Seconds of the clip handed over."""
        return max(0, self.position - self._lead) / self._rate_hz

    def fill(self, out: NDArray[np.float32], count: int, timing: Any, status: Any) -> None:
        """Fill one block; the same sound on every channel."""
        self.blocks += 1
        if self.stopping and not self._faded:
            self._fade_out()
        block = self._samples[self.position : self.position + count]
        out[: len(block)] = block[:, np.newaxis]
        out[len(block) :] = 0.0
        self.position += len(block)
        self._silent += count - len(block)
        if self._silent > self.drain_s * self._rate_hz:
            self.heard.set()

    def _fade_out(self) -> None:
        """Let the clip end here, within FADE_S."""
        end = self.position + len(self._fade)
        last = self._samples[self.position : end]
        self._samples = np.concatenate(
            (self._samples[: self.position], last * self._fade[: len(last)])
        )
        self._faded = True


class Playout:
    """An open speaker: silence, and in it one clip after another, on PortAudio's own thread."""

    def __init__(self, device: devices.Device, *, latency_s: float) -> None:
        self.rate_hz = device.rate_hz
        self.position = 0
        """Samples handed to the device since it was opened."""
        self.cut_at: int | None = None
        """Position at which the last clip was cut off."""
        self._device = device
        self._lock = threading.Lock()  # held for microseconds: PortAudio's thread takes it too
        self._clip = AudioClip(np.zeros(0, dtype=np.float32), MODEL_RATE_HZ)
        self._samples = self._clip.samples  # the same at the device's rate
        self._start = 0  # position of its first sample
        self._ended = threading.Event()
        self._moved_at = time.monotonic() + devices.OPENING_S - devices.STALL_S
        self._seen = 0
        self._stream = devices.open_stream(
            "speaker",
            device,
            latency_s=latency_s,
            callback=self._fill,
            finished_callback=self._ended.set,
        )
        self.latency_s: float = self._stream.latency
        """From being handed over to coming out, as the system says."""

    def close(self) -> None:
        """Close the device."""
        devices.close_stream(self._stream)

    def _fill(self, out: NDArray[np.float32], count: int, timing: Any, status: Any) -> None:
        """Fill one block; the same sound on every channel."""
        with self._lock:
            first = self.position - self._start
            block = self._samples[max(0, first) : max(0, first + count)]
            begin = max(0, -first)
            self.position += count
        out[:] = 0.0
        out[begin : begin + len(block)] = block[:, np.newaxis]

    def begin(self, samples: Samples, clip: AudioClip) -> int:
        """Play samples at the device's rate from the next block on; return their position.

        Args:
            samples: At the device's rate.
            clip: The same sound at its own rate, in which ``cut`` answers.
        """
        with self._lock:
            self._samples, self._clip = samples, clip
            self._start, self.cut_at = self.position, None
            return self._start

    def cut(self) -> int:
        """End the clip within FADE_S of what has been handed over; return what is heard of it."""
        with self._lock:
            done = self.position - self._start
            if done < len(self._samples):
                fade = np.linspace(1.0, 0.0, round(FADE_S * self.rate_hz), dtype=np.float32)
                last = self._samples[done : done + len(fade)]
                kept = np.concatenate((self._samples[:done], last * fade[: len(last)]))
                self._samples = kept
                self.cut_at = self._start + len(kept)
            heard = len(self._samples)
        return min(len(self._clip.samples), round(heard * self._clip.sample_rate_hz / self.rate_hz))

    @property
    def is_playing(self) -> bool:
        """Whether the clip's last sample has still to come out."""
        return len(self._samples) > 0 and self._come_out < len(self._samples)

    @property
    def played_s(self) -> float:
        """Seconds of the clip that have come out."""
        return max(0, min(self._come_out, len(self._samples))) / self.rate_hz

    @property
    def _come_out(self) -> float:
        return self.position - self._start - self.latency_s * self.rate_hz

    def refuse_stalled(self) -> None:
        """Raise DeviceError where the speaker has taken no sound for STALL_S."""
        now = time.monotonic()
        if self.position != self._seen:
            self._seen, self._moved_at = self.position, now
        if self._ended.is_set() or now - self._moved_at > devices.STALL_S:
            raise devices.gone("speaker", self._device)


class RecordingSink:
    """A speaker for tests: keeps the clips, and stops where it is told to.

    Args:
        stop_after_s: Seconds after which each play is broken off, in order; None plays the clip
            to its end, and so do all plays after the last.
    """

    def __init__(self, *stop_after_s: float | None) -> None:
        self._stops = list(stop_after_s)
        self.played: list[AudioClip] = []
        """Each clip as far as it was played."""

    def play(self, clip: AudioClip, *, stop: Callable[[], bool] | None = None) -> float:
        """Keep the clip; ``stop`` is asked once, before it begins."""
        limit_s = self._stops.pop(0) if self._stops else None
        if stop is not None and stop():
            limit_s = 0.0
        count = len(clip.samples) if limit_s is None else round(limit_s * clip.sample_rate_hz)
        heard = AudioClip(clip.samples[:count], clip.sample_rate_hz)
        self.played.append(heard)
        return heard.duration_s
