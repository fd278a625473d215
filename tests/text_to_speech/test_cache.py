"""Lines kept on disk: spoken once, private, sized, and never in the way of a talk."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from trainer.errors import UsageError
from trainer.text_to_speech.cache import SUFFIX, CachedSpeech
from trainer.text_to_speech.fake import FakeSpeech, Spoken

LINE = "Honestly, the renewal is stuck."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "voice"


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def test_a_line_is_synthesised_once_and_sounds_the_same_ever_after(folder: Path) -> None:
    engine = FakeSpeech()
    first = CachedSpeech(engine, folder).synthesise(LINE, "ann")
    second = CachedSpeech(engine, folder).synthesise(LINE, "ann")
    assert engine.spoken == [Spoken(LINE, "ann")]
    assert np.array_equal(first.samples, second.samples)
    assert first.sample_rate_hz == second.sample_rate_hz


def test_the_users_cache_is_used_by_default(tmp_path: Path) -> None:
    CachedSpeech(FakeSpeech()).synthesise(LINE, "ann")
    assert len(kept(tmp_path / "cache" / "voice")) == 1


@pytest.mark.parametrize(
    ("engine", "text", "voice"),
    [
        (FakeSpeech(), LINE + "!", "ann"),
        (FakeSpeech(), LINE, "bob"),
        (FakeSpeech(version="2"), LINE, "ann"),
        (FakeSpeech(name="other"), LINE, "ann"),
    ],
)
def test_another_text_voice_version_or_engine_is_another_line(
    engine: FakeSpeech, text: str, voice: str, folder: Path
) -> None:
    CachedSpeech(FakeSpeech(), folder).synthesise(LINE, "ann")
    CachedSpeech(engine, folder).synthesise(text, voice)
    assert len(engine.spoken) == 1
    assert len(kept(folder)) == 2


def test_it_says_whether_it_holds_a_line(folder: Path) -> None:
    speech = CachedSpeech(FakeSpeech(), folder)
    assert not speech.holds(LINE, "ann")
    speech.synthesise(LINE, "ann")
    assert speech.holds(LINE, "ann")


def test_neither_name_nor_content_shows_the_words(folder: Path) -> None:
    CachedSpeech(FakeSpeech(), folder).synthesise(LINE, "ann")
    (path,) = folder.iterdir()
    assert len(path.stem) == 64
    assert b"renewal" not in path.read_bytes()
    assert b"ann" not in path.read_bytes()[:200]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 4000])
def test_a_damaged_file_is_made_again(damage: bytes, folder: Path) -> None:
    engine = FakeSpeech()
    speech = CachedSpeech(engine, folder)
    first = speech.synthesise(LINE, "ann")
    (path,) = kept(folder)
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert np.array_equal(speech.synthesise(LINE, "ann").samples, first.samples)
    assert path.read_bytes() == whole
    assert len(engine.spoken) == 2


def test_a_file_cut_in_the_middle_is_made_again(folder: Path) -> None:
    engine = FakeSpeech()
    speech = CachedSpeech(engine, folder)
    speech.synthesise(LINE, "ann")
    (path,) = kept(folder)
    path.write_bytes(path.read_bytes()[:-10])
    speech.synthesise(LINE, "ann")
    assert len(engine.spoken) == 2


def test_the_lines_not_heard_for_longest_are_removed_first(folder: Path) -> None:
    engine = FakeSpeech()
    speech = CachedSpeech(engine, folder)
    for age, text in ((3, "first line"), (2, "second line"), (1, "third line")):
        before = set(kept(folder)) if folder.exists() else set()
        speech.synthesise(text, "ann")
        (new,) = set(kept(folder)) - before
        os.utime(new, (1_000_000_000 - age, 1_000_000_000 - age))
    size = sum(path.stat().st_size for path in kept(folder))
    speech.synthesise("first line", "ann")  # heard again: now the youngest
    CachedSpeech(engine, folder, max_bytes=size).synthesise("fourth line", "ann")
    assert [speech.holds(f"{nth} line", "ann") for nth in ("first", "second", "third")] == [
        True,
        False,
        True,
    ]
    assert sum(path.stat().st_size for path in kept(folder)) <= size


def test_a_line_larger_than_the_whole_cache_is_still_kept(folder: Path) -> None:
    speech = CachedSpeech(FakeSpeech(), folder, max_bytes=10)
    speech.synthesise(LINE, "ann")
    assert speech.holds(LINE, "ann")


def test_what_a_killed_process_left_is_cleared_away_and_nothing_else(folder: Path) -> None:
    folder.mkdir()
    old, new, other = folder / "tmp-old", folder / "tmp-new", folder / "notes.txt"
    for path in (old, new, other):
        path.write_text("x")
    for path in (old, other):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    CachedSpeech(FakeSpeech(), folder, max_bytes=0).synthesise(LINE, "ann")
    assert [path.exists() for path in (old, new, other)] == [False, True, True]


def test_without_a_writable_disk_it_speaks_and_says_what_the_trouble_is(tmp_path: Path) -> None:
    in_the_way = tmp_path / "voice"
    in_the_way.write_text("a file where the folder should be")
    speech = CachedSpeech(FakeSpeech(), in_the_way)
    assert speech.trouble is None
    assert speech.synthesise(LINE, "ann").duration_s > 1
    assert speech.trouble is not None
    assert speech.trouble.startswith(f"spoken lines are not kept: {in_the_way}: ")
    assert "renewal" not in speech.trouble


def test_a_disk_that_fills_up_leaves_no_half_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    speech = CachedSpeech(FakeSpeech(), folder)
    monkeypatch.setattr("trainer.text_to_speech.cache.os.replace", full)
    assert speech.synthesise(LINE, "ann").duration_s > 1
    assert speech.trouble == f"spoken lines are not kept: {folder}: No space left on device"
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    speech.synthesise(LINE, "ann")
    assert speech.trouble is None


def test_an_engines_refusal_is_passed_on_and_nothing_is_kept(folder: Path) -> None:
    with pytest.raises(UsageError, match="has no voice 'eve'"):
        CachedSpeech(FakeSpeech(), folder).synthesise(LINE, "eve")
    assert not folder.exists()


WORKER = """
import sys
from pathlib import Path
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.fake import FakeSpeech
speech = CachedSpeech(FakeSpeech(), Path(sys.argv[1]), max_bytes=60_000)
for n in range(60):
    assert speech.synthesise(f"this is line number {n % 7}", "ann").duration_s > 1
assert speech.trouble is None, speech.trouble
"""


def test_two_processes_can_share_it_even_while_it_overflows(folder: Path) -> None:
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER, str(folder)], stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for worker in workers:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors.decode()
    assert not list(folder.glob("tmp-*"))
