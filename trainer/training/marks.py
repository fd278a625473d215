"""A third task: which sentences of real talk ask, as the people who wrote it down marked them.

The turns are a classroom's and a coach's of the outside data, where they lie beside the checkout.
Nobody has labelled them by the rubric, but whoever wrote them down heard which sentence was a
question and ended it with a question mark. So the network learns to give such a sentence to the
asking labels, whichever, and the others to the labels that do not ask; with the marks taken away
as well as with them, so that it has to learn from the words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer import paths
from trainer.labels import SCORED_ASKS
from trainer.scoring.network import Floats, hidden_states, pooled
from trainer.scoring.turn_input import FLAGS, LABELS
from trainer.training.disturb import plain
from trainer.training.examples import Example, Laid, lay_out
from trainer.types import Label, ManagerTurn

FOLDER = paths.PROJECT.parent / "shared" / "data" / "train"
FILES = ("funneling_focusing_train.jsonl", "physical_activity_coach.jsonl")
MOST_ASKING = 0.2
"""Of the rules' shares: above it a sentence without a question mark may ask all the same ("Tell me
more."), and is left out."""
_MOST_SENTENCES = 6
_SENTENCE = re.compile(r"[^.?!]+[.?!]+[”\"')]*\s*")
_ASKS = np.array([label in SCORED_ASKS or label is Label.PERMISSION for label in LABELS])


class Marked(NamedTuple):
    """A turn as it was written down, or without marks, and which of its sentences ask."""

    laid: Laid
    asks: NDArray[np.bool_]
    known: NDArray[np.bool_]
    """Whether that can be told from its mark."""


def read_marked(tokenizer: Any, folder: Path = FOLDER) -> list[Marked]:
    """Read the turns, each with its marks and without; none where the files are not."""
    found = []
    for name in FILES:
        path = folder / name
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                found += _both_ways(tokenizer, str(row["text"]), str(row["said_before"]))
    return found


def _both_ways(tokenizer: Any, text: str, said_before: str) -> list[Marked]:
    sentences = [" ".join(each.split()) for each in _SENTENCE.findall(text)][:_MOST_SENTENCES]
    sentences = [each for each in sentences if plain(each).strip()]
    if not sentences:
        return []
    words = [each.split() for each in sentences]
    bare = [plain(each).split() for each in sentences]
    before = (said_before,) if said_before.strip() else ()
    turn = ManagerTurn(" ".join(sentences), before)
    example = Example(turn, words, *_nothing(len(words)))
    asks = np.array(["?" in each[-3:] for each in sentences])
    laid = lay_out(tokenizer, example, words)
    said = laid.opinion.shares / laid.opinion.shares.sum(1, keepdims=True)
    size = len(laid.cuts)
    known = asks[:size] | (said[:, _ASKS].sum(1) < MOST_ASKING)
    return [Marked(each, asks[:size], known) for each in (laid, lay_out(tokenizer, example, bare))]


def _nothing(size: int) -> tuple[Floats, Floats]:
    return np.zeros((size, len(LABELS)), np.float32), np.zeros((size, len(FLAGS)), np.float32)


class MarkDraw:
    """Draws batches of turns; a seed gives the same ones."""

    def __init__(self, turns: Sequence[Marked], size: int) -> None:
        """Keep the turns in which anything can be told."""
        self._turns = [each for each in turns if each.known.any()]
        self._size = size

    def batch(self, chance: np.random.Generator) -> list[Marked]:
        """Draw one batch; empty where there are no turns."""
        if not self._turns:
            return []
        return [self._turns[at] for at in chance.integers(len(self._turns), size=self._size)]

    def loss(self, network: Any, batch: Sequence[Marked]) -> Any:
        """Return the mean of -log of the share given to the right side, as a tensor."""
        import torch

        with torch.autocast("cpu", torch.bfloat16):
            hidden = hidden_states(network, [each.laid.row for each in batch]).float()
        states = []
        for place, each in enumerate(batch):
            seen = pooled(hidden[place], each.laid.row, each.laid.cuts)
            states.append(torch.cat([seen, torch.from_numpy(each.laid.features)], 1))
        logits = network["labels"](network["mix"](torch.cat(states)))
        whole = torch.logsumexp(logits, 1)
        asking = torch.from_numpy(_ASKS)
        yes = whole - torch.logsumexp(logits[:, asking], 1)
        no = whole - torch.logsumexp(logits[:, ~asking], 1)
        asks = torch.from_numpy(np.concatenate([each.asks for each in batch]))
        known = torch.from_numpy(np.concatenate([each.known for each in batch]))
        return torch.where(asks, yes, no)[known].mean()
