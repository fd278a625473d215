"""Write a turn as a recogniser or a hasty typist might: no marks, wrong words, lost fillers.

Everything is drawn from the generator that is passed in, so a seed gives the same text again.
A segment never loses its last word, so the segments stay the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from trainer.scoring.words import FILLERS

Words = list[list[str]]
"""The words of each segment of a turn."""

ERROR_RATE = 0.10
_DROPPED, _ADDED = 0.25, 0.15  # shares of the errors; the rest are words misheard
_MARKS = re.compile(r"[.,;:!?…—–\"“”()]+")
_LITTLE_WORDS = "a the to of in and it that is so um uh you i we for on at this".split()


def plain(text: str) -> str:
    """Return the text lower-cased and without punctuation; apostrophes stay."""
    return " ".join(_MARKS.sub(" ", text.lower()).split())


def without_marks(segments: Words) -> Words:
    """Take capitals and punctuation from every word."""
    return _kept(segments, [plain(" ".join(words)).split() for words in segments])


def without_fillers(segments: Words) -> Words:
    """Drop ums and ers."""
    return _kept(
        segments,
        [[w for w in words if plain(w).strip("'") not in FILLERS] for words in segments],
    )


def with_errors(
    segments: Words,
    chance: np.random.Generator,
    vocabulary: Sequence[str],
    rate: float = ERROR_RATE,
) -> Words:
    """Mishear, lose and add words at a rate."""
    return _kept(segments, [_errors(words, chance, vocabulary, rate) for words in segments])


def _errors(
    words: Sequence[str], chance: np.random.Generator, vocabulary: Sequence[str], rate: float
) -> list[str]:
    heard: list[str] = []
    for word in words:
        if chance.random() >= rate:
            heard.append(word)
            continue
        kind = chance.random()
        if kind < _ADDED:
            heard += [word, _LITTLE_WORDS[chance.integers(len(_LITTLE_WORDS))]]
        elif kind >= _ADDED + _DROPPED:
            heard.append(_misheard(word, chance, vocabulary))
    return heard


def _misheard(word: str, chance: np.random.Generator, vocabulary: Sequence[str]) -> str:
    """Return one of a few drawn words that begins or ends like this one, else any of them."""
    drawn = [vocabulary[at] for at in chance.integers(len(vocabulary), size=40)]
    bare = plain(word) or word
    alike = [w for w in drawn if w[0] == bare[0] and abs(len(w) - len(bare)) <= 2 and w != bare]
    heard: str = (alike or [w for w in drawn if w[-1] == bare[-1] and w != bare] or drawn)[0]
    return heard


def _kept(before: Words, after: Words) -> Words:
    return [new or old for old, new in zip(before, after, strict=True)]


def drawn_view(
    segments: Words, chance: np.random.Generator, vocabulary: Sequence[str]
) -> tuple[Words, bool]:
    """Draw one of the ways a turn can be written, for one epoch of training.

    Returns:
        The words, and whether they were left as written.
    """
    way = chance.random()
    if way < 0.4:
        return segments, True
    seen = segments
    if way < 0.55:
        seen = without_fillers(seen)
    if way > 0.7:
        seen = with_errors(seen, chance, vocabulary, rate=float(chance.uniform(0.03, 0.12)))
    if way < 0.9:
        seen = without_marks(seen)
    return seen, False
