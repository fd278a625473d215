"""Figures: hand-computed values, and intervals that hold them."""

from __future__ import annotations

import pytest

from trainer.training.agreement import kappa as plain_kappa
from trainer.training.figures import Figure, f1, kappa, median, pearson, share

TALKS = ["a", "a", "b", "b", "c", "c"]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (f1(TALKS, [True] * 3 + [False] * 3, [True, False, True, True, False, False]), 2 / 3),
        (f1(TALKS, [False] * 6, [False] * 6), 0.0),
        (share(TALKS, [True, True, True, False, False, False]), 0.5),
        (kappa(TALKS, list("xxyyzz"), list("xxyyzz")), 1.0),
        (kappa(TALKS, list("xxxyyy"), list("xxyyyx")), 1 / 3),
        (pearson(TALKS, [1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 12]), 1.0),
        (median([3, 1, 2]), 2.0),
    ],
)  # fmt: skip
def test_a_figure_is_what_it_is_by_hand(figure: Figure, value: float) -> None:
    assert figure.value == pytest.approx(value)
    assert figure.low <= figure.value + 1e-9 and figure.value <= figure.high + 1e-9


def test_kappa_is_the_same_with_and_without_an_interval() -> None:
    gold, guess = list("xxyyzzxyzx"), list("xyyyzzxxzz")
    assert kappa([str(n) for n in range(10)], gold, guess).value == pytest.approx(
        plain_kappa(gold, guess)
    )


def test_the_interval_is_the_same_every_time() -> None:
    held = [True, False, True, True, False, True]
    assert share(TALKS, held) == share(TALKS, held)
