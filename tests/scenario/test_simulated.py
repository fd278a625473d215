"""Simulated managers, the real scorer, every scenario: asking well pays, pushing does not.

A small one of `trainer scenarios simulate`, which holds more talks and judges each scenario alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from trainer import build
from trainer.scenario.load import load_all
from trainer.simulation.managers import MANAGERS, Kind
from trainer.simulation.table import Row, row_of
from trainer.simulation.talk import Talk, talks_with

pytestmark = pytest.mark.model

SEEDS = range(3)
CHECKED = ("coach", "teller", "leader", "interrogator")


@pytest.fixture(scope="module")
def rows() -> Mapping[str, Sequence[Row]]:
    """What came of the talks, by manager, a row a scenario."""
    kinds = [kind for kind in MANAGERS if kind.name in CHECKED]
    encoder, classifier = build.sentence_encoder(), build.classifier()
    found: dict[str, list[Row]] = {name: [] for name in CHECKED}
    for listed in load_all():
        scenario = listed.scenario
        assert scenario is not None
        talks = talks_with(scenario, kinds, SEEDS, classifier=classifier, encoder=encoder)
        for kind in kinds:
            found[kind.name].append(row_of(scenario, kind, of(kind, talks)))
    return found


def of(kind: Kind, talks: Sequence[Talk]) -> list[Talk]:
    return [talk for talk in talks if talk.manager == kind.name]


def good(rows: Sequence[Row]) -> float:
    """Return the share of talks with the good ending."""
    return sum(row.good * row.talks for row in rows) / sum(row.talks for row in rows)


def test_a_coach_gets_the_good_ending(rows: Mapping[str, Sequence[Row]]) -> None:
    assert good(rows["coach"]) >= 0.9


@pytest.mark.parametrize("name", CHECKED[1:])
def test_who_pushes_does_not(rows: Mapping[str, Sequence[Row]], name: str) -> None:
    assert good(rows[name]) <= 0.1


@pytest.mark.parametrize("name", CHECKED)
def test_nothing_is_said_before_its_time_or_twice(
    rows: Mapping[str, Sequence[Row]], name: str
) -> None:
    assert [(row.scenario, row.early, row.repeats) for row in rows[name]] == [
        (row.scenario, 0, 0) for row in rows[name]
    ]
