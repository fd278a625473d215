"""Measure headless evaluation beside two plain loops: how much a second, how well, how much memory.

    .venv/bin/python benchmarks/evaluation.py [--turns 2000] [--minutes 60] [--cores 1 2]
        [--only text speech memory] [--model base] [--scorer rules]

    product    what `trainer evaluate` runs, with as many workers as cores, JSON written at the end
    plain      a loop: whisper.transcribe with its defaults, told the language, then the same scorer
               on that one turn; as many threads as cores
    faster     faster-whisper, int8, batched: lots of turns laid end to end, each a clip of its own,
               BATCH at a time; then the same scorer on that one turn; as many threads as cores

Text is turns of models/corpus. Speech is the turns of synthetic_turns.py, made once by the
project's own voices, over again until there are as many minutes as asked for. Every way runs in a
process of its own, one at a time, and loads its models within the time that is taken. Word errors
have bootstrap 95% intervals over the different turns. Memory is that of the one process of a single
worker at its highest, on text, at 1,000 turns and at ten times as many.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import synthetic_turns
import transcription

from trainer import build
from trainer.audio.wav import read_clip
from trainer.scoring.score import score_turns
from trainer.speech_to_text.word_errors import word_errors
from trainer.types import MODEL_RATE_HZ, ManagerTurn

BATCH = 8  # faster-whisper's own default
LOT = 4 * BATCH  # turns laid end to end for it
FEW, MANY = 1_000, 10_000
MANIFEST = "manifest.jsonl"


class Recorded(NamedTuple):
    """A recording and the words said in it."""

    id: str
    file: str
    reference: str


def spoken(minutes: float) -> list[Recorded]:
    """Return as many minutes of recorded turns as asked for, the same ones over again."""
    folder = synthetic_turns.made()
    listed = (folder / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in listed]
    lengths_s = {row["file"]: read_clip(folder / row["file"]).duration_s for row in rows}
    found: list[Recorded] = []
    left_s = 60 * minutes
    for number, row in enumerate(cycle(rows)):
        if left_s <= 0:
            break
        left_s -= lengths_s[row["file"]]
        found.append(Recorded(f"turn-{number}", str(folder / row["file"]), row["text"]))
    return found


def written(count: int) -> list[dict[str, Any]]:
    """Return as many turns of the corpus as asked for, the same ones over again if need be."""
    from trainer.training.corpus import corpus_files, read_corpus

    talks = read_corpus(corpus_files(synthetic_turns.CORPUS))
    turns = [item.turn for talk in talks for item in talk.turns]
    return [
        {"id": f"turn-{n}", "text": turn.text, "said_before": " ".join(turn.said_before[-1:])}
        for n, turn in enumerate(islice(cycle(turns), count))
    ]


def evaluated(source: Path, cores: int, scorer: str, model: str) -> Iterator[tuple[str, str]]:
    """Evaluate a file as the command does; yield the recordings' turns as they were heard."""
    from trainer.evaluation import Processes, evaluate
    from trainer.evaluation.writers.as_json import write_json

    maker = build.evaluator(scorer, model)
    engine = Processes(maker, cores) if cores > 1 else None
    with evaluate([source], maker, engine=engine) as result, Path(os.devnull).open("w") as out:
        assert not result.problems, result.problems[0]
        write_json(result, (), out)
        yield from ((turn.id, turn.text) for turn in result.turns())


def heard_plainly(turns: Iterable[Recorded], model: str) -> Iterator[tuple[str, str]]:
    """Transcribe by whisper.transcribe, one after the other."""
    hear = transcription.plain_whisper(model)
    for turn in turns:
        clip = transcription.Clip(read_clip(Path(turn.file)), "", (), "")
        yield turn.id, hear(clip).text


