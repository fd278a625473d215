"""Whose idea is it, by meaning: what the salesperson has put on the table, and what rests on it.

The scorers compare words; this ledger compares meanings, with any scorer in front of it. An
advice in question form about an idea that is the salesperson's is a plain question about it, and
an advice or an order about it has the flag ``theirs`` (rubric 2, source test, and rules 7, 17).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trainer.protocols import Classifier, Encoder
from trainer.same_idea import SAME_IDEA, bare_idea, nearness
from trainer.scoring.own_words import is_lukewarm
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn

MOST_KEPT = 4000  # vectors, 6 MB
MOST_LINES = 40  # of the salesperson's, the latest: nobody means what was said an hour ago
_CARRIERS = frozenset({Label.ADVICE_QUESTION, Label.ADVICE, Label.DIRECTION})
_LEAST_WORDS = 2

# An idea of theirs is something they would do, have left undone, or want; a remark is none.
_NAMES_IT = re.compile(
    r"\b(?:i|we)(?:'d|'ll|'m|'ve)?\b|\b(?:maybe|perhaps|could|should|might|would|going to|need to"
    r"|want to|thought of|thinking of|trying to|plan|idea|goal|hope)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|\s[—–-]\s|,?\s(?:and then|but|so that|because)\s")
_PRESSED = frozenset({Flag.PUSH})


def ideas_in(lines: Sequence[str]) -> list[str]:
    """Return the actions, causes and goals that lines of the salesperson name, a clause each.

    What they only agreed to half-heartedly is left out: it stays the manager's (rule 17).
    """
    found = []
    for line in lines[-MOST_LINES:]:
        if is_lukewarm(line):
            continue
        for clause in _CLAUSE.split(line.replace("’", "'")):
            plain = clause.strip(" .,;!?…")
            if len(plain.split()) >= _LEAST_WORDS and _NAMES_IT.search(plain):
                found.append(plain)
    return list(dict.fromkeys(found))


class IdeaLedger:
    """A scorer that knows, beside the words, by meaning whose idea a suggestion is."""

    def __init__(self, scorer: Classifier, encoder: Callable[[], Encoder]) -> None:
        """Put the ledger behind a scorer.

        Args:
            scorer: Labels the segments.
            encoder: Gives the sentence encoder; called at the first suggestion that needs it.
        """
        self._scorer = scorer
        self._load = encoder
        self._encoder: _Remembering | None = None

    @property
    def name(self) -> str:
        """The scorer's name: the ledger is part of every scorer."""
        return self._scorer.name

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Label turns; a suggestion of the salesperson's own idea is taken for what it is."""
        labelled = self._scorer.label(turns)
        return [self._settled(turn, each) for turn, each in zip(turns, labelled, strict=True)]

    def _settled(
        self, turn: ManagerTurn, segments: tuple[LabelledSegment, ...]
    ) -> tuple[LabelledSegment, ...]:
        doubtful = [at for at, segment in enumerate(segments) if _carries(segment)]
        ideas = ideas_in((*turn.earlier, *turn.said_before)) if doubtful else []
        if not ideas:
            return segments
        if self._encoder is None:
            self._encoder = _Remembering(self._load())
        said = [bare_idea(segments[at].segment.text) for at in doubtful]
        near = nearness(self._encoder, said, ideas).max(axis=1)
        theirs = {at for at, value in zip(doubtful, near, strict=True) if value >= SAME_IDEA}
        return tuple(
            as_theirs(segment) if at in theirs else segment for at, segment in enumerate(segments)
        )


class _Remembering:
    """An encoder that keeps the vectors of what it has read: a talk's ideas come back each turn."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(new) > MOST_KEPT:
            self._known.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def _carries(segment: LabelledSegment) -> bool:
    """Say whether a segment suggests something that is not known to be theirs yet."""
    return segment.label in _CARRIERS and Flag.THEIRS not in segment.flags


def as_theirs(segment: LabelledSegment) -> LabelledSegment:
    """Return a suggestion as what it is when the idea in it is the salesperson's own."""
    if segment.label is not Label.ADVICE_QUESTION:
        return replace(segment, flags=segment.flags | {Flag.THEIRS})
    if segment.flags & _PRESSED:  # their own idea, pressed: it stays what it is (rule 7)
        return replace(segment, flags=segment.flags | {Flag.THEIRS})
    label = Label.OPEN_QUESTION if _is_open(segment.segment.text) else Label.CLOSED_QUESTION
    probs = dict(segment.probs)
    probs[label] += probs[Label.ADVICE_QUESTION]
    probs[Label.ADVICE_QUESTION] = 0.0
    return LabelledSegment(segment.segment, label, segment.flags | {Flag.UPTAKE}, probs)


_OPEN = re.compile(
    r"\b(?:what|how|where)(?:'s|'d|'re|s)?\b(?! (?:if|about (?:if|you)|about)\b)", re.IGNORECASE
)


def _is_open(text: str) -> bool:
    return bool(_OPEN.search(text.replace("’", "'")))
