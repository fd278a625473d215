"""Figures with 95% bootstrap intervals, resampled over whole talks.

The turns of one talk are alike, so that a talk counts as one draw; unrelated turns are drawn
singly. One seed, and talks in the order of the inputs, make the intervals the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.result import Interval

RESAMPLES = 1000
SEED = 7
_HELD = 20_000  # numbers of draws held in memory together, however many groups there are

Floats = NDArray[np.float64]


def draws(groups: int, resamples: int = RESAMPLES) -> Iterator[NDArray[np.int64]]:
    """Yield how often each group is drawn, shape (some draws, groups), until all are drawn."""
    chance = np.random.default_rng(SEED)
    even = np.full(groups, 1 / groups)
    at_once = max(1, _HELD // groups)
    for start in range(0, resamples, at_once):
        yield chance.multinomial(groups, even, min(at_once, resamples - start))


def ratio(numerators: Sequence[float], denominators: Sequence[float]) -> Interval | None:
    """Return the sum of one over the sum of the other, each group giving to both; None for 0."""
    tops, bottoms = np.array(numerators, float), np.array(denominators, float)
    if not bottoms.sum():
        return None
    found = []
    for weights in draws(len(tops)):
        below = weights @ bottoms
        found.append((weights @ tops)[below > 0] / below[below > 0])
    return interval(float(tops.sum() / bottoms.sum()), np.concatenate(found))


def interval(value: float, drawn: Floats, places: int = 3) -> Interval:
    """Put a figure together with the middle 95% of its resamples."""
    low, high = np.quantile(drawn, (0.025, 0.975)) if len(drawn) else (value, value)
    return Interval(round(value, places), round(float(low), places), round(float(high), places))


def resampled(
    groups: Sequence[NDArray[np.int64]], of: Callable[[NDArray[np.int64]], float | None]
) -> Interval | None:
    """Return a figure of items that are resampled by their groups.

    Args:
        groups: The places of each group's items.
        of: The figure of the items at some places; None where it has none.
    """
    value = of(np.concatenate(groups)) if groups else None
    if value is None:
        return None
    found: list[float] = []
    for weights in draws(len(groups)):
        for row in weights:
            places = np.concatenate(
                [np.tile(groups[at], row[at]) for at in np.flatnonzero(row).tolist()]
            )
            drawn = of(places)
            if drawn is not None:
                found.append(drawn)
    return interval(value, np.array(found))
