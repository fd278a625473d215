"""Where a command writes: whole files, and nothing that was no file becomes one."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from trainer.cli.output import written_whole
from trainer.errors import StorageError


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    with written_whole(pipe) as out:
        out.write("a result\n")
    reader.join(10)
    assert read == ["a result\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    for text in ("first\n", "second\n"):
        with written_whole(tmp_path / "link") as out:
            out.write(text)
        assert (tmp_path / "file").read_text() == text
    assert (tmp_path / "link").is_symlink()


def test_after_an_error_the_old_file_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("old\n")
    with pytest.raises(ValueError), written_whole(tmp_path / "out.json") as out:
        out.write("half")
        raise ValueError
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    assert (tmp_path / "out.json").read_text() == "old\n"


def test_what_leaves_the_program_with_a_missed_threshold_has_written_all(tmp_path: Path) -> None:
    with pytest.raises(SystemExit), written_whole(tmp_path / "out.json") as out:
        out.write("whole\n")
        raise SystemExit(1)
    assert (tmp_path / "out.json").read_text() == "whole\n"


def test_a_folder_cannot_be_written_and_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be written: Is a directory"):
        with written_whole(tmp_path):
            pass
