"""The microphone: captured at the device's own rate, given out in frames at MODEL_RATE_HZ."""

from __future__ import annotations

import queue
import threading
from types import TracebackType
from typing import Any, Self

import numpy as np

from trainer.audio import devices, pulse
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, Samples

QUEUE_S = 10.0  # sound kept for a reader that is busy; beyond it sound is dropped and counted
_POLL_S = 0.25  # how soon a stream that ended by itself is noticed
_CHECK_S = 1.5  # of sound between two looks at where the sound server takes it from


class Microphone:
    """A microphone, opened by ``with``.

    Args:
        device: Index, a part of the name, or None for the system's default.
    """

    def __init__(self, device: str | int | None = None) -> None:
        self._wanted = device
        self._stream: Any = None
        self.overflows = 0
        """Stretches of sound lost because the program or the machine was too busy."""

    def __enter__(self) -> Self:
        """Open the device, dropping anything captured before.

        Raises:
            DeviceError: Missing, busy or forbidden.
        """
        import soxr

        self._device = devices.find_device(self._wanted, "microphone")
        self._resampler = soxr.ResampleStream(
            self._device.rate_hz, MODEL_RATE_HZ, num_channels=1, dtype="float32"
        )
        self._blocks: queue.Queue[Samples] = queue.Queue(round(QUEUE_S / devices.BLOCK_S))
        self._ready = np.zeros(0, dtype=np.float32)
        self._ended = threading.Event()
        self._patience_s = devices.OPENING_S
        self._stream = devices.open_stream(
            "microphone", self._device, callback=self._take, finished_callback=self._ended.set
        )
        self._until_check = round(_CHECK_S * self._device.rate_hz)  # samples
        if pulse.hears_itself():
            self.__exit__(None, None, None)
            raise devices.none_there("microphone")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the device."""
        stream, self._stream = self._stream, None
        if stream is not None:
            devices.close_stream(stream)

    def _take(self, block: Samples, count: int, time: Any, status: Any) -> None:
        """Keep one block; runs on PortAudio's thread, so it may neither wait nor raise."""
        self.overflows += bool(status.input_overflow)
        try:
            self._blocks.put_nowait(block.mean(axis=1, dtype=np.float32))
        except queue.Full:
            self.overflows += 1

    def read(self) -> Samples | None:
        """Return the next FRAME_SAMPLES samples at MODEL_RATE_HZ; a microphone never ends.

        Raises:
            DeviceError: The device went away: its stream ended, or gave nothing for STALL_S.
        """
        if self._stream is None:
            raise ValueError("a Microphone is read inside its with block")
        while len(self._ready) < FRAME_SAMPLES:
            block = self._next_block()
            self._refuse_own_voice(len(block))
            resampled = self._resampler.resample_chunk(block)
            self._ready = np.concatenate((self._ready, resampled))
        frame, self._ready = self._ready[:FRAME_SAMPLES], self._ready[FRAME_SAMPLES:]
        return np.clip(frame, -1.0, 1.0)

    def _refuse_own_voice(self, count: int) -> None:
        self._until_check -= count
        if self._until_check <= 0:
            self._until_check = round(_CHECK_S * self._device.rate_hz)
            if pulse.hears_itself():
                raise devices.gone("microphone", self._device)

    def _next_block(self) -> Samples:
        left_s = self._patience_s
        while left_s > 0:
            try:
                block = self._blocks.get(timeout=_POLL_S)
            except queue.Empty:
                if self._ended.is_set():
                    break
                left_s -= _POLL_S
            else:
                self._patience_s = devices.STALL_S
                return block
        raise devices.gone("microphone", self._device)
