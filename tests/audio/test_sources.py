from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.audio.sources import ScriptedSource, WavSource, frames_of, silence
from trainer.audio.wav import write_clip
from trainer.errors import AudioInputError, DeviceError
from trainer.protocols import AudioSource
from trainer.types import AudioClip, Samples


def ramp(count: int, rate_hz: int = 16_000) -> AudioClip:
    return AudioClip(np.linspace(0.0, 0.9, count, dtype=np.float32), rate_hz)


def read_all(source: AudioSource) -> list[Samples]:
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    return frames


def test_frames_hold_the_whole_clip_and_zeros_to_fill_the_last() -> None:
    frames = list(frames_of(ramp(1100)))
    assert [len(each) for each in frames] == [512, 512, 512]
    np.testing.assert_array_equal(np.concatenate(frames)[:1100], ramp(1100).samples)
    assert not frames[2][1100 - 1024 :].any()


def test_frames_of_another_rate_are_at_the_models_rate() -> None:
    assert len(list(frames_of(silence(1.024, 44_100)))) == 32


def test_a_recording_is_followed_by_silence_and_then_ends() -> None:
    with WavSource(ramp(5120), trailing_silence_s=0.32) as source:
        frames = read_all(source)
        assert source.read() is None
    assert len(frames) == 20
    assert frames[9].any() and not np.concatenate(frames[10:]).any()


def test_a_recording_opened_again_begins_again() -> None:
    source = WavSource(ramp(2048))
    for _ in range(2):
        with source:
            frame = source.read()
            assert frame is not None
            np.testing.assert_array_equal(frame, ramp(2048).samples[:512])


def test_a_recording_can_be_a_file_of_any_rate(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.wav", ramp(8000, 8_000))
    with WavSource(tmp_path / "a.wav", trailing_silence_s=0.0) as source:
        assert len(read_all(source)) == 32


def test_a_bad_file_is_refused_before_anyone_listens(tmp_path: Path) -> None:
    with pytest.raises(AudioInputError, match="no such file"):
        WavSource(tmp_path / "missing.wav")


def test_each_opening_plays_the_next_take() -> None:
    source = ScriptedSource([ramp(512), 0.032], [0.064])
    lengths = []
    for _ in range(2):
        with source:
            lengths.append(len(read_all(source)))
    assert lengths == [2, 2]
    assert (source.opened, source.closed, source.frames_read) == (2, 2, 4)


def test_a_take_broken_off_is_not_gone_on_with() -> None:
    source = ScriptedSource([9.0], [ramp(512)])
    with source:
        source.read()
    with source:
        assert len(read_all(source)) == 1


def test_a_scripted_error_comes_in_its_place() -> None:
    with ScriptedSource([0.064, DeviceError("unplugged")]) as source:
        assert source.read() is not None and source.read() is not None
        with pytest.raises(DeviceError, match="unplugged"):
            source.read()


def test_more_openings_than_takes_are_an_error() -> None:
    source = ScriptedSource([1.0])
    with source:
        pass
    with pytest.raises(RuntimeError, match="script ended after 1 takes"):
        source.__enter__()


@pytest.mark.parametrize("source", [WavSource(ramp(512)), ScriptedSource([1.0])])
def test_a_source_that_is_not_open_cannot_be_read(source: AudioSource) -> None:
    with pytest.raises(ValueError, match="inside its with block"):
        source.read()
