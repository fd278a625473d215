"""Measure what is heard, beside plain openai-whisper and faster-whisper on the same weights.

    .venv/bin/python benchmarks/transcription.py [--model base] [--turns 200] [--ways product plain]

Two sets: the recordings of people in ../shared/audio, and synthetic turns in rooms, made once (see
synthetic_turns.py). All ways run in one process, clip by clip in changing order, each once
beforehand, uncounted; reading files is not timed:

    product   WhisperSpeechToText, as a turn goes
    names     the same, with the proper names of the talk as prompt
    live      the same, fed frame by frame, transcribed at every pause; timed is only the wait
              after the last frame of the last pause's beginning, as a manager would feel it
    pieces    each stretch between two pauses transcribed by itself, and the words joined
    plain     whisper.transcribe with its defaults, told the language, in 32-bit floats
    faster    faster-whisper with its defaults, told the language, int8; only where installed:
              .venv/bin/pip install --no-deps faster-whisper==1.2.1 ctranslate2==4.8.5 av==18.1.0

All are given the same number of threads (--threads; as the product would choose by itself). Word
errors and their difference to plain have bootstrap 95% intervals over clips. "names right" is the
share of proper names said that were written letter by letter.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import synthetic_turns
import turns_in_pieces

from trainer import paths, weights
from trainer.audio.wav import read_clip, resample
from trainer.errors import TrainerError, UsageError
from trainer.paths import PROJECT
from trainer.speech_to_text import carrier
from trainer.speech_to_text.whisper import WhisperSpeechToText
from trainer.speech_to_text.word_errors import WordErrors, normalised, word_errors
from trainer.types import MODEL_RATE_HZ, AudioClip

RECORDINGS = PROJECT.parent / "shared" / "audio"
RESAMPLES = 2000
PEOPLE = "people"


class Clip(NamedTuple):
    """A clip and the words said in it."""

    sound: AudioClip
    words: str
    terms: tuple[str, ...]
    room: str


class Timed(NamedTuple):
    """What was heard, and how long the manager would have waited for it."""

    text: str
    seconds: float | None = None
    """None where the whole call is what takes time."""


Way = Callable[[Clip], Timed]


@dataclass(slots=True)
class Results:
    """What one way made of the clips, in their order."""

    errors: list[WordErrors] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    names: list[tuple[int, int]] = field(default_factory=list)
    """Names written right, and names said."""


def read_clips(folder: Path) -> list[Clip]:
    """Read every recording that transcripts.jsonl names, at Whisper's rate.

    Raises:
        UsageError: There is no such list, or it is empty.
    """
    listed = folder / "transcripts.jsonl"
    if not listed.is_file():
        raise UsageError(f"{listed}: there is no such file; name a folder that has one")
    rows = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if line]
    if not rows:
        raise UsageError(f"{listed}: names no recording")
    return [
        Clip(
            resample(read_clip(folder / row["file"]), MODEL_RATE_HZ),
            row["text"],
            tuple(row.get("terms", ())),
            row.get("room", PEOPLE),
        )
        for row in rows
    ]


def plain_whisper(name: str) -> Way:
    """Return whisper.transcribe with its defaults, on the product's own checkpoint."""
    import whisper

    model: Any = whisper.load_model(str(carrier.checkpoint(name)), device="cpu")
    # fp16=False is what it falls back to on a CPU, without the warning.
    return lambda clip: Timed(
        str(model.transcribe(clip.sound.samples.copy(), language="en", fp16=False)["text"])
    )


def faster_whisper(name: str, threads: int) -> Way:
    """Return faster-whisper's transcribe with its defaults, on the carried weights."""
    from faster_whisper import WhisperModel

    model = WhisperModel(
        str(ctranslate2_folder(name)), device="cpu", compute_type="int8", cpu_threads=threads
    )

    def hear(clip: Clip) -> Timed:
        segments, _ = model.transcribe(clip.sound.samples, language="en")
        return Timed(" ".join(segment.text for segment in segments))

    return hear


def ctranslate2_folder(name: str) -> Path:
    """Put a carried model together as faster-whisper wants it: the carrier's own files."""
    carried = carrier.CARRIED[name]
    pinned = weights.model(carried)
    folder = paths.cache_dir() / "benchmarks" / f"{carried}-{pinned.weights.sha256[:16]}"
    if not (folder / "model.bin").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        beside = weights.part_paths(carried, pinned.weights)[0].parent
        for file in (*beside.glob("*.json"), *beside.glob("*.txt")):
            shutil.copy(file, folder)
        (folder / "model.bin").write_bytes(weights.bytes_of(carried))
    return folder


def ways_for(name: str, threads: int, wanted: Sequence[str]) -> dict[str, Way]:
    """Load what is to be compared."""
    engine = WhisperSpeechToText.load(name, threads=threads)
    makers: dict[str, Callable[[], Way]] = {
        "product": lambda: lambda clip: Timed(engine.transcribe(clip.sound).text),
        "names": lambda: (
            lambda clip: Timed(engine.transcribe(clip.sound, prompt=", ".join(clip.terms)).text)
        ),
        "live": lambda: lambda clip: Timed(*turns_in_pieces.live(engine, clip.sound)),
        "pieces": lambda: lambda clip: Timed(turns_in_pieces.cut_at_pauses(engine, clip.sound)),
        "plain": lambda: plain_whisper(name),
        "faster": lambda: faster_whisper(name, threads),
    }
    there = importlib.util.find_spec("faster_whisper") is not None
    if not there and "faster" in wanted:
        print("faster-whisper is not installed, so it is left out; how to: the head of this file")
    return {way: makers[way]() for way in wanted if way != "faster" or there}


