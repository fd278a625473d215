"""Sounds to listen to: people speaking, where there are recordings, and everything but speech."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.audio.wav import read_clip
from trainer.paths import PROJECT
from trainer.types import MODEL_RATE_HZ, AudioClip

RECORDINGS = PROJECT.parent / "shared" / "audio"
SENTENCE = "He was not an ill disposed young man."


class Said(NamedTuple):
    """A recording and its words; without a path, a machine is to speak them."""

    name: str
    words: str
    path: Path | None


def recordings() -> list[Said]:
    """List the human recordings, or the one sentence that takes their place."""
    listed = RECORDINGS / "transcripts.jsonl"
    if not listed.is_file():
        return [Said("espeak-ng", SENTENCE, None)]
    rows = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    return [Said(row["file"], row["text"], RECORDINGS / row["file"]) for row in rows]


def clip_of(said: Said, folder: Path) -> AudioClip:
    """Read a recording, or have the words spoken into a file and read that."""
    return read_clip(said.path or spoken_by_machine(said.words, folder / "spoken.wav"))


def spoken_by_machine(words: str, path: Path) -> Path:
    """Have espeak-ng speak; that it is missing is a failure, never a skipped test."""
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", path, words], check=True)
    return path


def clip(samples: NDArray[np.floating], rate_hz: int = MODEL_RATE_HZ) -> AudioClip:
    return AudioClip(np.ascontiguousarray(samples, dtype=np.float32), rate_hz)


def at_level(samples: NDArray[np.floating], level_db: float) -> NDArray[np.floating]:
    """Bring samples to an RMS level below full scale."""
    rms = float(np.sqrt(np.mean(np.square(samples))))
    return samples / rms * 10 ** (level_db / 20)


def noise(seconds: float, level_db: float, fall: float = 0.0) -> NDArray[np.floating]:
    """Return noise whose amplitude falls with frequency to a power: 0 white, 0.5 pink, 1 brown."""
    count = int(seconds * MODEL_RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(count).standard_normal(count))
    spectrum /= np.maximum(np.fft.rfftfreq(count, 1 / MODEL_RATE_HZ), 20.0) ** fall
    return at_level(np.fft.irfft(spectrum, count), level_db)


def hum(seconds: float, level_db: float, mains_hz: float = 50.0) -> NDArray[np.floating]:
    times_s = np.arange(int(seconds * MODEL_RATE_HZ)) / MODEL_RATE_HZ
    tones = [np.sin(2 * np.pi * mains_hz * n * times_s) / n for n in range(1, 9)]
    return at_level(np.sum(tones, axis=0), level_db)


def knocks(seconds: float, every_s: float, level_db: float = -60.0) -> NDArray[np.floating]:
    """Return short bursts over a quiet room: keys being typed, or a single click."""
    sound = noise(seconds, level_db)
    burst = 0.3 * np.exp(-np.arange(400) / 60) * noise(400 / MODEL_RATE_HZ, 0.0)
    for start_s in np.arange(every_s, seconds - 0.05, every_s):
        start = int(start_s * MODEL_RATE_HZ)
        sound[start : start + 400] += burst
    return sound


def breaths(seconds: float) -> NDArray[np.floating]:
    sound = noise(seconds, -60.0)
    breath = noise(0.8, -35.0, 0.5) * np.hanning(int(0.8 * MODEL_RATE_HZ))
    for start_s in np.arange(0.3, seconds - 1.0, 2.0):
        start = int(start_s * MODEL_RATE_HZ)
        sound[start : start + len(breath)] += breath
    return sound


def _zeros(seconds: float) -> NDArray[np.floating]:
    return np.zeros(int(seconds * MODEL_RATE_HZ))


NO_SPEECH: dict[str, Callable[[], NDArray[np.floating]]] = {
    "no samples at all": lambda: _zeros(0),
    "one sample": lambda: np.full(1, 0.5),
    "a tenth of a second of silence": lambda: _zeros(0.1),
    "digital silence": lambda: _zeros(5),
    "digital silence longer than Whisper's window": lambda: _zeros(35),
    "a constant offset": lambda: np.full(2 * MODEL_RATE_HZ, 0.1),
    "the last bit of a converter": lambda: np.sign(noise(3, 0.0)) / 32768,
    "a tenth of a second of noise": lambda: noise(0.1, -30.0),
    "a very quiet room": lambda: noise(3, -70.0),
    "a quiet room": lambda: noise(4, -50.0, 0.5),
    "a room": lambda: noise(8, -40.0, 0.5),
    "white noise": lambda: noise(3, -40.0),
    "loud white noise": lambda: noise(1, -20.0),
    "traffic": lambda: noise(4, -30.0, 1.0),
    "noise longer than Whisper's window": lambda: noise(33, -45.0, 0.5),
    "mains hum": lambda: hum(4, -40.0),
    "loud mains hum": lambda: hum(2, -20.0, 60.0),
    "a click": lambda: knocks(1.0, 0.6),
    "a click in digital silence": lambda: np.pad(np.exp(-np.arange(40) / 8) * 0.8, 16_000),
    "typing": lambda: knocks(4.0, 0.17),
    "breathing": lambda: breaths(5.0),
}


@cache
def one_second_of_tone() -> AudioClip:
    return clip(0.1 * np.sin(np.arange(MODEL_RATE_HZ) * 0.2))
