"""A second task for the encoder: which sentences give advice, as people marked them.

The sentences are ``advice_reddit.jsonl`` of the outside data, where it lies beside the checkout.
The task has a head of its own, which is not kept: what stays is an encoder that has read far more
advice, in more people's words, than the corpus holds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from trainer import paths
from trainer.scoring.network import hidden_states, pooled
from trainer.scoring.turn_input import rows_of
from trainer.types import ManagerTurn

FILE = paths.PROJECT.parent / "shared" / "data" / "train" / "advice_reddit.jsonl"
ADVICE = "advice"  # its head in the network
_LEAST_WORDS, _MOST_WORDS = 3, 40


class Sentence(NamedTuple):
    """A sentence somebody wrote, and whether people call it advice."""

    text: str
    advice: bool


def read_sentences(path: Path = FILE) -> list[Sentence]:
    """Read the marked sentences; none where the file is not."""
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    found = [Sentence(_joined(str(row["text"])), bool(row["advice"])) for row in rows]
    return [each for each in found if _LEAST_WORDS <= len(each.text.split()) <= _MOST_WORDS]


def _joined(text: str) -> str:
    """Undo the tokenising: marks and short forms stand apart in the file."""
    for mark in (".", ",", "?", "!", ";", ":", "'s", "'d", "'m", "'re", "'ve", "'ll", "n't"):
        text = text.replace(f" {mark}", mark)
    return " ".join(text.split())


class SentenceDraw:
    """Draws batches of sentences, as many of advice as of others; a seed gives the same ones."""

    def __init__(self, sentences: Sequence[Sentence], tokenizer: Any, size: int) -> None:
        """Part the sentences by what they are."""
        self._kinds = [[s for s in sentences if s.advice is wanted] for wanted in (True, False)]
        self._tokenizer = tokenizer
        self._size = size

    def batch(self, chance: np.random.Generator) -> list[Sentence]:
        """Draw one batch; empty where there are no sentences."""
        if not all(self._kinds):
            return []
        half = self._size // 2
        return [k[at] for k in self._kinds for at in chance.integers(len(k), size=half)]

    def loss(self, network: Any, batch: Sequence[Sentence]) -> Any:
        """Return the mean cross-entropy of the network's advice head on a batch, as a tensor."""
        import torch
        from torch.nn import functional

        rows = [
            rows_of(self._tokenizer, ManagerTurn(each.text), each.text.split())[0] for each in batch
        ]
        with torch.autocast("cpu", torch.bfloat16):
            hidden = hidden_states(network, rows).float()
        width = hidden.shape[-1]
        whole = [pooled(hidden[n], row, [(0, len(row.spans))]) for n, row in enumerate(rows)]
        logits = network[ADVICE](torch.cat(whole)[:, :width]).squeeze(1)
        truth = torch.tensor([float(each.advice) for each in batch])
        return functional.binary_cross_entropy_with_logits(logits, truth)
