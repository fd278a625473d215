"""The real command, killed at random moments, goes on to the same result."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.evaluation.test_engines import talks

TRAINER = Path(sys.executable).with_name("trainer")
RULED = [str(TRAINER), "evaluate", "--scorer", "rules"]
"""What is tested is the killing; the rules need no weights and start at once."""


@pytest.mark.slow
def test_killed_at_twenty_random_moments_it_goes_on_to_the_same_result(tmp_path: Path) -> None:
    """Each kill is of a run that goes on from the one before; two workers die with it."""
    source = talks(tmp_path / "talks.jsonl", 400)
    checkpoint = tmp_path / "c.jsonl"
    command = [*RULED, str(source), "--format", "json"]
    began = time.monotonic()
    expected = subprocess.run(command, capture_output=True, text=True, check=False)
    whole_s = time.monotonic() - began
    resumable = [*command, "--checkpoint", str(checkpoint), "--workers", "2"]
    rng = random.Random(11)
    sizes = []
    for _ in range(20):
        going = subprocess.Popen(
            resumable, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(rng.uniform(0.1, 0.5) * whole_s)
        going.send_signal(signal.SIGKILL)
        going.wait()
        sizes.append(checkpoint.stat().st_size if checkpoint.exists() else 0)
        _expect_nobody_left(going.pid)
    assert sizes == sorted(sizes), "no run throws away what the ones before had done"
    assert sizes[-1] > sizes[0]
    ended = subprocess.run(resumable, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (expected.returncode, expected.stderr)
    assert ended.stdout == expected.stdout


def _expect_nobody_left(group: int) -> None:
    """Wait until the killed run's workers have noticed and gone."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("workers outlive the run that was killed")


@pytest.mark.slow
def test_ctrl_c_stops_the_workers_and_keeps_what_is_done(tmp_path: Path) -> None:
    source = talks(tmp_path / "talks.jsonl", 3000)
    going = subprocess.Popen(
        [*RULED, str(source), "--workers", "2", "--checkpoint", "c.jsonl"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        start_new_session=True,
        text=True,
        # Tests started in the background of a shell inherit that Ctrl-C is to be ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    checkpoint = tmp_path / "c.jsonl"
    deadline = time.monotonic() + 60
    while not checkpoint.exists() or checkpoint.stat().st_size < 10_000:
        assert time.monotonic() < deadline and going.poll() is None
        time.sleep(0.05)
    os.killpg(going.pid, signal.SIGINT)
    _, err = going.communicate(timeout=60)
    assert going.returncode == 130
    assert err.strip() == "trainer: interrupted"  # under the ^C that a terminal shows
    _expect_nobody_left(going.pid)
