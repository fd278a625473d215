"""Recordings of a whole talk, one speaker a channel, read in stretches to keep memory small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from trainer.audio.wav import open_recording
from trainer.errors import AudioInputError
from trainer.types import MODEL_RATE_HZ, Samples

LONGEST_TALK_S = 4 * 3600.0  # half a gigabyte a channel; longer is a day's recording, not a talk
_STRETCH_S = 30.0


def read_channels(path: Path) -> tuple[Samples, Samples]:
    """Read a two-channel recording as left and right at MODEL_RATE_HZ.

    Raises:
        AudioInputError: It cannot be used, or has not two channels.
    """
    import soxr

    with open_recording(path, longest_s=LONGEST_TALK_S) as sound:
        if sound.channels != 2:
            raise AudioInputError(
                f"{path}: has {sound.channels} channel{'s' if sound.channels > 1 else ''}, "
                "expected 2 with one speaker each"
            )
        stream = soxr.ResampleStream(sound.samplerate, MODEL_RATE_HZ, 2, dtype="float32")
        parts: list[Any] = []
        read = 0
        size = round(_STRETCH_S * sound.samplerate)
        while len(block := sound.read(size, dtype="float32", always_2d=True)):
            read += len(block)
            parts.append(stream.resample_chunk(np.nan_to_num(block)))
        parts.append(stream.resample_chunk(np.zeros((0, 2), np.float32), last=True))
        if read < sound.frames:
            raise AudioInputError(
                f"{path}: is cut short ({read} of the {sound.frames} samples its header "
                "promises); copy or record it again"
            )
    both = np.clip(np.concatenate(parts), -1.0, 1.0).astype(np.float32, copy=False)
    return np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])
