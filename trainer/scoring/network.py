"""The network of the trained scorer: a MiniLM encoder with three heads, and what they read.

For every word, ``boundary`` says whether a new segment starts there, from the word's state, the
state of the word before and the marks of the rules' splitter. A segment's mean token state, the
whole text's state, the context's and the segment's features then give 19 ``labels`` and 16
``flags``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.scoring.turn_input import FEATURES, FLAGS, LABELS, MARKS, Row

MIXED = 384  # width of the layer both heads of a segment share
DROPOUT = 0.1
STEP = 16
"""Rows are padded to a multiple of so many tokens, and only rows of one length share a batch: a
turn then gives the same bits beside any others, or alone. Seen on the CPU, on one thread."""

Floats = NDArray[np.float32]


def build_network(config: Path) -> Any:
    """Build the network without weights: a ``torch.nn.ModuleDict`` of the encoder and its heads.

    Args:
        config: The encoder's ``config.json``.
    """
    from torch import nn
    from transformers import BertConfig, BertModel

    bert = BertConfig.from_json_file(config)
    width = bert.hidden_size
    # Sequential, not a module of its own: the head is these layers and nothing else.
    mix = nn.Sequential(
        nn.Dropout(DROPOUT),
        nn.Linear(3 * width + FEATURES, MIXED),
        nn.GELU(),
        nn.Dropout(DROPOUT),
    )
    return nn.ModuleDict(
        {
            "encoder": BertModel(bert, add_pooling_layer=False),
            "boundary": nn.Linear(2 * width + MARKS, 1),
            "mix": mix,
            "labels": nn.Linear(MIXED, len(LABELS)),
            "flags": nn.Linear(MIXED, len(FLAGS)),
        }
    )


def hidden_states(network: Any, rows: Sequence[Row]) -> Any:
    """Run the encoder over rows padded alike; shape (rows, tokens, width)."""
    import torch

    longest = max(padded(row) for row in rows)
    ids, types, mask = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    for at, row in enumerate(rows):
        size = len(row.ids)
        ids[at, :size] = torch.tensor(row.ids)
        types[at, :size] = torch.tensor(row.types)
        mask[at, :size] = 1
    encoded = network["encoder"](input_ids=ids, token_type_ids=types, attention_mask=mask)
    return encoded.last_hidden_state


def boundary_logits(network: Any, hidden: Any, row: Row) -> Any:
    """Say how likely each word of one row starts a segment, from its state and the word before.

    Args:
        network: From ``build_network``.
        hidden: The row's states, shape (tokens, width).
        row: Where its words lie.

    Returns:
        Shape (words,).
    """
    import torch

    first = torch.tensor([start for start, _ in row.spans])
    marks = torch.tensor(row.marks)
    return network["boundary"](torch.cat([hidden[first], hidden[first - 1], marks], 1)).squeeze(1)


def pooled(hidden: Any, row: Row, cuts: Sequence[tuple[int, int]]) -> Any:
    """Put together what the heads read of each segment.

    Args:
        hidden: The row's states, shape (tokens, width).
        row: Where its words lie.
        cuts: First word and one past the last word of each segment.

    Returns:
        Shape (segments, 3 * width): the segment, the whole text, the context.
    """
    import torch

    words = [hidden[row.spans[a][0] : row.spans[b - 1][1]].mean(0) for a, b in cuts]
    segments = torch.stack(words)
    context = hidden[: row.spans[0][0]].mean(0)
    around = torch.cat([hidden[0], context]).expand(len(cuts), -1)
    return torch.cat([segments, around], 1)


def cuts_at(starts: Sequence[bool]) -> list[tuple[int, int]]:
    """Turn start marks, one a word, into segments; the first word always starts one."""
    at = [place for place, start in enumerate(starts) if start or place == 0]
    return list(zip(at, [*at[1:], len(starts)], strict=True))


def softmax(logits: Floats) -> NDArray[np.float64]:
    """Return probabilities along the last axis."""
    raised = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    shares: NDArray[np.float64] = raised / raised.sum(-1, keepdims=True)
    return shares


def padded(row: Row) -> int:
    """Return how many tokens a row is padded to."""
    return -(-len(row.ids) // STEP) * STEP
