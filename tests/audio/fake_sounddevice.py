"""A stand-in for the sounddevice module: devices by list, callbacks by hand or by thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from trainer.types import Samples


class PortAudioError(Exception):
    """What the real module raises."""


def card(name: str, inputs: int = 0, outputs: int = 0, rate_hz: int = 48_000) -> dict[str, Any]:
    """Describe a device as the real module does."""
    return {
        "name": name,
        "hostapi": 0,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": float(rate_hz),
    }


@dataclass
class FakeSound:
    """The part of sounddevice the trainer uses.

    An input stream gives ``blocks`` from a thread and then stalls, or ends with ``ends``. An
    output stream takes ``takes`` blocks (None: all) and keeps them.
    """

    cards: list[dict[str, Any]]
    default: tuple[int, int] = (0, 0)
    blocks: list[Samples] = field(default_factory=list)
    ends: bool = False
    takes: int | None = None
    refused_channels: tuple[int, ...] = ()
    refused_start: bool = False
    opened: list[dict[str, Any]] = field(default_factory=list)
    closed: int = 0
    played: list[Samples] = field(default_factory=list)
    PortAudioError = PortAudioError

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": "Fake"}]

    def query_devices(self, device: int | None = None, kind: str | None = None) -> Any:
        if kind is None:
            return self.cards
        index = self.default[0 if kind == "input" else 1]
        if not 0 <= index < len(self.cards):
            raise PortAudioError("Error querying device -1")
        return {**self.cards[index], "index": index}

    def InputStream(self, **settings: Any) -> FakeStream:
        return FakeStream(self, self._give, settings)

    def OutputStream(self, **settings: Any) -> FakeStream:
        return FakeStream(self, self._take, settings)

    def _give(self, stream: FakeStream) -> None:
        for block in self.blocks:
            shaped = np.tile(block[:, None], stream.channels)
            stream.call(shaped, len(block), None, SimpleNamespace(input_overflow=False))
        if self.ends:
            stream.finished()

    def _take(self, stream: FakeStream) -> None:
        while not stream.over.is_set() and (self.takes is None or len(self.played) < self.takes):
            out = np.full((stream.block, stream.channels), np.nan, np.float32)
            stream.call(out, stream.block, None, SimpleNamespace())
            self.played.append(out[:, 0].copy())
            time.sleep(0.0005)
        if self.ends:
            stream.finished()


class FakeStream:
    """One open stream; its callback runs on a thread, as PortAudio's does."""

    latency = 0.04

    def __init__(
        self, sound: FakeSound, run: Callable[[FakeStream], None], settings: dict[str, Any]
    ) -> None:
        if settings["channels"] in sound.refused_channels:
            raise PortAudioError("Error opening InputStream: Invalid number of channels")
        sound.opened.append(settings)
        self.channels: int = settings["channels"]
        self.block: int = settings["blocksize"]
        self.call = settings["callback"]
        self.finished = settings["finished_callback"]
        self.over = threading.Event()
        self._sound = sound
        self._thread = threading.Thread(target=run, args=(self,), daemon=True)

    def start(self) -> None:
        if self._sound.refused_start:
            raise PortAudioError("Device unavailable")
        self._thread.start()

    def abort(self) -> None:
        self.over.set()

    def close(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()
        self._sound.closed += 1
