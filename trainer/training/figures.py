"""Figures with 95% bootstrap intervals, resampled over whole talks so that no talk counts twice.

Each figure is a function of sums that every talk adds to, so that a thousand resamples are one
matrix product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 7

Sums = NDArray[np.float64]
"""Shape (resamples, sums): what the talks drawn add up to."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95% interval and how many things it counts."""

    value: float
    low: float
    high: float
    n: int


def with_interval(
    talks: Sequence[str], parts: NDArray[np.float64], of: Callable[[Sums], Sums]
) -> Figure:
    """Compute a figure and resample its talks.

    Args:
        talks: The talk each item is from.
        parts: What each item adds, shape (items, sums).
        of: The figure of each row of sums.
    """
    names, at = np.unique(np.array(talks), return_inverse=True)
    by_talk = np.zeros((len(names), parts.shape[1]))
    np.add.at(by_talk, at, parts)
    chance = np.random.default_rng(SEED)
    drawn = chance.multinomial(len(names), np.full(len(names), 1 / len(names)), RESAMPLES)
    low, high = np.quantile(of(drawn @ by_talk), (0.025, 0.975))
    return Figure(float(of(by_talk.sum(0)[None])[0]), float(low), float(high), len(talks))


def f1(talks: Sequence[str], gold: Sequence[bool], guess: Sequence[bool]) -> Figure:
    """Return the F1 of a yes or no."""
    truth, said = np.array(gold, bool), np.array(guess, bool)
    parts = np.stack([truth & said, truth, said], 1).astype(np.float64)
    return with_interval(talks, parts, lambda s: 2 * s[:, 0] / np.maximum(s[:, 1] + s[:, 2], 1))


def share(talks: Sequence[str], held: Sequence[bool]) -> Figure:
    """Return the share of items for which something held."""
    parts = np.stack([np.array(held, float), np.ones(len(held))], 1)
    return with_interval(talks, parts, lambda s: s[:, 0] / np.maximum(s[:, 1], 1))


def kappa(talks: Sequence[str], gold: Sequence[str], guess: Sequence[str]) -> Figure:
    """Return Cohen's kappa."""
    kinds = sorted({*gold, *guess})
    size = len(kinds)
    parts = np.zeros((len(gold), size * size))
    for row, (one, other) in enumerate(zip(gold, guess, strict=True)):
        parts[row, kinds.index(one) * size + kinds.index(other)] = 1

    def of(sums: Sums) -> Sums:
        table = sums.reshape(-1, size, size)
        table = table / np.maximum(table.sum((1, 2), keepdims=True), 1)
        agreed = np.trace(table, axis1=1, axis2=2)
        chance = (table.sum(1) * table.sum(2)).sum(1)
        found: Sums = (agreed - chance) / np.maximum(1 - chance, 1e-9)
        return found

    return with_interval(talks, parts, of)


def pearson(talks: Sequence[str], gold: Sequence[float], guess: Sequence[float]) -> Figure:
    """Return Pearson's r."""
    x, y = np.array(gold, float), np.array(guess, float)
    parts = np.stack([np.ones(len(x)), x, y, x * x, y * y, x * y], 1)

    def of(sums: Sums) -> Sums:
        n, sx, sy, sxx, syy, sxy = sums.T
        spread = np.maximum((n * sxx - sx**2) * (n * syy - sy**2), 1e-9)
        found: Sums = (n * sxy - sx * sy) / np.sqrt(spread)
        return found

    return with_interval(talks, parts, of)


def median(values: Sequence[float]) -> Figure:
    """Return the median, resampled over the items themselves."""
    found = np.array(values, float)
    chance = np.random.default_rng(SEED)
    drawn = np.median(found[chance.integers(0, len(found), (RESAMPLES, len(found)))], axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(float(np.median(found)), float(low), float(high), len(found))
