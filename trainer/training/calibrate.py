"""Read temperature and thresholds off the dev talks, as written and without marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.scoring.calibration import Reading
from trainer.scoring.classifier import RULES_SAY, mixed
from trainer.scoring.network import boundary_logits, hidden_states, pooled, softmax
from trainer.scoring.turn_input import FLAGS, Opinion
from trainer.training.disturb import with_errors, without_marks
from trainer.training.examples import Example, Floats, Laid, lay_out, vocabulary_of

TEMPERATURES = np.geomspace(0.5, 4.0, 43)
STARTS = np.arange(0.15, 0.86, 0.025)
FLAGGED = np.arange(RULES_SAY + 0.025, 0.71, 0.025)  # the rules alone must not decide
SELDOM = 8  # a flag with fewer dev segments keeps the middle threshold
BATCH = 32
WORD_ERRORS = 0.05


class Found(NamedTuple):
    """What the dev talks say."""

    marked: Reading
    bare: Reading
    flags: list[float]


class _Seen(NamedTuple):
    """The heads' raw answers on the dev talks, beside the targets."""

    logits: Floats
    labels: Floats
    flags: Floats
    flag_targets: Floats
    starts: Floats
    start_targets: Floats
    rules: Floats
    rules_flags: Floats


def calibrate(network: Any, tokenizer: Any, examples: Sequence[Example], seed: int) -> Found:
    """Choose the temperatures by likelihood and the thresholds by F1.

    A missed start counts twice as much as a false one: it hides a whole segment, while a
    segment cut in two mostly keeps its label. The rules have their part, as when labelling.
    """
    chance = np.random.default_rng(seed)
    words = vocabulary_of(examples)
    marked = _seen(network, [lay_out(tokenizer, each, each.words) for each in examples])
    heard = []
    for each in examples:
        said = without_marks(with_errors(each.words, chance, words, rate=WORD_ERRORS))
        heard.append(lay_out(tokenizer, each, said))
    bare = _seen(network, heard)
    both = (marked, bare)
    flags = np.concatenate([_shares(each, 1.0).flags for each in both])
    truth = np.concatenate([each.flag_targets for each in both])
    return Found(
        _reading(marked),
        _reading(bare),
        [_best(flags[:, at], truth[:, at] >= 0.5, FLAGGED) for at in range(len(FLAGS))],
    )


def _seen(network: Any, laid: Sequence[Laid]) -> _Seen:
    near = sorted(laid, key=lambda each: len(each.row.ids))
    return _Seen(*(np.concatenate(parts) for parts in zip(*_answers(network, near), strict=True)))


def _answers(network: Any, laid: Sequence[Laid]) -> Iterator[tuple[Any, ...]]:
    import torch

    with torch.inference_mode():
        for at in range(0, len(laid), BATCH):
            batch = laid[at : at + BATCH]
            hidden = hidden_states(network, [each.row for each in batch])
            for place, each in enumerate(batch):
                states = pooled(hidden[place], each.row, each.cuts)
                both = network["mix"](torch.cat([states, torch.from_numpy(each.features)], 1))
                targets = np.zeros(len(each.row.spans), np.float32)
                targets[[first for first, _ in each.cuts]] = 1
                starts = boundary_logits(network, hidden[place], each.row).sigmoid().numpy()
                open_to = np.array(each.row.may_start)
                open_to[0] = False
                yield (
                    network["labels"](both).numpy(),
                    each.labels,
                    network["flags"](both).sigmoid().numpy(),
                    each.flags,
                    starts[open_to],
                    targets[open_to],
                    *each.opinion,
                )


def _shares(seen: _Seen, temperature: float) -> Opinion:
    rules = Opinion(seen.rules, seen.rules_flags)
    return mixed(softmax(seen.logits / temperature), seen.flags, rules)


def _reading(seen: _Seen) -> Reading:
    losses = [-(seen.labels * np.log(_shares(seen, t).shares + 1e-12)).sum() for t in TEMPERATURES]
    return Reading(
        round(float(TEMPERATURES[int(np.argmin(losses))]), 4),
        round(_best(seen.starts, seen.start_targets > 0.5, STARTS, missed=4.0), 3),
    )


def _best(
    shares: NDArray[np.floating[Any]],
    truth: NDArray[np.bool_],
    thresholds: NDArray[np.float64],
    missed: float = 1.0,
) -> float:
    """Return the threshold of the highest F, the mean of those that reach it.

    Args:
        shares: Probabilities.
        truth: What holds.
        thresholds: To choose among.
        missed: Weight of a miss against a false alarm: 1 gives F1, 4 gives F2.
    """
    if truth.sum() < SELDOM:
        return 0.5
    scores = []
    for least in thresholds:
        guess = shares >= least
        hits = (1 + missed) * float((guess & truth).sum())
        scores.append(hits / max(1.0, float(guess.sum() + missed * truth.sum())))
    top = max(scores)
    return float(np.mean([t for t, s in zip(thresholds, scores, strict=True) if s >= top - 0.003]))
