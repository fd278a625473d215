"""Virtual sound devices, and something to say into them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.virtual_devices import (
    VirtualDevices,
    in_this_process,
    need_sound_server,
    sound_server,
    virtual_devices,
)
from trainer.audio.wav import read_clip
from trainer.paths import PROJECT
from trainer.types import AudioClip

HUMAN = "librivox/sense_and_sensibility_01_austen_64kb-0920.wav"


@pytest.fixture
def empty_server() -> Iterator[VirtualDevices]:
    """A sound server with nothing plugged in, used by this process."""
    need_sound_server()
    with sound_server() as devices, in_this_process(devices):
        yield devices


@pytest.fixture
def sound() -> Iterator[VirtualDevices]:
    """A virtual speaker and microphone, used by this process."""
    need_sound_server()
    with virtual_devices() as devices, in_this_process(devices):
        yield devices


@pytest.fixture(scope="session")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> AudioClip:
    """One sentence without long pauses: a human's where the recordings are there."""
    human = PROJECT.parent / "shared" / "audio" / HUMAN
    if human.is_file():
        return read_clip(human)
    if shutil.which("espeak-ng") is None:
        pytest.skip("neither ../shared/audio nor espeak-ng is there to say something")
    path: Path = tmp_path_factory.mktemp("said") / "sentence.wav"
    words = "I would like to hear how you see that, and what you have tried with them so far."
    subprocess.run(["espeak-ng", "-w", str(path), words], check=True)
    return read_clip(path)
