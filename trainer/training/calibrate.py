"""Read temperature and thresholds off the dev talks, as written and without marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.scoring.classifier import FLAGS, boundary_logits, hidden_states, pooled, softmax
from trainer.training.disturb import with_errors, without_marks
from trainer.training.examples import Example, Floats, Laid, lay_out, vocabulary_of

TEMPERATURES = np.geomspace(0.5, 4.0, 43)
THRESHOLDS = np.arange(0.15, 0.86, 0.025)
SELDOM = 8  # a flag with fewer dev segments keeps the middle threshold
BATCH = 32


class Found(NamedTuple):
    """What the dev talks say."""

    temperature: float
    boundary: float
    flags: list[float]


class _Seen(NamedTuple):
    """The heads' raw answers on the dev talks, beside the targets."""

    logits: Floats
    labels: Floats
    flags: Floats
    flag_targets: Floats
    starts: Floats
    start_targets: Floats


def _answers(network: Any, laid: Sequence[Laid]) -> Iterator[tuple[Any, ...]]:
    import torch

    with torch.inference_mode():
        for at in range(0, len(laid), BATCH):
            batch = laid[at : at + BATCH]
            hidden = hidden_states(network, [each.row for each in batch])
            for place, each in enumerate(batch):
                states = pooled(hidden[place], each.row, each.cuts)
                mixed = network["mix"](torch.cat([states, torch.from_numpy(each.features)], 1))
                targets = np.zeros(len(each.row.spans), np.float32)
                targets[[first for first, _ in each.cuts]] = 1
                starts = boundary_logits(network, hidden[place], each.row).sigmoid().numpy()
                yield (
                    network["labels"](mixed).numpy(),
                    each.labels,
                    network["flags"](mixed).sigmoid().numpy(),
                    each.flags,
                    starts[1:],
                    targets[1:],
                )


def calibrate(network: Any, tokenizer: Any, examples: Sequence[Example], seed: int) -> Found:
    """Choose the temperature by likelihood and the thresholds by F1.

    A missed start counts twice as much as a false one: it hides a whole segment, while a
    segment cut in two mostly keeps its label.
    """
    chance = np.random.default_rng(seed)
    words = vocabulary_of(examples)
    laid = []
    for each in examples:
        laid.append(lay_out(tokenizer, each, each.words))
        heard = without_marks(with_errors(each.words, chance, words, rate=0.05))
        laid.append(lay_out(tokenizer, each, heard))
    laid.sort(key=lambda each: len(each.row.ids))
    seen = _Seen(*(np.concatenate(parts) for parts in zip(*_answers(network, laid), strict=True)))
    losses = [-(seen.labels * np.log(softmax(seen.logits / t) + 1e-12)).sum() for t in TEMPERATURES]
    return Found(
        float(TEMPERATURES[int(np.argmin(losses))]),
        _best(seen.starts, seen.start_targets > 0.5, missed=4.0),
        [_best(seen.flags[:, at], seen.flag_targets[:, at] >= 0.5) for at in range(len(FLAGS))],
    )


def _best(shares: Floats, truth: NDArray[np.bool_], missed: float = 1.0) -> float:
    """Return the threshold of the highest F, the mean of those that reach it.

    Args:
        shares: Probabilities.
        truth: What holds.
        missed: Weight of a miss against a false alarm: 1 gives F1, 4 gives F2.
    """
    if truth.sum() < SELDOM:
        return 0.5
    scores = []
    for least in THRESHOLDS:
        guess = shares >= least
        hits = (1 + missed) * float((guess & truth).sum())
        scores.append(hits / max(1.0, float(guess.sum() + missed * truth.sum())))
    top = max(scores)
    return float(np.mean([t for t, s in zip(THRESHOLDS, scores, strict=True) if s >= top - 0.003]))
