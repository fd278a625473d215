"""The human recordings beside the project, where they are there."""

from __future__ import annotations

import pytest

from trainer.audio.wav import read_clip
from trainer.paths import PROJECT
from trainer.types import AudioClip

FOLDER = PROJECT.parent / "shared" / "audio"


def human_clips() -> list[tuple[str, AudioClip]]:
    """Return name and clip of each recording; skip the test where there are none."""
    found = sorted([*FOLDER.glob("*.flac"), *FOLDER.glob("librivox/*.wav")])
    if not found:
        pytest.skip(f"no recordings in {FOLDER}")
    return [(path.stem, read_clip(path)) for path in found]
