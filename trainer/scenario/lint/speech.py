"""Lines a voice takes too long over, and lines that say the same thing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from trainer.protocols import Encoder
from trainer.scenario.finding import Remark, Severity, field_name
from trainer.scenario.lines import SpokenLine, spoken_lines
from trainer.scenario.model import ScenarioFile

LONGEST_S = 12.0
DOUBT_S = 0.5  # how far the estimate may be off
SAME_WORDS = 0.75  # shared words of all words, from which two lines are one line reworded
SAME_MEANING = 0.85  # cosine; among 520 lines by good writers the nearest two had 0.77
SHARED = 0.25  # lines with fewer words in common are not worth comparing by meaning

_WORD = re.compile(r"[a-z0-9']+")
_SPEED = re.compile(r"@(\d+(?:\.\d+)?)")


class _Pace(NamedTuple):
    letter_s: float
    sentence_s: float
    less_s: float


_PACES: Mapping[str, _Pace] = {
    "piper": _Pace(0.061, 0.72, 0.65),
    "kokoro": _Pace(0.086, 0.60, 0.89),
    "pyttsx3": _Pace(0.061, 0.60, 0.65),
}
"""Least squares over 60 (Piper) and 24 (Kokoro's slowest voice) lines; within 0.4 s."""


def spoken_s(text: str, voices: Mapping[str, str]) -> float:
    """Estimate how long the slowest of a scenario's voices takes over a line, in seconds."""
    letters = sum(each.isalnum() for each in text)
    sentences = max(1, len(re.findall(r"[.!?]+", text)))
    lengths = []
    for engine, voice in voices.items():
        pace = _PACES[engine]
        speed = _SPEED.search(voice)
        seconds = pace.letter_s * letters + pace.sentence_s * sentences - pace.less_s
        lengths.append(seconds / (float(speed[1]) or 1.0 if speed else 1.0))
    return max(lengths)


def long_lines(file: ScenarioFile) -> Iterator[Remark]:
    """Yield lines that take longer than 12 seconds to say."""
    voices = {str(engine): voice for engine, voice in file.voice.items()}
    for line in spoken_lines(file):
        seconds = spoken_s(line.text, voices)
        if seconds > LONGEST_S + DOUBT_S:
            yield Remark(
                line.where,
                f"takes about {seconds:.1f} s to say, expected at most {LONGEST_S:.0f}; "
                f"cut it to about {round(len(line.text.split()) * LONGEST_S / seconds)} words",
                Severity.WARNING,
            )


class _Pair(NamedTuple):
    first: int
    second: int
    shared: float
    """Words in both, as a part of the words in either."""


def alike_lines(file: ScenarioFile, encoder: Encoder | None) -> Iterator[Remark]:
    """Yield lines that nearly repeat an earlier one, by their words and by their meaning."""
    lines = list(spoken_lines(file))
    pairs = _pairs_sharing_words([line.text for line in lines])
    meanings = _Meanings(lines, pairs, encoder)
    for pair in pairs:
        if pair.shared >= SAME_WORDS or meanings.of(pair) >= SAME_MEANING:
            yield Remark(
                lines[pair.second].where,
                f"says nearly the same as {field_name(lines[pair.first].where)}; "
                "say something else, or drop it",
                Severity.WARNING,
            )


def _pairs_sharing_words(texts: Sequence[str]) -> list[_Pair]:
    """Return the pairs of lines with enough words in common to be the same line.

    One matrix product instead of comparing every pair of word sets.
    """
    words = [set(_WORD.findall(text.lower())) for text in texts]
    column = {word: n for n, word in enumerate(sorted(set().union(*words)))}
    table = np.zeros((len(texts), len(column)), np.float32)
    for row, found in enumerate(words):
        table[row, [column[word] for word in found]] = 1
    both = table @ table.T
    sizes = table.sum(axis=1)
    shared = both / np.maximum(sizes[:, None] + sizes[None, :] - both, 1)
    rows, columns = np.nonzero(np.triu(shared >= SHARED, k=1))
    return [_Pair(int(r), int(c), float(shared[r, c])) for r, c in zip(rows, columns, strict=True)]


class _Meanings:
    """How near two lines are in meaning; 0 without an encoder."""

    def __init__(
        self, lines: Sequence[SpokenLine], pairs: Sequence[_Pair], encoder: Encoder | None
    ) -> None:
        rows = sorted({row for pair in pairs for row in (pair.first, pair.second)})
        self._row = {line: row for row, line in enumerate(rows)}
        self._vectors = encoder.encode([lines[row].text for row in rows]) if encoder else None

    def of(self, pair: _Pair) -> float:
        if self._vectors is None:
            return 0.0
        first, second = self._row[pair.first], self._row[pair.second]
        return float(self._vectors[first] @ self._vectors[second])