def heard_in_batches(
    turns: Sequence[Recorded], model: str, cores: int
) -> Iterator[tuple[str, str]]:
    """Transcribe by faster-whisper's batched pipeline, turns being the clips of one recording."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    folder = str(transcription.ctranslate2_folder(model))
    whisper = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=cores)
    pipeline = BatchedInferencePipeline(whisper)
    for start in range(0, len(turns), LOT):
        lot = turns[start : start + LOT]
        sounds = [read_clip(Path(turn.file)).samples for turn in lot]
        ends_s = np.cumsum([len(sound) for sound in sounds]) / MODEL_RATE_HZ
        clips = [
            {"start": end_s - len(sound) / MODEL_RATE_HZ, "end": end_s}
            for sound, end_s in zip(sounds, ends_s, strict=True)
        ]
        segments, _ = pipeline.transcribe(
            # A moment more than the clips: their lengths, added up, round to more than the whole.
            np.concatenate([*sounds, np.zeros(MODEL_RATE_HZ // 10, np.float32)]),
            language="en",
            clip_timestamps=clips,
            batch_size=BATCH,
        )
        texts = [""] * len(lot)
        for segment in segments:
            at = int(np.searchsorted(ends_s, (segment.start + segment.end) / 2))
            texts[min(at, len(lot) - 1)] += segment.text
        yield from ((turn.id, text.strip()) for turn, text in zip(lot, texts, strict=True))


def scored_singly(turns: Iterable[tuple[str, str, str]], scorer: str) -> Iterator[tuple[str, str]]:
    """Score turns (id, text, said before) one at a time."""
    classifier = build.classifier(scorer)
    for id_, text, before in turns:
        score_turns(classifier, [ManagerTurn(text, (before,) if before else ())])
        yield id_, text


def one(options: argparse.Namespace) -> dict[str, Any]:
    """Run one way over a file in this process."""
    turns: list[Recorded] = []
    if options.source.name == MANIFEST:
        turns = [Recorded(**row) for row in _lines(options.source)]
    texts: dict[str, str] = {}
    began = time.perf_counter()
    for id_, text in _done(options, turns):
        if turns:  # of written turns nothing is held, so that the memory is the product's
            texts[id_] = text
    seconds = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    errors = [word_errors(each.reference, texts[each.id]) for each in turns]
    return {
        "seconds": seconds,
        "peak_mb": peak,
        "errors": [each.errors for each in errors],
        "words": [each.words for each in errors],
    }


def _done(options: argparse.Namespace, turns: Sequence[Recorded]) -> Iterator[tuple[str, str]]:
    if options.way == "product":
        source = options.source.parent if turns else options.source
        return evaluated(source, options.core, options.scorer, options.model)
    if not turns:
        rows = ((row["id"], row["text"], row["said_before"]) for row in _lines(options.source))
        return scored_singly(rows, options.scorer)
    heard = (
        heard_plainly(turns, options.model)
        if options.way == "plain"
        else heard_in_batches(turns, options.model, options.core)
    )
    return scored_singly(((id_, text, "") for id_, text in heard), options.scorer)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def in_its_own_process(
    way: str, source: Path, cores: int, options: argparse.Namespace
) -> dict[str, Any]:
    """Run one way in a fresh process with a number of threads."""
    command = [sys.executable, __file__, "--way", way, "--source", str(source)]
    command += ["--core", str(cores), "--scorer", options.scorer, "--model", options.model]
    # The product's workers have one thread each, as in `trainer evaluate`.
    threads = 1 if way == "product" else cores
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if ran.returncode:
        sys.exit(f"{way} failed:\n{ran.stderr}")
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def compare_text(options: argparse.Namespace, folder: Path) -> None:
    """Print turns a second."""
    source = folder / "text.jsonl"
    _write_lines(source, written(options.turns))
    print(f"\n{options.turns} written turns, scorer {options.scorer}")
    for cores in options.cores:
        plain = 0.0
        for way in ("plain", "product"):
            rate = options.turns / in_its_own_process(way, source, cores, options)["seconds"]
            plain = plain or rate
            print(f"{way:8} {cores} core(s) {rate:8.0f} turns/s  {rate / plain:5.2f} times plain")


def compare_speech(options: argparse.Namespace, folder: Path) -> None:
    """Print hours of speech an hour, and word errors."""
    turns = spoken(options.minutes)
    inside = folder / "speech"
    inside.mkdir()
    _write_lines(inside / MANIFEST, (turn._asdict() for turn in turns))
    seconds_said = sum(read_clip(Path(turn.file)).duration_s for turn in turns)
    print(f"\n{seconds_said / 60:.0f} minutes of speech in {len(turns)} turns, {options.model}")
    different = len({turn.file for turn in turns})
    for cores in options.cores:
        times: dict[str, float] = {}
        plain: list[int] = []
        for way in ("plain", "faster", "product"):
            found = in_its_own_process(way, inside / MANIFEST, cores, options)
            errors, words = found["errors"][:different], found["words"][:different]
            plain = plain or errors
            more = [a - b for a, b in zip(errors, plain, strict=True)]
            times[way] = found["seconds"]
            beside = ", ".join(
                f"{times[other] / times[way]:.2f} times {other}" for other in times if other != way
            )
            rate = "{:.2f}% ({:.1f} to {:.1f})".format(*transcription.interval(errors, words))
            change = "{:+.2f} ({:+.2f} to {:+.2f})".format(*transcription.interval(more, words))
            print(
                f"{way:8} {cores} core(s) {seconds_said / times[way]:6.1f} hours an hour, word "
                f"errors {rate}, minus plain {change}, {found['peak_mb']:.0f} MB; {beside}",
                flush=True,
            )


def compare_memory(options: argparse.Namespace, folder: Path) -> None:
    """Print the highest memory at two lengths."""
    print("\nmemory at its highest, one worker, written turns")
    peaks = []
    for count in (FEW, MANY):
        source = folder / f"{count}.jsonl"
        _write_lines(source, written(count))
        peaks.append(in_its_own_process("product", source, 1, options)["peak_mb"])
        print(f"{count:6} turns {peaks[-1]:8.0f} MB, {peaks[-1] / peaks[0] - 1:+.1%}")


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--turns", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", nargs="+", choices=["text", "speech", "memory"])
    parser.add_argument("--model", default=build.DEFAULT_SPEECH_TO_TEXT)
    parser.add_argument("--scorer", choices=build.SCORERS, default=build.DEFAULT_SCORER)
    for name, kind in (("--way", str), ("--source", Path), ("--core", int)):
        parser.add_argument(name, type=kind, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(one(options)))
        return
    wanted = options.only or ["text", "speech", "memory"]
    with tempfile.TemporaryDirectory(prefix="trainer-") as folder:
        for name, compare in (
            ("text", compare_text),
            ("speech", compare_speech),
            ("memory", compare_memory),
        ):
            if name in wanted:
                compare(options, Path(folder))


if __name__ == "__main__":
    main()
