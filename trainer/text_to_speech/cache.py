"""Spoken lines kept on disk, so that a line is synthesised once.

A file is named by the SHA-256 of engine, version, voice and text, and starts with the SHA-256 of
the FLAC behind it, so a name gives nothing away and a damaged file is noticed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from trainer import paths
from trainer.protocols import TextToSpeech
from trainer.types import AudioClip

SUFFIX = ".line"
MAX_BYTES = 500_000_000  # about five hours of speech
_DIGEST_BYTES = hashlib.sha256().digest_size
_TEMPORARY = "tmp-"
_ABANDONED_S = 3600.0  # a temporary file this old belongs to a process that was killed


class CachedSpeech:
    """Speaks each line once and from disk ever after; without a usable disk it just speaks."""

    def __init__(
        self,
        engine: TextToSpeech,
        folder: Path | None = None,
        *,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Wrap an engine.

        Args:
            engine: Speaks what is not yet on disk.
            folder: Where the lines lie; the user's cache by default.
            max_bytes: Above this the lines not heard for longest are removed.
        """
        self._engine = engine
        self.folder = folder or paths.cache_dir() / "voice"
        """Where the lines lie."""
        self._max_bytes = max_bytes
        self.trouble: str | None = None
        """Why lines are not being kept, for the caller to show once; None while all is well."""

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._engine.name

    @property
    def version(self) -> str:
        """The engine's version."""
        return self._engine.version

    def voices(self) -> tuple[str, ...]:
        """List the engine's voices."""
        return self._engine.voices()

    def holds(self, text: str, voice: str) -> bool:
        """Tell whether a line is on disk, without reading it."""
        return self._path(text, voice).is_file()

    def synthesise(self, text: str, voice: str) -> AudioClip:
        """Speak the text, from disk if it has been spoken before.

        Raises:
            UsageError: The engine has no such voice, or the text has no words.
        """
        path = self._path(text, voice)
        kept = _read(path)
        if kept is not None:
            return kept
        packed = _packed(self._engine.synthesise(text, voice))
        try:
            self._keep(path, packed)
            self.trouble = None
        except OSError as error:
            self.trouble = f"spoken lines are not kept: {self.folder}: {error.strerror}"
        return _unpacked(packed)  # the same 16 bits as every later time

    def _path(self, text: str, voice: str) -> Path:
        what = json.dumps([self.name, self.version, voice, text])
        return self.folder / f"{hashlib.sha256(what.encode()).hexdigest()}{SUFFIX}"

    def _keep(self, path: Path, packed: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=_TEMPORARY)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(packed).digest())
                stream.write(packed)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._make_room(spared=path)

    def _make_room(self, spared: Path) -> None:
        lines = sorted(_lines(self.folder))
        total = sum(line.size for line in lines)
        for line in lines:
            if total <= self._max_bytes:
                return
            if line.path != spared:
                line.path.unlink(missing_ok=True)
                total -= line.size


class _Line(NamedTuple):
    used_at: float
    size: int
    path: Path


def _lines(folder: Path) -> Iterator[_Line]:
    for path in folder.iterdir():
        try:
            found = path.stat()
            if path.name.startswith(_TEMPORARY):
                if found.st_mtime < time.time() - _ABANDONED_S:
                    path.unlink()
            elif path.suffix == SUFFIX:
                yield _Line(found.st_mtime, found.st_size, path)
        except FileNotFoundError:  # another process made room at the same moment
            continue


def _read(path: Path) -> AudioClip | None:
    try:
        held = path.read_bytes()
    except OSError:
        return None
    digest, packed = held[:_DIGEST_BYTES], held[_DIGEST_BYTES:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # the time of last use, by which lines are removed
    return _unpacked(packed)


def _packed(clip: AudioClip) -> bytes:
    import soundfile

    stream = io.BytesIO()
    soundfile.write(stream, clip.samples, clip.sample_rate_hz, format="FLAC", subtype="PCM_16")
    return stream.getvalue()


def _unpacked(packed: bytes) -> AudioClip:
    import soundfile

    samples, rate_hz = soundfile.read(io.BytesIO(packed), dtype="float32")
    return AudioClip(samples, int(rate_hz))
