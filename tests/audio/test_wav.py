from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from trainer.audio.wav import LONGEST_TURN_S, read_clip, resample, write_clip
from trainer.errors import AudioInputError, StorageError
from trainer.types import AudioClip


def tone(seconds: float = 1.0, rate_hz: int = 16_000, hz: float = 440.0) -> AudioClip:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return AudioClip((0.5 * np.sin(2 * np.pi * hz * times)).astype(np.float32), rate_hz)


def rms(clip: AudioClip) -> float:
    return float(np.sqrt(np.mean(np.square(clip.samples))))


@pytest.mark.parametrize(
    ("name", "rate_hz", "channels", "subtype"),
    [
        ("plain.wav", 16_000, 1, "PCM_16"),
        ("stereo.wav", 44_100, 2, "PCM_16"),
        ("telephone.wav", 8_000, 1, "PCM_U8"),
        ("alaw.wav", 8_000, 1, "ALAW"),
        ("studio.wav", 96_000, 2, "PCM_24"),
        ("floats.wav", 48_000, 1, "FLOAT"),
        ("surround.wav", 48_000, 6, "PCM_32"),
        ("clip.flac", 22_050, 1, "PCM_24"),
        ("clip.ogg", 16_000, 1, "VORBIS"),
        ("clip.mp3", 44_100, 2, "MPEG_LAYER_III"),
        ("clip.aiff", 44_100, 2, "PCM_16"),
    ],
)
def test_any_recording_is_read_as_mono(
    name: str, rate_hz: int, channels: int, subtype: str, tmp_path: Path
) -> None:
    said = tone(1.0, rate_hz)
    soundfile.write(
        tmp_path / name, np.tile(said.samples[:, None], channels), rate_hz, subtype=subtype
    )
    clip = read_clip(tmp_path / name)
    assert clip.sample_rate_hz == rate_hz
    assert clip.duration_s == pytest.approx(1.0, abs=0.1)
    assert rms(clip) == pytest.approx(rms(said), rel=0.05)


def test_the_name_does_not_decide_what_a_file_is(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone().samples, 16_000)
    (tmp_path / "a.flac").rename(tmp_path / "a.wav")
    assert read_clip(tmp_path / "a.wav").duration_s == 1.0


def test_a_float_file_past_full_scale_is_scaled_not_clipped(tmp_path: Path) -> None:
    loud = tone().samples * 4.0
    soundfile.write(tmp_path / "loud.wav", loud, 16_000, subtype="FLOAT")
    clip = read_clip(tmp_path / "loud.wav")
    np.testing.assert_allclose(clip.samples, loud / np.abs(loud).max(), atol=1e-6)


def header(data_bytes: int, held: bytes) -> bytes:
    fmt = struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", 16) + fmt + b"data" + struct.pack("<I", data_bytes)
    return b"RIFF" + struct.pack("<I", len(body) + data_bytes & 0xFFFFFFFF) + body + held


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0xFFFFFFFF - 44, 0x7FFFFFFF])
def test_a_wav_from_a_pipe_is_not_taken_for_cut_short(size: int, tmp_path: Path) -> None:
    (tmp_path / "piped.wav").write_bytes(header(size, b"\1\0" * 8000))
    assert read_clip(tmp_path / "piped.wav").duration_s == 0.5


def whole_flac(path: Path) -> bytes:
    noise = np.random.default_rng(1).standard_normal(32_000).astype(np.float32) * 0.1
    soundfile.write(path, noise, 16_000)
    return path.read_bytes()


def not_numbers(path: Path) -> None:
    samples = tone().samples.copy()
    samples[10:13] = [np.nan, np.inf, -np.inf]
    soundfile.write(path, samples, 16_000, subtype="FLOAT")


