"""Microphone and speaker at once, over a stand-in for sounddevice whose echo is exact."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.audio.fake_sounddevice import PortAudioError, card
from tests.audio.test_echo import babble
from trainer.audio import devices, pulse
from trainer.audio.duplex import Duplex
from trainer.audio.listen import level_dbfs
from trainer.errors import DeviceError
from trainer.types import MODEL_RATE_HZ, AudioClip, DuplexMode, Samples

RATE_HZ = 48_000
BLOCK = 960
LATE_BLOCKS = 5  # the echo comes 100 ms later


class Room:
    """A sound card pair in one room, ten times as fast as time: what is played is heard."""

    PortAudioError = PortAudioError

    def __init__(self, gain: float = 0.3, *, loses_speaker_after: int | None = None) -> None:
        self.gain = gain
        self.said = 0.0
        self.played: list[Samples] = []
        self._streams: dict[str, Any] = {}
        self._loses = loses_speaker_after
        self._over = threading.Event()
        self._asked: queue.Queue[None] = queue.Queue()

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": "Fake"}]

    def query_devices(self, device: int | None = None, kind: str | None = None) -> Any:
        both = card("Desk", 1, 2, RATE_HZ)
        return [both] if kind is None else {**both, "index": 0}

    def OutputStream(self, **settings: Any) -> Any:
        return self._stream("out", settings)

    def InputStream(self, **settings: Any) -> Any:
        return self._stream("in", settings)

    def _stream(self, name: str, settings: dict[str, Any]) -> Any:
        self._streams[name] = settings
        start = threading.Thread(target=self._run, daemon=True).start
        return SimpleNamespace(
            latency=0.04,
            start=start if name == "in" else lambda: None,
            abort=self._over.set,
            close=lambda: None,
        )

    def _run(self) -> None:
        channels = self._streams["out"]["channels"]
        while not self._over.is_set():
            if self._loses is None or len(self.played) < self._loses:
                out = np.full((BLOCK, channels), np.nan, np.float32)
                self._streams["out"]["callback"](out, BLOCK, None, SimpleNamespace())
                self.played.append(out[:, 0].copy())
            late = len(self.played) - LATE_BLOCKS
            heard = self.gain * self.played[late] if late >= 0 else np.zeros(BLOCK, np.float32)
            block = (heard + self.said)[:, np.newaxis].astype(np.float32)
            self._streams["in"]["callback"](
                block, BLOCK, None, SimpleNamespace(input_overflow=False)
            )
            time.sleep(0.002)


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Callable[[Room], None]:
    def with_room(room: Room) -> None:
        monkeypatch.setattr(devices, "sound_library", lambda: room)

    monkeypatch.setattr(pulse, "hears_itself", lambda: False)
    monkeypatch.setattr(devices, "STALL_S", 0.3)
    return with_room


def line(seconds: float = 8.0) -> AudioClip:
    return AudioClip(babble(seconds, seed=1), MODEL_RATE_HZ)


def levels(desk: Duplex) -> Iterator[tuple[float, float]]:
    """Yield what was heard and what is left of it, frame by frame, while something plays."""
    while desk.is_playing:
        assert desk.read() is not None
        yield desk.echo.heard_dbfs, desk.echo.left_dbfs


def test_an_open_microphone_does_not_hear_the_speaker(enter: Callable[[Room], None]) -> None:
    enter(Room())
    with Duplex() as desk:
        desk.play(line())
        heard, left = np.array(list(levels(desk))[-100:]).T
    assert np.median(heard) > -40
    assert np.median(left) < np.median(heard) - 15


def test_in_half_duplex_nothing_is_heard_until_the_room_is_quiet(
    enter: Callable[[Room], None],
) -> None:
    enter(Room())
    with Duplex(mode=DuplexMode.HALF) as desk:
        desk.play(line(1.0))
        assert {left for _, left in levels(desk)} == {-100.0}
        frames = [desk.read() for _ in range(20)]
    assert max(level_dbfs(frame) for frame in frames if frame is not None) < -60.0


def test_in_half_duplex_the_manager_is_heard_again_afterwards(
    enter: Callable[[Room], None],
) -> None:
    room = Room()
    enter(room)
    with Duplex(mode=DuplexMode.HALF) as desk:
        desk.play(line(0.5))
        list(levels(desk))
        room.said = 0.25
        frames = [desk.read() for _ in range(200)]
    assert frames[-1] is not None and np.abs(frames[-1]).max() == pytest.approx(0.25, abs=0.01)


def test_a_stopped_clip_fades_out_where_it_says(enter: Callable[[Room], None]) -> None:
    room = Room()
    enter(room)
    ones = AudioClip(np.full(5 * 24_000, 0.5, np.float32), 24_000)
    with Duplex() as desk:
        desk.play(ones)
        while desk.played_s < 0.3:
            desk.read()
        heard = desk.stop()
        list(levels(desk))
    sound = np.concatenate(room.played)
    audible = np.flatnonzero(sound)
    assert len(audible) / RATE_HZ == pytest.approx(heard / 24_000, abs=0.011)
    assert np.abs(np.diff(sound[audible[0] + 200 :])).max() < 0.01, "no click at the end"


def test_a_speaker_that_takes_no_more_sound_has_gone(enter: Callable[[Room], None]) -> None:
    enter(Room(loses_speaker_after=50))
    with Duplex() as desk, pytest.raises(DeviceError, match=r"the speaker 'Desk' has gone"):
        desk.play(line())
        for _ in levels(desk):
            pass


def test_a_missing_microphone_leaves_no_speaker_open(enter: Callable[[Room], None]) -> None:
    class NoMicrophone(Room):
        def InputStream(self, **settings: Any) -> Any:
            raise PortAudioError("Device unavailable")

    room = NoMicrophone()
    enter(room)
    with pytest.raises(DeviceError, match="microphone 'Desk' cannot be opened"):
        Duplex().__enter__()
    assert room._over.is_set()
