"""Lay a turn out for the trained scorer: words, context, windows, and what counts as theirs.

Nothing here needs the network's weights: training and labelling both go through it, so that the
network sees the same layout in both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.scoring.own_words import Table
from trainer.scoring.words import spoken
from trainer.types import Kind, ManagerTurn

MOST_WORDS = 160  # of a turn in one pass; a longer turn is read in windows
MOST_CONTEXT = 96  # tokens of the salesperson's lines; the latest ones are kept
MOST_WORD_TOKENS = 12  # a "word" of hundreds of letters must not fill the window
FEATURES = 12

_SENTENCE_END = (".", "!", "?", "…")
_WORDS_FOR_FULL_LENGTH = 40.0
_LEAVE = " leave granted"


class Row(NamedTuple):
    """One window of a turn as token ids, with where each word lies."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    """0 for the context, 1 for the manager's words."""
    spans: tuple[tuple[int, int], ...]
    """First token and one past the last token of each word."""


def windows(words: Sequence[str], most: int = MOST_WORDS) -> list[tuple[int, int]]:
    """Cut a long turn into stretches of at most ``most`` words, if possible after a sentence.

    Returns:
        First word and one past the last word of each stretch; none for no words.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end = min(start + most, len(words))
        if end < len(words):
            ends = range(end, start + most // 2, -1)
            end = next((at for at in ends if words[at - 1].endswith(_SENTENCE_END)), end)
        found.append((start, end))
        start = end
    return found


def context_ids(tokenizer: Any, turn: ManagerTurn) -> list[int]:
    """Return the tokens of the kind of talk and of what the salesperson said, the latest kept."""
    marker = turn.kind.value + (_LEAVE if turn.licensed else "")
    lines = " ".join((*turn.earlier, *turn.said_before))
    head: list[int] = tokenizer(marker + " :", add_special_tokens=False)["input_ids"]
    # Five letters a token are more than English needs: the rest would be cut off anyway.
    tail: list[int] = tokenizer(lines[-8 * MOST_CONTEXT :], add_special_tokens=False)["input_ids"]
    return head + tail[-(MOST_CONTEXT - len(head)) :]


def rows_of(tokenizer: Any, turn: ManagerTurn, words: Sequence[str]) -> list[Row]:
    """Lay out a turn's words, one row a window; the context stands before each."""
    if not words:
        return []
    before = [tokenizer.cls_token_id, *context_ids(tokenizer, turn), tokenizer.sep_token_id]
    pieces = tokenizer(list(words), add_special_tokens=False)["input_ids"]
    rows = []
    for start, end in windows(words):
        ids, spans = list(before), []
        for piece in pieces[start:end]:
            kept = piece[:MOST_WORD_TOKENS] or [tokenizer.unk_token_id]
            spans.append((len(ids), len(ids) + len(kept)))
            ids += kept
        ids.append(tokenizer.sep_token_id)
        types = [0] * len(before) + [1] * (len(ids) - len(before))
        rows.append(Row(tuple(ids), tuple(types), tuple(spans)))
    return rows


def features_of(turn: ManagerTurn, texts: Sequence[str]) -> NDArray[np.float32]:
    """Describe each segment by what the source test looks at.

    Args:
        turn: The turn with what the salesperson said before it.
        texts: Its segments, in order.

    Returns:
        Shape (len(texts), FEATURES): how much of it the salesperson said, whether they asked or
        gave leave, the kind of talk, the segment's length and place.
    """
    table = Table.of(turn)
    rows = np.zeros((len(texts), FEATURES), np.float32)
    of_turn = [
        float(table.asked),
        float(table.granted),
        float(table.spoken_before),
        *(float(turn.kind is kind) for kind in Kind),
    ]
    for at, text in enumerate(texts):
        tokens = spoken(text).tokens
        words = len(text.split())
        rows[at] = [
            table.share(tokens),
            min(table.echoes(tokens), 4) / 4,
            float(table.is_theirs(tokens)),
            *of_turn,
            min(1.0, math.log1p(words) / math.log1p(_WORDS_FOR_FULL_LENGTH)),
            float(at == 0),
            float(at == len(texts) - 1),
        ]
    return rows
