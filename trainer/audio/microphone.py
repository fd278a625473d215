"""The microphone: captured at the device's own rate, given out in frames at MODEL_RATE_HZ."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import numpy as np

from trainer.audio import devices, pulse
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, Samples

QUEUE_S = 10.0  # sound kept for a reader that is busy; beyond it sound is dropped and counted
_POLL_S = 0.25  # how soon a stream that ended by itself is noticed
_CHECK_S = 0.6  # of sound between two looks at where the sound server takes it from


class Capture:
    """An open microphone: blocks of about devices.BLOCK_S at MODEL_RATE_HZ, as they come.

    Args:
        device: The microphone.
        stamp: Asked for each block on PortAudio's thread when it arrives.
        latency_s: Asked of the device.

    Raises:
        DeviceError: Missing, busy or forbidden.
    """

    def __init__(
        self,
        device: devices.Device,
        *,
        stamp: Callable[[], int] = lambda: 0,
        latency_s: float = devices.LATENCY_S,
    ) -> None:
        import soxr

        self.device = device
        self.overflows = 0
        """Stretches of sound lost because the program or the machine was too busy."""
        self._stamp = stamp
        self._resampler = soxr.ResampleStream(
            device.rate_hz, MODEL_RATE_HZ, num_channels=1, dtype="float32"
        )
        self._blocks: queue.Queue[tuple[Samples, int]] = queue.Queue(
            round(QUEUE_S / devices.BLOCK_S)
        )
        self._ended = threading.Event()
        self._patience_s = devices.OPENING_S
        self._stream = devices.open_stream(
            "microphone",
            device,
            latency_s=latency_s,
            callback=self._take,
            finished_callback=self._ended.set,
        )
        self._until_check = round(_CHECK_S * device.rate_hz)  # samples
        if pulse.hears_itself():
            self.close()
            raise devices.none_there("microphone")

    def close(self) -> None:
        """Close the device."""
        devices.close_stream(self._stream)

    def _take(self, block: Samples, count: int, time: Any, status: Any) -> None:
        """Keep one block; runs on PortAudio's thread, so it may neither wait nor raise."""
        self.overflows += bool(status.input_overflow)
        try:
            self._blocks.put_nowait((block.mean(axis=1, dtype=np.float32), self._stamp()))
        except queue.Full:
            self.overflows += 1

    def next_block(self) -> tuple[Samples, int]:
        """Wait for the next block; return it at MODEL_RATE_HZ, clipped, with its stamp.

        The first one may be empty: a resampler gives what it has taken a little later.

        Raises:
            DeviceError: The device went away: its stream ended, or gave nothing for STALL_S.
        """
        block, stamp = self._wait_for_block()
        self._refuse_own_voice(len(block))
        resampled = self._resampler.resample_chunk(block)
        return np.clip(resampled, -1.0, 1.0), stamp

    def _refuse_own_voice(self, count: int) -> None:
        self._until_check -= count
        if self._until_check <= 0:
            self._until_check = round(_CHECK_S * self.device.rate_hz)
            if pulse.hears_itself():
                raise devices.gone("microphone", self.device)

    def _wait_for_block(self) -> tuple[Samples, int]:
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
        raise devices.gone("microphone", self.device)


class Microphone:
    """A microphone, opened by ``with``.

    Args:
        device: Index, a part of the name, or None for the system's default.
    """

    def __init__(self, device: str | int | None = None) -> None:
        self._wanted = device
        self._capture: Capture | None = None
        self._overflows = 0  # in captures closed before

    @property
    def overflows(self) -> int:
        """Stretches of sound lost because the program or the machine was too busy."""
        return self._overflows + (self._capture.overflows if self._capture else 0)

    def __enter__(self) -> Self:
        """Open the device, dropping anything captured before.

        Raises:
            DeviceError: Missing, busy or forbidden.
        """
        self._ready = np.zeros(0, dtype=np.float32)
        self._capture = Capture(devices.find_device(self._wanted, "microphone"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the device."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.close()
            self._overflows += capture.overflows

    def read(self) -> Samples | None:
        """Return the next FRAME_SAMPLES samples at MODEL_RATE_HZ; a microphone never ends.

        Raises:
            DeviceError: The device went away: its stream ended, or gave nothing for STALL_S.
        """
        if self._capture is None:
            raise ValueError("a Microphone is read inside its with block")
        while len(self._ready) < FRAME_SAMPLES:
            block, _ = self._capture.next_block()
            self._ready = np.concatenate((self._ready, block))
        frame, self._ready = self._ready[:FRAME_SAMPLES], self._ready[FRAME_SAMPLES:]
        return frame
