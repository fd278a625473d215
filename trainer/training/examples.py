"""From labelled turns to what the network is trained on: words, targets, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.scoring.turn_input import FLAGS, LABELS, Opinion, Row, features_of, opinion_of, rows_of
from trainer.training.corpus import Talk
from trainer.training.disturb import Words, plain
from trainer.training.second_pass import SecondLabel, segment_id
from trainer.types import ManagerTurn

Floats = NDArray[np.float32]
SECOND_SHARE = 0.5  # of the target; the writer has the rest


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One manager turn with soft targets from both passes."""

    turn: ManagerTurn
    words: Words
    labels: Floats
    """Shape (segments, 19); each row sums to 1."""
    flags: Floats
    """Shape (segments, 16), each 0 to 1."""


class Laid(NamedTuple):
    """An example laid out for the network; only its first window is used."""

    row: Row
    cuts: list[tuple[int, int]]
    features: Floats
    labels: Floats
    flags: Floats
    opinion: Opinion
    """What the rules say of the segments."""


def examples_of(talks: Sequence[Talk], second: Mapping[str, SecondLabel]) -> list[Example]:
    """Make one example a turn; where both passes labelled a segment they count half each."""
    found = []
    for talk in talks:
        for at, item in enumerate(talk.turns):
            labels = np.zeros((len(item.segments), len(LABELS)), np.float32)
            flags = np.zeros((len(item.segments), len(FLAGS)), np.float32)
            for place, gold in enumerate(item.segments):
                blind = second.get(segment_id(talk.id, at, place))
                share = 0.0 if blind is None else SECOND_SHARE
                labels[place, LABELS.index(gold.label)] += 1 - share
                flags[place] += (1 - share) * np.array([flag in gold.flags for flag in FLAGS])
                if blind is not None:
                    labels[place, LABELS.index(blind.label)] += share
                    flags[place] += share * np.array([flag in blind.flags for flag in FLAGS])
            words = [gold.text.split() for gold in item.segments]
            found.append(Example(item.turn, words, labels, flags))
    return found


def vocabulary_of(examples: Sequence[Example]) -> list[str]:
    """List the words of the turns, as often as they are said, without marks."""
    said = (plain(word) for each in examples for words in each.words for word in words)
    return [word for word in said if word.replace("'", "").isalpha()]


def lay_out(tokenizer: Any, example: Example, words: Words, *, context: bool = True) -> Laid:
    """Tokenise one way of writing an example; segments past the first window are left out.

    Args:
        tokenizer: The encoder's.
        example: The turn with its targets.
        words: The turn as it is to be written.
        context: Whether the network reads the salesperson's lines. The features know them anyway,
            so whose idea it is stays to be seen.
    """
    texts = [" ".join(each) for each in words]
    turn = replace(example.turn, text=" ".join(texts))
    read = turn if context else replace(turn, said_before=(), earlier=())
    row = rows_of(tokenizer, read, turn.text.split())[0]
    cuts, start = [], 0
    for each in words:
        cuts.append((start, start + len(each)))
        start += len(each)
    kept = [cut for cut in cuts if cut[1] <= len(row.spans)] or [(0, len(row.spans))]
    size = len(kept)
    last = kept[-1][1]
    row = row._replace(
        spans=row.spans[:last], marks=row.marks[:last], may_start=row.may_start[:last]
    )
    opinion = opinion_of(turn, texts)
    features = features_of(turn, texts, opinion)[:size]
    opinion = Opinion(opinion.shares[:size], opinion.flags[:size])
    return Laid(row, kept, features, example.labels[:size], example.flags[:size], opinion)
