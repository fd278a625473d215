"""`trainer measure --check`: a figure that fell is named, rounding is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.errors import InputError
from trainer.scoring.classifier import NAME
from trainer.training.figures import Figure
from trainer.training.measure import Table, as_text, fallen, measure, write
from trainer.training.train import SCORER


def table(f1: float, drift: float) -> Table:
    figures = {
        "open F1, turns": Figure(f1, 0.1, 0.9, 40),
        "median neutrality drift": Figure(drift, 0.0, 9.0, 40),
    }
    return {"minilm-3": {"no marks": figures}}


@pytest.mark.parametrize(
    ("f1", "drift", "named"),
    [
        (0.80, 2.0, []),
        (0.792, 2.3, []),
        (0.95, 0.0, []),
        (0.70, 2.0, ["open F1, turns"]),
        (0.80, 4.0, ["median neutrality drift"]),
    ],
)
def test_a_figure_that_became_worse_is_named(
    tmp_path: Path, f1: float, drift: float, named: list[str]
) -> None:
    write(table(0.80, 2.0), tmp_path / "metrics.json")
    worse = fallen(table(f1, drift), tmp_path / "metrics.json")
    assert [line.split(": ")[1] for line in worse] == named


def test_a_figure_that_was_not_there_before_is_not_compared(tmp_path: Path) -> None:
    write({}, tmp_path / "metrics.json")
    assert fallen(table(0.1, 9.0), tmp_path / "metrics.json") == []


def test_figures_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run trainer measure"):
        fallen(table(0.1, 9.0), tmp_path / "metrics.json")


def test_the_table_shows_gates_beside_figures() -> None:
    text = as_text(table(0.8, 2.0))
    assert "≥0.85" in text and "0.80 (0.10-0.90) 40" in text


@pytest.mark.model
@pytest.mark.slow
def test_no_figure_of_the_scorer_has_fallen() -> None:
    """Measured anew, with the outside data where it lies beside the checkout."""
    found = measure(only=NAME)
    assert fallen(found, SCORER / "metrics.json") == []
