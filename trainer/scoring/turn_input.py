"""Lay a turn out for the trained scorer: words, context, windows, and what the rules make of it.

The rules know the rubric's definitions and whose words are whose; the network hears what no rule
was written for. So the network reads the rules' opinion beside the words. Nothing here needs the
network's weights: training and labelling both go through it, so that the network sees the same
layout in both.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.scoring.own_words import Table
from trainer.scoring.rules import RulesClassifier
from trainer.scoring.segments import split
from trainer.scoring.words import spoken
from trainer.types import Flag, Kind, Label, ManagerTurn

LABELS = tuple(Label)
FLAGS = tuple(Flag)

MOST_WORDS = 160  # of a turn in one pass; a longer turn is read in windows
MOST_CONTEXT = 96  # tokens of the salesperson's lines; the latest ones are kept
MOST_WORD_TOKENS = 12  # a "word" of hundreds of letters must not fill the window
OF_SOURCE = 12
FEATURES = OF_SOURCE + len(LABELS) + len(FLAGS)
MARKS = 2  # of a word: the rules' splitter breaks before it surely, or perhaps

_LEAST_SHARE = 1e-3
_LOG_SCALE = -math.log(_LEAST_SHARE)
_RULES = RulesClassifier()
LONGEST_CLAUSE = 25  # words between two marks, from which marks are taken to be missing
_MARK = re.compile(r"[.?!,;:…—–-][\"'”’)\]]*$")
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
    marks: tuple[tuple[float, float], ...]
    """What the rules' splitter says of each word: a sure break before it, a possible one."""
    may_start: tuple[bool, ...]
    """Whether a segment may start at each word (``may_start``)."""


class Opinion(NamedTuple):
    """What somebody makes of some segments."""

    shares: NDArray[np.floating[Any]]
    """Probabilities, shape (segments, 19)."""
    flags: NDArray[np.floating[Any]]
    """0 to 1, shape (segments, 16)."""


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
    marks, allowed = _marks_of(words), may_start(words)
    rows = []
    for start, end in windows(words):
        ids, spans = list(before), []
        for piece in pieces[start:end]:
            kept = piece[:MOST_WORD_TOKENS] or [tokenizer.unk_token_id]
            spans.append((len(ids), len(ids) + len(kept)))
            ids += kept
        ids.append(tokenizer.sep_token_id)
        types = [0] * len(before) + [1] * (len(ids) - len(before))
        where = slice(start, end)
        rows.append(Row(tuple(ids), tuple(types), tuple(spans), marks[where], allowed[where]))
    return rows


def may_start(words: Sequence[str]) -> tuple[bool, ...]:
    """Say where a segment may start: in text with marks, after one.

    People and recognisers who write marks at all write one where the job changes. A stretch too
    long to be one clause has lost its marks, and is read like text without any.
    """
    after = [at for at, word in enumerate(words, start=1) if _MARK.search(word)]
    if not after:
        return (True,) * len(words)
    allowed = [False] * len(words)
    for start, end in itertools.pairwise([0, *after, len(words)]):
        if start < len(words):
            bare = end - start > LONGEST_CLAUSE
            allowed[start:end] = [True] + [bare] * (end - start - 1)
    return tuple(allowed)


def _marks_of(words: Sequence[str]) -> tuple[tuple[float, float], ...]:
    marks = [(0.0, 0.0)] * len(words)
    start = 0
    for piece in split(" ".join(words)):
        marks[start] = (0.0, 1.0) if piece.soft else (1.0, 0.0)
        start += len(piece.text.split())
    return tuple(marks)


def opinion_of(turn: ManagerTurn, texts: Sequence[str]) -> Opinion:
    """Ask the rules about the segments of a turn.

    Args:
        turn: The turn with what the salesperson said before it.
        texts: Its segments, in order.
    """
    found = _RULES.label_segments(turn, texts)
    return Opinion(
        np.array([[each.probs[label] for label in LABELS] for each in found], np.float32),
        np.array([[flag in each.flags for flag in FLAGS] for each in found], np.float32),
    )


def features_of(turn: ManagerTurn, texts: Sequence[str], opinion: Opinion) -> NDArray[np.float32]:
    """Describe each segment by what the source test looks at, and by what the rules say.

    Args:
        turn: The turn with what the salesperson said before it.
        texts: Its segments, in order.
        opinion: The rules' opinion on them.

    Returns:
        Shape (len(texts), FEATURES): how much of it the salesperson said, whether they asked or
        gave leave, the kind of talk, the segment's length and place; then the logarithms of the
        rules' shares, from 1 for a sure label down to 0, and the rules' flags.
    """
    table = Table.of(turn)
    rows = np.zeros((len(texts), OF_SOURCE), np.float32)
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
    logs = 1 + np.log(np.maximum(opinion.shares, _LEAST_SHARE)) / _LOG_SCALE
    return np.concatenate([rows, logs, opinion.flags], 1, dtype=np.float32)
