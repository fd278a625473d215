"""The trivial scorers a trained one has to beat: one expression, and the untuned encoder."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.protocols import Encoder
from trainer.scoring.network import softmax
from trainer.scoring.segments import split
from trainer.scoring.turn_input import LABELS
from trainer.training.corpus import Talk
from trainer.types import Label, LabelledSegment, ManagerTurn, Segment

_WH = re.compile(r"^(?:and |so |but |well,? |okay,? )?(?:what|how|where|tell me|describe)\b", re.I)
_WHY = re.compile(r"\bwhy\b", re.I)
_SHOULD = re.compile(r"\b(?:should|need to|have to|must)\b", re.I)
_SHARPNESS = 20.0  # turns cosines into shares


class OneLine:
    """A question mark asks, a wh-word opens, "should" steers; everything else informs."""

    name = "one-line-1"

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Split at sentence marks and label each piece."""
        return [
            self.label_segments(turn, re.split(r"(?<=[.!?])\s+", turn.text.strip()))
            for turn in turns
        ]

    def label_segments(
        self, turn: ManagerTurn, texts: Sequence[str]
    ) -> tuple[LabelledSegment, ...]:
        """Label given segments."""
        said = [" ".join(text.split()) for text in texts]
        return tuple(LabelledSegment.certain(text, _one_line(text)) for text in said if text)


def _one_line(text: str) -> Label:
    if not text.rstrip().endswith("?"):
        return Label.ADVICE if _SHOULD.search(text) else Label.INFORMATION
    if _SHOULD.search(text):
        return Label.ADVICE_QUESTION
    if _WHY.search(text):
        return Label.WHY_CHALLENGE
    return Label.OPEN_QUESTION if _WH.search(text) else Label.CLOSED_QUESTION


class NearestPrototype:
    """Each label is the mean of its training segments in the untuned encoder's space."""

    name = "prototype-1"

    def __init__(self, encoder: Encoder, talks: Sequence[Talk]) -> None:
        """Learn the means.

        Args:
            encoder: Places segments.
            talks: The training talks, and no others.
        """
        golds = [gold for talk in talks for item in talk.turns for gold in item.segments]
        vectors = encoder.encode([gold.text for gold in golds])
        means = [
            vectors[[gold.label is label for gold in golds]].sum(0, dtype=np.float64)
            for label in LABELS
        ]
        stacked = np.stack(means)
        norms = np.maximum(np.linalg.norm(stacked, axis=1, keepdims=True), 1e-9)
        self._means: NDArray[np.float32] = (stacked / norms).astype(np.float32)
        self._encoder = encoder

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Split by the rules' splitter and take the nearest mean."""
        return [
            self.label_segments(turn, [piece.text for piece in split(turn.text)])
            if turn.text.strip()
            else ()
            for turn in turns
        ]

    def label_segments(
        self, turn: ManagerTurn, texts: Sequence[str]
    ) -> tuple[LabelledSegment, ...]:
        """Label given segments."""
        if not texts:
            return ()
        shares = softmax(_SHARPNESS * (self._encoder.encode(list(texts)) @ self._means.T))
        found = []
        for text, row in zip(texts, shares, strict=True):
            probs = dict(zip(LABELS, row.tolist(), strict=True))
            label = LABELS[int(row.argmax())]
            found.append(LabelledSegment(Segment(text), label, frozenset(), probs))
        return tuple(found)