def bad_file(path: Path, kind: str) -> None:
    match kind:
        case "folder":
            path.mkdir()
        case "empty":
            path.touch()
        case "header only":
            path.write_bytes(header(0, b""))
        case "header without data":
            path.write_bytes(header(0, b"")[:-8])
        case "letter":
            path.write_text("Dear manager, this is a letter.\n" * 50)
        case "zeros":
            path.write_bytes(bytes(5000))
        case "riff of something else":
            path.write_bytes(b"RIFF\x10\0\0\0AVI " + bytes(500))
        case "cut wav":
            path.write_bytes(header(32_000, b"\1\0" * 4000))
        case "cut flac":
            path.write_bytes(whole_flac(path)[:20_000])
        case "cut in the header":
            path.write_bytes(whole_flac(path)[:30])
        case "forty minutes":
            soundfile.write(path, np.zeros(40 * 60 * 8000, np.int8).astype(np.int16), 8000)
        case "not numbers":
            not_numbers(path)
        case "one hertz":
            soundfile.write(path, np.zeros(10, np.float32), 1)


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("missing", "a.wav", "there is no such file; check the path"),
        ("folder", "a.wav", "is a folder"),
        ("empty", "a.wav", "the file is empty, expected a recording"),
        ("header only", "a.wav", "holds no sound"),
        ("header without data", "a.wav", "holds no sound"),
        ("letter", "a.wav", "is not audio that can be read, expected a recording"),
        ("letter", "a.mp3", "is not audio that can be read"),
        ("letter", "a.raw", "is not audio that can be read"),
        ("zeros", "a.mp3", "is not audio that can be read"),
        ("riff of something else", "a.wav", "is cut short or damaged"),
        ("cut wav", "a.wav", r"cut short \(8000 of the 32000 bytes its header promises\)"),
        ("cut flac", "a.flac", "is cut short"),
        ("cut in the header", "a.flac", "is cut short"),
        ("forty minutes", "a.wav", r"lasts 40\.0 minutes, expected at most 10 for one turn"),
        ("not numbers", "a.wav", "3 samples are NaN or infinite"),
        ("one hertz", "a.wav", "sample rate is 1 Hz, expected 4000"),
    ],
)
def test_a_bad_recording_is_refused_in_one_line(
    kind: str, name: str, message: str, tmp_path: Path
) -> None:
    bad_file(tmp_path / name, kind)
    with pytest.raises(AudioInputError, match=message) as raised:
        read_clip(tmp_path / name)
    assert str(raised.value).startswith(f"{tmp_path / name}: ")
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.wav", tone())
    (tmp_path / "a.wav").chmod(0)
    with pytest.raises(AudioInputError, match="cannot be read"):
        read_clip(tmp_path / "a.wav")


def test_the_longest_recording_is_the_callers_choice(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.wav", tone(2.0))
    assert read_clip(tmp_path / "a.wav", longest_s=2.0).duration_s == 2.0
    with pytest.raises(AudioInputError, match="expected at most"):
        read_clip(tmp_path / "a.wav", longest_s=1.9)
    assert LONGEST_TURN_S == 600


def test_a_clip_survives_writing_and_reading(tmp_path: Path) -> None:
    said = tone(0.5, 22_050)
    write_clip(tmp_path / "a.wav", said)
    info = soundfile.info(tmp_path / "a.wav")
    assert (info.format, info.subtype, info.channels) == ("WAV", "PCM_16", 1)
    heard = read_clip(tmp_path / "a.wav")
    assert heard.sample_rate_hz == 22_050
    np.testing.assert_allclose(heard.samples, said.samples, atol=1e-4)


def test_full_scale_does_not_wrap_around(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.wav", AudioClip(np.array([1.0, -1.0, 1.2], np.float32), 16_000))
    np.testing.assert_allclose(read_clip(tmp_path / "a.wav").samples, [1, -1, 1], atol=1e-3)


def test_a_clip_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_clip(tmp_path / "a.wav", tone(0.1))
    before = (tmp_path / "a.wav").read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"cannot be written .No space left on device.; free"):
        write_clip(tmp_path / "a.wav", tone(0.2))
    assert (tmp_path / "a.wav").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.wav"]


def test_a_missing_folder_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="choose a folder that can be written"):
        write_clip(tmp_path / "nowhere" / "a.wav", tone(0.1))


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000])
def test_resampling_keeps_length_and_level(rate_hz: int) -> None:
    clip = resample(tone(1.0, rate_hz), 16_000)
    assert clip.sample_rate_hz == 16_000
    assert clip.duration_s == pytest.approx(1.0, abs=0.001)
    assert rms(clip) == pytest.approx(0.5 / np.sqrt(2), rel=0.01)


def test_resampling_to_its_own_rate_is_nothing() -> None:
    clip = tone()
    assert resample(clip, 16_000) is clip


def test_resampling_full_scale_stays_within_full_scale() -> None:
    square = np.sign(np.sin(np.arange(22_050) * 0.05)).astype(np.float32)
    assert np.abs(resample(AudioClip(square, 22_050), 16_000).samples).max() <= 1.0
