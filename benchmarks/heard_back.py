"""Hear every line of every scenario back: its own voice, Whisper, word errors.

    .venv/bin/python benchmarks/heard_back.py [SCENARIO ...] [--lines 0] [--stt base] [--worst 3]

Each line (or so many of each scenario, drawn at random) is spoken by the voice the scenario
prefers, in silence, and transcribed with the scenario's terms as prompt, as a talk's turns are.
Word errors have bootstrap 95% intervals over lines. What differs is printed, worst first: it is the
file's text, nobody's words.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transcription import interval

from trainer import build
from trainer.protocols import SpeechToText
from trainer.scenario.lines import lines_by_id
from trainer.scenario.load import Scenario, find, load_all
from trainer.speech_to_text.word_errors import WordErrors, word_errors
from trainer.types import Line

SEED = 5


class Heard(NamedTuple):
    """A line as it came back."""

    id: str
    text: str
    heard: str
    errors: WordErrors


def drawn(scenario: Scenario, count: int) -> list[Line]:
    """Return some lines of a scenario, the same ones each time; all of them for a count of 0."""
    lines = list(lines_by_id(scenario.file))
    return random.Random(SEED).sample(lines, min(count, len(lines))) if count else lines


def heard_back(
    scenario: Scenario, lines: Sequence[Line], recogniser: SpeechToText
) -> Iterator[Heard]:
    """Yield lines of a scenario as they are heard."""
    spoken = build.spoken_by(scenario)
    prompt = ", ".join(scenario.file.terms)
    for line in lines:
        clip = spoken.engine.synthesise(line.text, spoken.voice)
        heard = recogniser.transcribe(clip, language=scenario.file.language, prompt=prompt).text
        yield Heard(line.id, line.text, heard, word_errors(line.text, heard))


def summary(lines: Sequence[Heard]) -> str:
    """Say how many lines and words, and the word errors with their interval."""
    errors, words = ([getattr(each.errors, part) for each in lines] for part in ("errors", "words"))
    rate, low, high = interval(errors, words)
    return f"{len(lines):5} lines {sum(words):6} words {rate:6.1f}% ({low:.1f} to {high:.1f})"


def main() -> None:
    """Print a line a scenario and the worst lines under it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO")
    parser.add_argument("--lines", type=int, default=0, help="of each scenario; 0 is all of them")
    parser.add_argument("--stt", default=build.DEFAULT_SPEECH_TO_TEXT)
    parser.add_argument("--worst", type=int, default=3)
    options = parser.parse_args()
    chosen = (
        [find(name) for name in options.scenarios]
        if options.scenarios
        else [each.scenario for each in load_all() if each.scenario]
    )
    recogniser = build.speech_to_text(options.stt)
    every: list[Heard] = []
    for scenario in chosen:
        lines = list(heard_back(scenario, drawn(scenario, options.lines), recogniser))
        every += lines
        print(f"{scenario.id:26}{summary(lines)}", flush=True)
        worst = sorted(lines, key=lambda line: -line.errors.errors)[: options.worst]
        for line in worst:
            if line.errors.errors:
                print(f"    {line.id}: {line.text}\n      heard: {line.heard}", flush=True)
    print(f"{'all':26}{summary(every)}")


if __name__ == "__main__":
    main()
