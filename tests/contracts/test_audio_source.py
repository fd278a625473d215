"""What every AudioSource does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import numpy as np
import pytest

from tests.live.virtual_devices import in_this_process, need_sound_server, virtual_devices
from trainer.audio.microphone import Microphone
from trainer.audio.sources import ScriptedSource, WavSource, silence
from trainer.protocols import AudioSource
from trainer.types import FRAME_SAMPLES

Make = Callable[[], AbstractContextManager[AudioSource]]


@contextmanager
def wav() -> Iterator[AudioSource]:
    yield WavSource(silence(1.0), trailing_silence_s=1.0)


@contextmanager
def scripted() -> Iterator[AudioSource]:
    yield ScriptedSource([2.0], [2.0])


@contextmanager
def microphone() -> Iterator[AudioSource]:
    need_sound_server()
    with virtual_devices() as devices, in_this_process(devices):
        yield Microphone()


@pytest.fixture(params=[wav, scripted, pytest.param(microphone, marks=pytest.mark.mic)])
def source(request: pytest.FixtureRequest) -> Iterator[AudioSource]:
    make: Make = request.param
    with make() as made:
        yield made


def test_it_gives_whole_frames_of_float32(source: AudioSource) -> None:
    with source as opened:
        frames = [opened.read() for _ in range(20)]
    for frame in frames:
        assert frame is not None
        assert frame.shape == (FRAME_SAMPLES,) and frame.dtype == np.float32
        assert np.abs(frame).max() <= 1.0


def test_it_can_be_opened_again(source: AudioSource) -> None:
    for _ in range(2):
        with source as opened:
            assert opened.read() is not None


def test_opening_gives_the_source_itself(source: AudioSource) -> None:
    with source as opened:
        assert opened is source


def test_it_is_closed_when_the_block_is_left_by_an_error(source: AudioSource) -> None:
    with pytest.raises(KeyboardInterrupt), source:
        raise KeyboardInterrupt
    with pytest.raises(ValueError, match="inside its with block"):
        source.read()
