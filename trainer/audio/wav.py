"""Reading and writing recordings: any file soundfile knows in, 16-bit WAV out."""

from __future__ import annotations

import io
import os
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from trainer.errors import AudioInputError, StorageError
from trainer.types import AudioClip

M4A = frozenset({".m4a", ".mp4", ".aac"})  # AAC, which libsndfile does not read
RECORDINGS = (
    frozenset({".wav", ".flac", ".mp3", ".ogg"}) | M4A
)  # endings of what is taken for audio
LONGEST_TURN_S = 600.0
"""A turn is a reply, not a meeting: at ten minutes a whole talk has been given as one turn, and
scoring it as one reply would be wrong rather than slow."""

LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 4_000, 384_000  # outside, the header is wrong, not the device

_KINDS = "a recording (WAV, FLAC, OGG, MP3 or M4A)"
_STREAMED = (0, 0x7FFFFFFF, 0x80000000)  # data sizes of a WAV whose writer could not seek back


def read_clip(path: Path | str, *, longest_s: float = LONGEST_TURN_S) -> AudioClip:
    """Read a recording as mono at its own rate.

    Channels are averaged; a float file that goes past full scale is scaled down, not clipped.

    Args:
        path: Any rate, channel count and bit depth of WAV, FLAC, OGG, MP3 or M4A.
        longest_s: A longer recording is refused before it is decoded.

    Raises:
        AudioInputError: Missing, empty, not audio, cut short, too long, or not numbers.
    """
    path = Path(path)
    with open_recording(path, longest_s=longest_s) as sound:
        samples: NDArray[np.float32] = sound.read(dtype="float32", always_2d=True)
        if len(samples) < sound.frames:
            raise _cut_short(path, len(samples), sound.frames, "samples")
        return AudioClip(_mono(path, samples), sound.samplerate)


@contextmanager
def open_recording(path: Path, *, longest_s: float) -> Iterator[Any]:
    """Open a recording as a ``soundfile.SoundFile``, its header checked.

    Raises:
        AudioInputError: Missing, empty, not audio, cut short or too long; also for what cannot be
            decoded while it is read.
        MissingExtraError: It is M4A and the extra that reads it is not installed.
    """
    import soundfile

    try:
        with _as_libsndfile_reads(path) as readable, readable.open("rb") as stream:
            if not stream.read(1):
                raise AudioInputError(
                    f"{path}: the file is empty, expected {_KINDS}; record it again"
                )
            _refuse_cut_wav(path, stream)
            stream.seek(0)
            try:
                with soundfile.SoundFile(stream) as sound:
                    _refuse_by_header(path, sound, longest_s)
                    yield sound
            except soundfile.LibsndfileError as error:
                raise _undecodable(path, stream) from error
            except TypeError as error:  # soundfile takes .raw for headerless samples
                raise _undecodable(path, stream) from error
    except FileNotFoundError as error:
        raise AudioInputError(f"{path}: there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise AudioInputError(f"{path}: is a folder, expected {_KINDS}; name one file") from error
    except OSError as error:
        raise AudioInputError(f"{path}: cannot be read ({error.strerror})") from error


@contextmanager
def _as_libsndfile_reads(path: Path) -> Iterator[Path]:
    if path.suffix.lower() not in M4A:
        yield path
        return
    from trainer.audio.m4a import decoded

    with decoded(path) as wav:
        yield wav


def _refuse_by_header(path: Path, sound: Any, longest_s: float) -> None:
    rate = sound.samplerate
    if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
        raise AudioInputError(
            f"{path}: sample rate is {rate} Hz, expected {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}; "
            "save it again at 16000 Hz"
        )
    if sound.frames == 0:
        raise AudioInputError(f"{path}: holds no sound (0 samples); record it again")
    if sound.frames > longest_s * rate:
        raise AudioInputError(
            f"{path}: lasts {sound.frames / rate / 60:.1f} minutes, "
            f"expected at most {longest_s / 60:g} for one turn; cut it into turns"
        )


def _mono(path: Path, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    if not np.isfinite(samples).all():
        bad = int(np.count_nonzero(~np.isfinite(samples)))
        raise AudioInputError(
            f"{path}: {bad} samples are NaN or infinite, expected numbers; "
            "export it again as 16-bit WAV"
        )
    mono = samples.mean(axis=1, dtype=np.float32)
    peak = float(np.abs(mono).max())
    return np.ascontiguousarray(mono / np.float32(peak) if peak > 1.0 else mono)


def _undecodable(path: Path, stream: BinaryIO) -> AudioInputError:
    stream.seek(0)
    if stream.read(4) in (b"RIFF", b"fLaC", b"OggS"):
        return AudioInputError(f"{path}: is cut short or damaged; copy or record it again")
    return AudioInputError(f"{path}: is not audio that can be read, expected {_KINDS}")


def _cut_short(path: Path, found: int, declared: int, unit: str) -> AudioInputError:
    return AudioInputError(
        f"{path}: is cut short ({found} of the {declared} {unit} its header promises); "
        "copy or record it again"
    )


def _refuse_cut_wav(path: Path, stream: BinaryIO) -> None:
    """Refuse a WAV that promises more than it holds: libsndfile quietly reads what is there."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return
    while len(chunk := stream.read(8)) == 8:
        name, length = struct.unpack("<4sI", chunk)
        held = size - stream.tell()
        if name == b"data":
            if length > held and length not in _STREAMED and length < 0xFFFF0000:
                raise _cut_short(path, held, length, "bytes")
            return
        stream.seek(length + length % 2, os.SEEK_CUR)
    raise AudioInputError(f"{path}: holds no sound (a WAV header without samples); record it again")


def write_clip(path: Path | str, clip: AudioClip) -> None:
    """Write a clip as 16-bit WAV; a reader sees the old file or the whole new one.

    Raises:
        StorageError: The folder is missing, read-only or full.
    """
    import soundfile

    path = Path(path)
    # Encoded in memory first: soundfile swallows a full disk when it writes through a stream.
    encoded = io.BytesIO()
    soundfile.write(encoded, clip.samples, clip.sample_rate_hz, format="WAV", subtype="PCM_16")
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(encoded.getbuffer())
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise StorageError(
            f"{path}: the recording cannot be written ({error.strerror}); "
            "free some space, or choose a folder that can be written"
        ) from error


def resample(clip: AudioClip, rate_hz: int) -> AudioClip:
    """Bring a clip to another sample rate; a clip that has it already is returned as it is."""
    if clip.sample_rate_hz == rate_hz:
        return clip
    import soxr

    samples = soxr.resample(clip.samples, clip.sample_rate_hz, rate_hz)
    # A steep filter overshoots by a few percent where speech was at full scale.
    return AudioClip(np.clip(samples, -1.0, 1.0).astype(np.float32, copy=False), rate_hz)
