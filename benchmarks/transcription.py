"""Measure what is heard of human recordings, beside plain openai-whisper on the same weights.

    .venv/bin/python benchmarks/transcription.py [FOLDER]

FOLDER holds transcripts.jsonl and the recordings it names; ../shared/audio unless another is
given. "product" is the way a turn goes: the file is read, resampled and given to
WhisperSpeechToText. "plain" is whisper.transcribe with its defaults on the same checkpoint and
the same samples. Each is run once beforehand, uncounted, and the two take turns at going first.
Reading the file is not timed. Ratio is product seconds over plain seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from trainer.audio.wav import read_clip, resample
from trainer.errors import TrainerError, UsageError
from trainer.paths import PROJECT
from trainer.speech_to_text import carrier
from trainer.speech_to_text.whisper import WhisperSpeechToText
from trainer.speech_to_text.word_errors import WordErrors, word_errors
from trainer.types import MODEL_RATE_HZ, AudioClip

RECORDINGS = PROJECT.parent / "shared" / "audio"
_ROW = "{:<10}{:<32}{:>7}{:>10}{:>10}{:>10}{:>10}{:>8}"


class Recording(NamedTuple):
    """A clip and the words said in it."""

    name: str
    words: str
    clip: AudioClip


@dataclass(frozen=True, slots=True)
class Heard:
    """What one way of transcribing made of one clip, or of all of them."""

    errors: WordErrors
    seconds: float

    def __add__(self, other: Heard) -> Heard:
        return Heard(self.errors + other.errors, self.seconds + other.seconds)


def read_recordings(folder: Path) -> list[Recording]:
    """Read every recording that transcripts.jsonl names.

    Raises:
        UsageError: There is no such list, or it is empty.
    """
    listed = folder / "transcripts.jsonl"
    if not listed.is_file():
        raise UsageError(f"{listed}: there is no such file; name a folder that has one")
    rows = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if line]
    if not rows:
        raise UsageError(f"{listed}: names no recording")
    return [Recording(row["file"], row["text"], read_clip(folder / row["file"])) for row in rows]


def plain_whisper(name: str) -> Callable[[AudioClip], str]:
    """Return whisper.transcribe with its defaults, on the product's own checkpoint."""
    import whisper

    model: Any = whisper.load_model(str(carrier.checkpoint(name)), device="cpu")
    # fp16=False is what it falls back to on a CPU, without the warning.
    return lambda clip: str(
        model.transcribe(resample(clip, MODEL_RATE_HZ).samples.copy(), fp16=False)["text"]
    )


def timed(transcribe: Callable[[AudioClip], str], recording: Recording) -> Heard:
    """Transcribe a recording and count its word errors; only transcribing is timed."""
    start_s = time.perf_counter()
    text = transcribe(recording.clip)
    seconds = time.perf_counter() - start_s
    return Heard(word_errors(recording.words, text), seconds)


def measure(name: str, recordings: list[Recording]) -> None:
    """Print one model's table."""
    engine = WhisperSpeechToText.load(name)

    def product(clip: AudioClip) -> str:
        return engine.transcribe(clip).text

    plain = plain_whisper(name)
    for way in (product, plain):
        way(recordings[0].clip)
    totals = [Heard(WordErrors(0, 0), 0.0), Heard(WordErrors(0, 0), 0.0)]
    for number, recording in enumerate(recordings):
        first, second = (product, plain) if number % 2 == 0 else (plain, product)
        both = [timed(first, recording), timed(second, recording)]
        if number % 2:
            both.reverse()
        print_row(name, Path(recording.name).name, recording.clip.duration_s, *both)
        totals = [total + each for total, each in zip(totals, both, strict=True)]
    length_s = sum(recording.clip.duration_s for recording in recordings)
    print_row(name, "all", length_s, *totals)


def print_row(model: str, clip: str, length_s: float, product: Heard, plain: Heard) -> None:
    """Print one line of the table."""
    rates = [_percent(each.errors) for each in (product, plain)]
    seconds = [f"{each.seconds:.2f} s" for each in (product, plain)]
    ratio = f"{product.seconds / plain.seconds:.2f}"
    name = clip if len(clip) < 32 else f"…{clip[-30:]}"
    print(_ROW.format(model, name, f"{length_s:.1f} s", *rates, *seconds, ratio), flush=True)


def _percent(errors: WordErrors) -> str:
    return "-" if errors.rate is None else f"{errors.rate:.1%}"


def main() -> int:
    """Print the table for base and tiny.en."""
    parser = argparse.ArgumentParser(description="Word errors and seconds beside plain Whisper.")
    parser.add_argument("folder", nargs="?", type=Path, default=RECORDINGS)
    try:
        recordings = read_recordings(parser.parse_args().folder)
        heads = ("product", "plain", "product", "plain", "ratio")
        print(_ROW.format("model", "clip", "length", *heads))
        for name in carrier.CARRIED:
            measure(name, recordings)
    except TrainerError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
