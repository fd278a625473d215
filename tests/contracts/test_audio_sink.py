"""What every AudioSink does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from tests.live.virtual_devices import in_this_process, need_sound_server, virtual_devices
from trainer.audio.speaker import RecordingSink, Speaker
from trainer.protocols import AudioSink
from trainer.types import AudioClip


@contextmanager
def recording() -> Iterator[AudioSink]:
    yield RecordingSink()


@contextmanager
def speaker() -> Iterator[AudioSink]:
    need_sound_server()
    with virtual_devices() as devices, in_this_process(devices):
        yield Speaker()


@pytest.fixture(params=[recording, pytest.param(speaker, marks=pytest.mark.mic)])
def sink(request: pytest.FixtureRequest) -> Iterator[AudioSink]:
    with request.param() as made:
        yield made


def clip(seconds: float, rate_hz: int) -> AudioClip:
    return AudioClip(np.full(round(seconds * rate_hz), 0.1, np.float32), rate_hz)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000])
def test_a_clip_of_any_rate_is_played_whole(sink: AudioSink, rate_hz: int) -> None:
    assert sink.play(clip(0.4, rate_hz)) == pytest.approx(0.4, abs=1e-3)


def test_a_clip_can_be_stopped_before_its_end(sink: AudioSink) -> None:
    assert sink.play(clip(5.0, 16_000), stop=lambda: True) < 1.0


def test_a_stop_that_never_comes_changes_nothing(sink: AudioSink) -> None:
    assert sink.play(clip(0.3, 16_000), stop=lambda: False) == pytest.approx(0.3, abs=1e-3)


def test_an_empty_clip_takes_no_time(sink: AudioSink) -> None:
    assert sink.play(clip(0.0, 16_000)) == 0.0


def test_clips_are_played_one_after_the_other(sink: AudioSink) -> None:
    assert [sink.play(clip(0.1, 16_000)) for _ in range(3)] == pytest.approx([0.1] * 3, abs=1e-3)