def measure(clips: Sequence[Clip], ways: dict[str, Way]) -> dict[str, Results]:
    """Let every way hear every clip, in changing order."""
    results = {name: Results() for name in ways}
    for way in ways.values():
        way(clips[0])
    names = list(ways)
    for number, clip in enumerate(clips):
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            began, began_cpu = time.perf_counter(), time.process_time()
            heard = ways[name](clip)
            seconds, cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
            found = results[name]
            found.errors.append(word_errors(clip.words, heard.text))
            found.seconds.append(seconds if heard.seconds is None else heard.seconds)
            found.cpu_s.append(cpu_s)
            found.names.append(names_right(clip, heard.text))
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {len(clips)}", end="\r", file=sys.stderr)
    return results


def names_right(clip: Clip, text: str) -> tuple[int, int]:
    """Count the names that were said, and those of them that were written letter by letter."""
    said, heard = f" {normalised(clip.words)} ", f" {normalised(text)} "
    wanted = [f" {normalised(term)} " for term in clip.terms]
    there = [term for term in wanted if term in said]
    return sum(term in heard for term in there), len(there)


def interval(errors: Sequence[int], words: Sequence[int]) -> tuple[float, float, float]:
    """Return errors in percent of the words, with a bootstrap interval over clips."""
    errors_, words_ = np.array(errors), np.array(words)
    drawn = np.random.default_rng(7).integers(0, len(errors_), (RESAMPLES, len(errors_)))
    rates = 100 * errors_[drawn].sum(1) / words_[drawn].sum(1)
    low, high = np.quantile(rates, (0.025, 0.975))
    return 100 * float(errors_.sum()) / float(words_.sum()), float(low), float(high)


def print_table(title: str, clips: Sequence[Clip], results: dict[str, Results]) -> None:
    """Print one set: a line a way, then the word errors by room."""
    length_s = sum(clip.sound.duration_s for clip in clips)
    words = [each.words for each in next(iter(results.values())).errors]
    print(f"\n{title}: {len(clips)} clips, {sum(words)} words, {length_s:.0f} s of sound")
    head = ("word errors, %", "minus plain", "names right", "s, p50", "s, p95", "s, mean", "CPU s")
    print(f"{'':10}{head[0]:>22}{head[1]:>24}" + "".join(f"{each:>13}" for each in head[2:]))
    plain = results.get("plain")
    for name, found in results.items():
        errors = [each.errors for each in found.errors]
        cells = ["{:.1f} ({:.1f} to {:.1f})".format(*interval(errors, words)), ""]
        if plain is not None:
            more = [a - b.errors for a, b in zip(errors, plain.errors, strict=True)]
            cells[1] = "{:+.2f} ({:+.2f} to {:+.2f})".format(*interval(more, words))
        right, said = (sum(column) for column in zip(*found.names, strict=True))
        figures = (
            f"{right} of {said}",
            f"{statistics.median(found.seconds):.3f}",
            f"{np.quantile(found.seconds, 0.95):.3f}",
            f"{statistics.fmean(found.seconds):.3f}",
            f"{statistics.fmean(found.cpu_s):.3f}",
        )
        print(f"{name:10}{cells[0]:>22}{cells[1]:>24}" + "".join(f"{each:>13}" for each in figures))
    print_rooms(clips, results)


def print_rooms(clips: Sequence[Clip], results: dict[str, Results]) -> None:
    """Print word errors by room."""
    rooms = list(dict.fromkeys(clip.room for clip in clips))
    if len(rooms) < 2:
        return
    for name, found in results.items():
        rates = []
        for room in rooms:
            inside = [e for e, clip in zip(found.errors, clips, strict=True) if clip.room == room]
            rate = sum(inside, WordErrors(0, 0)).rate or 0.0
            rates.append(f"{room} {rate:.1%}")
        print(f"{name:10}" + "  ".join(rates))


def main() -> int:
    """Print both tables for one model."""
    parser = argparse.ArgumentParser(description="Word errors and seconds beside plain Whisper.")
    parser.add_argument("--model", choices=[*carrier.CARRIED], default="base")
    parser.add_argument("--turns", type=int, default=synthetic_turns.COUNT)
    parser.add_argument("--threads", type=int)
    parser.add_argument(
        "--ways", nargs="+", default=["product", "names", "live", "pieces", "plain", "faster"]
    )
    options = parser.parse_args()
    # As the product chooses by itself, one core being for the microphone and the voice.
    threads = options.threads or max(1, min(4, (os.cpu_count() or 2) - 1))
    try:
        ways = ways_for(options.model, threads, options.ways)
        print(f"Whisper {options.model}, {threads} threads")
        if RECORDINGS.is_dir():
            people = read_clips(RECORDINGS)
            print_table("people, read speech", people, measure(people, ways))
        turns = read_clips(synthetic_turns.made())[: options.turns]
        print_table("synthetic turns in rooms", turns, measure(turns, ways))
    except TrainerError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
