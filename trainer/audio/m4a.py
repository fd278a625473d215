"""M4A (AAC), as phones record it, by the optional extra ``m4a``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from trainer.errors import AudioInputError, MissingExtraError


@contextmanager
def decoded(path: Path) -> Iterator[Path]:
    """Decode a file into a WAV that lives as long as the block, a packet at a time.

    Raises:
        MissingExtraError: PyAV is not installed.
        AudioInputError: It cannot be decoded.
        OSError: It cannot be opened.
    """
    try:
        import av
    except ImportError as error:
        raise MissingExtraError("reading M4A recordings", "m4a") from error
    with path.open("rb"), tempfile.TemporaryDirectory(prefix="trainer-m4a-") as folder:
        wav = Path(folder) / "decoded.wav"
        try:
            with av.open(str(path)) as container:
                _write(path, container, wav)
        except (av.error.FFmpegError, ValueError) as error:
            raise AudioInputError(
                f"{path}: is not M4A audio that can be decoded; copy or record it again"
            ) from error
        yield wav


def _write(path: Path, container: Any, wav: Path) -> None:
    import av
    import soundfile

    if not container.streams.audio:
        raise AudioInputError(f"{path}: holds no sound, expected an M4A recording")
    stream = container.streams.audio[0]
    channels = stream.codec_context.channels
    layout = "mono" if channels == 1 else "stereo"
    resampler = av.AudioResampler(format="flt", layout=layout, rate=stream.rate)
    width = 1 if channels == 1 else 2
    with soundfile.SoundFile(
        wav, "w", samplerate=stream.rate, channels=width, format="WAV", subtype="PCM_16"
    ) as out:
        for frame in chain(container.decode(stream), [None]):
            for piece in resampler.resample(frame):
                out.write(np.clip(piece.to_ndarray().reshape(-1, width), -1.0, 1.0))
