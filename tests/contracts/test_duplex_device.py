"""What every DuplexDevice does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import numpy as np
import pytest

from tests.live.virtual_devices import in_this_process, need_sound_server, virtual_devices
from trainer.audio.duplex import Duplex
from trainer.audio.scripted_duplex import ScriptedDuplex
from trainer.protocols import DuplexDevice
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, DuplexMode

Make = Callable[[DuplexMode], AbstractContextManager[DuplexDevice]]
FRAME_S = FRAME_SAMPLES / MODEL_RATE_HZ


@contextmanager
def scripted(mode: DuplexMode) -> Iterator[DuplexDevice]:
    yield ScriptedDuplex([20.0], [20.0], mode=mode)


@contextmanager
def real(mode: DuplexMode) -> Iterator[DuplexDevice]:
    need_sound_server()
    with virtual_devices() as devices, in_this_process(devices):
        yield Duplex(mode=mode)


@pytest.fixture(params=[scripted, pytest.param(real, marks=pytest.mark.mic)])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


@pytest.fixture
def device(make: Make) -> Iterator[DuplexDevice]:
    with make(DuplexMode.OPEN) as made:
        yield made


def tone(seconds: float, rate_hz: int = 22_050) -> AudioClip:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return AudioClip((0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32), rate_hz)


def read_until_silent(device: DuplexDevice, most_s: float = 10.0) -> float:
    """Read while something plays; return the seconds it took, in frames."""
    frames = 0
    while device.is_playing:
        assert device.read() is not None
        frames += 1
        assert frames * FRAME_S < most_s, "it never ends"
    return frames * FRAME_S


@pytest.mark.parametrize("mode", list(DuplexMode))
def test_it_gives_frames_without_a_gap_while_it_plays(make: Make, mode: DuplexMode) -> None:
    with make(mode) as device, device as opened:
        assert opened.mode is mode
        opened.play(tone(1.0))
        for _ in range(40):
            frame = opened.read()
            assert frame is not None
            assert frame.shape == (FRAME_SAMPLES,) and frame.dtype == np.float32
            assert np.abs(frame).max() <= 1.0


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
def test_play_returns_at_once_and_the_clip_is_heard_to_its_end(
    device: DuplexDevice, rate_hz: int
) -> None:
    with device as opened:
        began = time.monotonic()
        opened.play(tone(0.6, rate_hz))
        assert time.monotonic() - began < 0.1
        assert opened.is_playing and opened.played_s < 0.1
        assert read_until_silent(opened) == pytest.approx(0.6, abs=0.3)
        assert opened.played_s == pytest.approx(0.6, abs=1e-3)
        assert opened.stop() == pytest.approx(0.6 * rate_hz, abs=2)


def test_stop_says_how_much_was_heard_and_silence_follows_within_100_ms(
    device: DuplexDevice,
) -> None:
    with device as opened:
        opened.play(tone(5.0, 24_000))
        while opened.played_s < 0.5:
            opened.read()
        heard_s = opened.stop() / 24_000
        assert 0.45 < heard_s < 0.8
        assert read_until_silent(opened) <= 0.1 + 2 * FRAME_S
        assert opened.played_s == pytest.approx(heard_s, abs=1e-3)
        assert opened.stop() / 24_000 == pytest.approx(heard_s, abs=1e-3), "asked twice"


def test_one_clip_follows_another(device: DuplexDevice) -> None:
    with device as opened:
        for seconds in (0.2, 0.3):
            opened.play(tone(seconds))
            read_until_silent(opened)
            assert opened.played_s == pytest.approx(seconds, abs=1e-3)


def test_a_second_clip_at_the_same_time_is_refused(device: DuplexDevice) -> None:
    with device as opened:
        opened.play(tone(1.0))
        with pytest.raises(ValueError, match="still playing"):
            opened.play(tone(1.0))
        opened.stop()


def test_before_anything_is_played_nothing_was_heard(device: DuplexDevice) -> None:
    with device as opened:
        assert (opened.is_playing, opened.played_s, opened.stop()) == (False, 0.0, 0)


def test_an_empty_clip_takes_no_time(device: DuplexDevice) -> None:
    with device as opened:
        opened.play(tone(0.0))
        read_until_silent(opened, most_s=0.5)
        assert opened.stop() == 0


def test_it_can_be_opened_again(device: DuplexDevice) -> None:
    for _ in range(2):
        with device as opened:
            assert opened is device
            assert opened.read() is not None


def test_it_is_closed_when_the_block_is_left_by_an_error(device: DuplexDevice) -> None:
    with pytest.raises(KeyboardInterrupt), device:
        raise KeyboardInterrupt
    with pytest.raises(ValueError, match="inside its with block"):
        device.read()
    with pytest.raises(ValueError, match="inside its with block"):
        device.play(tone(0.1))


def test_it_tells_how_loud_the_echo_is(device: DuplexDevice) -> None:
    with device as opened:
        opened.play(tone(1.0))
        for _ in range(20):
            opened.read()
        assert opened.echo.played_dbfs == pytest.approx(-13.5, abs=1.0)
        assert opened.echo.left_dbfs < -60.0
