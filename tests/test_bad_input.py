"""Bad input through the real command and models: one clear line, a sensible exit code, no loss."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import soundfile

from trainer.errors import MissingExtraError, UsageError
from trainer.records.store import SessionFolder
from trainer.text_to_speech.choose import load

pytestmark = pytest.mark.speech

SCENARIO = "avoided_prospecting"
WORDS = "What would you like to leave with today?"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def trainer(data: Path, *arguments: object, stdin: str = "") -> Ran:
    run = subprocess.run(
        [sys.executable, "-m", "trainer.cli.main", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, "TRAINER_DATA": str(data), "PYTHONWARNINGS": "ignore"},
        timeout=300,
        check=False,
    )
    return Ran(run.returncode, run.stdout, run.stderr)


def turns(data: Path) -> list[str]:
    (info,) = (data / "sessions").glob("*/session.json")
    return [record.text for record in SessionFolder(info.parent).records()]


@pytest.fixture(scope="module")
def spoken() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A spoken turn at 16 kHz, mono."""
    from trainer.audio.wav import resample

    return resample(load("kokoro").synthesise(WORDS, "jf_gongitsune"), 16_000).samples


def one_line(ran: Ran) -> str:
    (line,) = (line for line in ran.err.splitlines() if line.startswith("trainer: "))
    assert "Traceback" not in ran.err
    return line


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("stereo", {"channels": 2}),
        ("8 kHz", {"rate": 8_000}),
        ("48 kHz, 24-bit", {"rate": 48_000, "subtype": "PCM_24"}),
    ],
)
def test_unusual_recordings_are_simply_heard(
    tmp_path: Path,
    spoken: np.ndarray[tuple[int], np.dtype[np.float32]],
    name: str,
    write: dict[str, object],
) -> None:
    import soxr

    rate = int(str(write.get("rate", 16_000)))
    samples = soxr.resample(spoken, 16_000, rate)
    if write.get("channels") == 2:
        samples = np.stack([samples, 0.5 * samples], axis=1)
    recordings = tmp_path / "in"
    recordings.mkdir()
    subtype = str(write.get("subtype", "PCM_16"))
    soundfile.write(recordings / "01.wav", samples, rate, subtype=subtype)
    ran = trainer(tmp_path, "practise", SCENARIO, "--audio-in", recordings)
    assert ran.code == 0, ran.err
    assert "leave with today" in turns(tmp_path)[0].lower()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "02.wav"),
        (b"RIFF and then something else entirely", "02.wav"),
        (None, "lasts 40.0 minutes"),
    ],
    ids=["empty", "not audio", "40 minutes"],
)
def test_a_recording_that_cannot_be_used_is_named_and_the_turns_before_it_are_kept(
    tmp_path: Path,
    spoken: np.ndarray[tuple[int], np.dtype[np.float32]],
    content: bytes | None,
    expected: str,
) -> None:
    recordings = tmp_path / "in"
    recordings.mkdir()
    soundfile.write(recordings / "01.wav", spoken, 16_000)
    if content is None:
        soundfile.write(recordings / "02.wav", np.zeros(40 * 60 * 8_000, np.int16), 8_000)
    else:
        (recordings / "02.wav").write_bytes(content)
    ran = trainer(tmp_path, "practise", SCENARIO, "--audio-in", recordings)
    assert ran.code == 2
    line = one_line(ran)
    assert "02.wav" in line and expected in line
    assert len(turns(tmp_path)) == 1


def test_silence_three_times_pauses_the_talk_and_scores_nothing(tmp_path: Path) -> None:
    recordings = tmp_path / "in"
    recordings.mkdir()
    for number in range(1, 5):
        soundfile.write(recordings / f"{number}.wav", np.zeros(32_000, np.float32), 16_000)
    ran = trainer(tmp_path, "practise", SCENARIO, "--audio-in", recordings)
    assert ran.code == 2
    assert "Nothing was heard three times running" in ran.out
    assert turns(tmp_path) == []


def test_an_unknown_voice_lists_the_voices_there_are() -> None:
    with pytest.raises(UsageError, match="jf_alpha"):
        load("kokoro").synthesise("Hello there.", "nobody")


def test_a_missing_extra_names_the_pip_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("piper", "piper.config", "piper.voice"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'practice-trainer\[piper\]'"):
        load("piper")


def test_an_unknown_recogniser_lists_the_known_ones(tmp_path: Path) -> None:
    recordings = tmp_path / "in"
    recordings.mkdir()
    soundfile.write(recordings / "01.wav", np.zeros(16_000, np.float32), 16_000)
    ran = trainer(tmp_path, "practise", SCENARIO, "--audio-in", recordings, "--stt", "enormous")
    assert ran.code == 2
    assert "base" in one_line(ran) and "tiny.en" in one_line(ran)


def test_a_typed_talk_from_a_pipe_ends_cleanly_and_can_be_resumed(tmp_path: Path) -> None:
    first = trainer(tmp_path, "practise", SCENARIO, "--typed", stdin=f"{WORDS}\n")
    assert first.code == 0, first.err
    second = trainer(tmp_path, "practise", "--resume", "--typed", stdin="Tell me more.\nquit\n")
    assert second.code == 0, second.err
    assert "Going on after turn 1" in second.out
    assert turns(tmp_path) == [WORDS, "Tell me more."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_disk_says_what_to_do_as_a_user(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ran = trainer(tmp_path, "practise", SCENARIO, "--typed", stdin="Hello.\n")
    tmp_path.chmod(0o700)
    assert ran.code == 2 and "TRAINER_DATA" in one_line(ran)


def test_a_place_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where the folder should be")
    ran = trainer(tmp_path, "practise", SCENARIO, "--typed", stdin="Hello.\n")
    assert ran.code == 2 and "TRAINER_DATA" in one_line(ran)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 kB; needs the right to mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk (the same is tested with a failing fsync)")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_stops_the_talk_and_keeps_what_was_said(small_disk: Path) -> None:
    tail = ", and what came of it" * 60  # long turns, so that the disk is full before the talk ends
    said = [f"What happened the {n}th time you went out there{tail}?" for n in range(80)]
    ran = trainer(small_disk, "practise", SCENARIO, "--typed", stdin="\n".join(said) + "\n")
    assert ran.code == 2
    assert "free some space" in one_line(ran)
    kept = turns(small_disk)
    assert 1 <= len(kept) < 80 and kept == said[: len(kept)]
