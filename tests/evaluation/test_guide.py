"""What docs/evaluation.md shows, done from it alone."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import code_blocks

GUIDE = "evaluation.md"
TRAINER = Path(sys.executable).with_name("trainer")
RESULTS = {"--fail-under": 1}  # the example's mean is over it, but the talk share is too much


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Put the files of the guide where it says."""
    for name in ("talks", "archive"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "monday.vtt").write_text(code_blocks(GUIDE, "vtt")[0])
    (tmp_path / "labels.jsonl").write_text(code_blocks(GUIDE, "jsonl")[0])
    (tmp_path / "turns.jsonl").write_text('{"id": 1, "text": "Why?"}\n')
    return tmp_path


@pytest.mark.slow
def test_every_command_of_the_guide_does_what_it_says(folder: Path) -> None:
    lines = [line for block in code_blocks(GUIDE, "") for line in block.splitlines()]
    commands = [
        shlex.split(line)[1:] for line in lines if re.match(r"trainer (evaluate|score) ", line)
    ]
    commands = [each for each in commands if "scenarios/" not in each]  # has tests of its own
    assert len(commands) == 8
    for command in commands:
        ran = subprocess.run([TRAINER, *command], cwd=folder, capture_output=True, text=True)
        expected = max((RESULTS.get(word, 0) for word in command), default=0)
        assert (ran.returncode, "Traceback" in ran.stderr) == (expected, False), (
            command,
            ran.stderr,
        )
    for written in ("result.xml", "old.json", "report.html", "scored.jsonl", "archive.checkpoint"):
        assert (folder / written).stat().st_size > 0, written


def test_the_table_of_the_guide_is_what_is_printed(folder: Path) -> None:
    ran = subprocess.run(
        [TRAINER, "evaluate", "talks/", "--manager", "Anna Weber"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    shown = next(block for block in code_blocks(GUIDE, "") if block.startswith("  QQ   AN"))
    assert ran.stdout.startswith(shown)


def test_the_library_example_runs(folder: Path) -> None:
    (example,) = code_blocks(GUIDE, "python")
    ran = subprocess.run(
        [sys.executable, "-c", example], cwd=folder, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.split()[0] for line in ran.stdout.splitlines()] == [
        *("monday/1", "monday/2", "monday/3", "1"),
    ]
