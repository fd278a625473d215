"""How well the scorer agrees with people, with intervals over whole talks.

Everything is measured twice where the words really said are known: on the words as they were heard,
and on the words themselves; ``change`` says what recognition costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trainer.evaluation.figures import interval, ratio, resampled
from trainer.evaluation.label_measures import (
    LABELS,
    SIZE,
    Floats,
    Ints,
    categorical,
    drawn_figures,
    fleiss_kappa,
    label_figures,
)
from trainer.evaluation.result import DoneTalk, EvaluatedTurn, Interval
from trainer.types import Axis, Label

FEWEST_TURNS = 3  # a correlation of two points is always 1
_NO_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """One label: how often people gave it, and how well the scorer finds it."""

    label: Label
    gold: int
    scored: int
    precision: Interval | None
    recall: Interval | None
    f1: Interval | None


@dataclass(frozen=True, slots=True)
class ScoreAgreement:
    """One axis: the scorer's turn scores beside people's."""

    turns: int
    pearson: Interval | None
    spearman: Interval | None
    mean_absolute_error: Interval | None


@dataclass(frozen=True, slots=True)
class Measures:
    """Agreement on one version of the words."""

    labels: tuple[LabelAgreement, ...]
    accuracy: Interval | None
    macro_f1: Interval | None
    """Mean F1 of the labels that people gave."""
    cohen_kappa: Interval | None
    group_kappa: Interval | None
    """Cohen's kappa on the seven groups."""
    confusion: tuple[tuple[int, ...], ...]
    """A row for each label people gave, a column for each the scorer gave; in the labels' order."""
    scores: Mapping[Axis, ScoreAgreement]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything measured against people."""

    segments: int
    turns: int
    raters: int
    """The most people who judged one segment."""
    measures: Measures
    """On the words as they were heard or written."""
    from_reference: Measures | None
    """On the words really said, for the segments where they are known."""
    change: Mapping[str, Interval]
    """What recognising the words changed: as heard less as said, paired."""
    fleiss_kappa: Interval | None
    """Among the raters, over the segments that all of them judged."""
    fleiss_kappa_with_scorer: Interval | None
    """The same with the scorer as one more rater."""
    word_error_rate: Interval | None


class _Cells:
    """Pairs of labels counted by talk: gold, scored, and scored from the reference or -1."""

    def __init__(self) -> None:
        self.counts: list[Counter[tuple[int, int, int]]] = []

    def add(self, turns: Sequence[EvaluatedTurn]) -> None:
        counted: Counter[tuple[int, int, int]] = Counter()
        for turn in turns:
            for pair in turn.gold.pairs if turn.gold else ():
                other = pair.scored_from_reference
                counted[
                    LABELS.index(pair.gold),
                    LABELS.index(pair.scored),
                    -1 if other is None else LABELS.index(other),
                ] += 1
        if counted:
            self.counts.append(counted)

    def table(self, *, with_reference: bool) -> tuple[Ints, Ints]:
        """Return the kinds of pairs, shape (kinds, 3), and each talk's counts of them."""
        kinds = sorted({k for c in self.counts for k in c if k[2] >= 0 or not with_reference})
        by_talk = np.array([[c[kind] for kind in kinds] for c in self.counts], np.int64)
        kept = by_talk.sum(1) > 0 if len(kinds) else np.zeros(len(self.counts), bool)
        return np.array(kinds, np.int64).reshape(-1, 3), by_talk[kept]


class AgreementGatherer:
    """Takes talks one at a time; keeps counts and scores, no words."""

    def __init__(self) -> None:
        self._cells = _Cells()
        self._scores: dict[Axis, list[list[tuple[float, float, float]]]] = {a: [] for a in Axis}
        self._raters: list[list[tuple[tuple[int, ...], int]]] = []
        self._errors: list[tuple[int, int]] = []
        self._turns = 0

    def add(self, done: DoneTalk) -> None:
        """Take one talk."""
        for turns in [done.turns] if done.talk.whole else [(turn,) for turn in done.turns]:
            self._cells.add(turns)
            for axis in Axis:
                if rows := list(filter(None, (_scores(turn, axis) for turn in turns))):
                    self._scores[axis].append(rows)
            rated = [
                (tuple(LABELS.index(each) for each in pair.raters), LABELS.index(pair.scored))
                for turn in turns
                if turn.gold
                for pair in turn.gold.pairs
                if len(pair.raters) > 1
            ]
            if rated:
                self._raters.append(rated)
            heard = [turn.reference for turn in turns if turn.reference]
            if heard:
                self._errors.append(
                    (sum(each.word_errors for each in heard), sum(each.words for each in heard))
                )
            self._turns += sum(turn.gold is not None for turn in turns)

    def agreement(self) -> Agreement | None:
        """Return what was measured; None when nothing could be."""
        if not self._turns and not self._errors:
            return None
        kinds, by_talk = self._cells.table(with_reference=False)
        both, both_by_talk = self._cells.table(with_reference=True)
        heard = _measures(kinds, by_talk, 1, self._scores, 1)
        said, change = None, {}
        if len(both) or any(_with_reference(self._scores[axis]) for axis in Axis):
            referenced = {axis: _with_reference(self._scores[axis]) for axis in Axis}
            said = _measures(both, both_by_talk, 2, referenced, 2)
            change = _change(both, both_by_talk, referenced)
        most, fleiss, with_scorer = self._fleiss()
        return Agreement(
            segments=int(by_talk.sum()),
            turns=self._turns,
            raters=max(most, 1),
            measures=heard,
            from_reference=said,
            change=change,
            fleiss_kappa=fleiss,
            fleiss_kappa_with_scorer=with_scorer,
            word_error_rate=ratio([e for e, _ in self._errors], [w for _, w in self._errors]),
        )

    def _fleiss(self) -> tuple[int, Interval | None, Interval | None]:
        most = max((len(raters) for talk in self._raters for raters, _ in talk), default=1)
        full = [[each for each in talk if len(each[0]) == most] for talk in self._raters]
        full = [talk for talk in full if talk]
        if not full:
            return most, None, None
        return (
            most,
            _fleiss_over([[raters for raters, _ in talk] for talk in full]),
            _fleiss_over([[(*raters, scored) for raters, scored in talk] for talk in full]),
        )


def _scores(turn: EvaluatedTurn, axis: Axis) -> tuple[float, float, float] | None:
    """Return gold, scored, and scored from the reference (NaN where there is none)."""
    gold = getattr(turn.gold, axis) if turn.gold else None
    scored = getattr(turn, axis)
    if gold is None or scored is None:
        return None
    other = getattr(turn.reference, axis) if turn.reference else None
    return gold, scored, np.nan if other is None else other


_Rows = Sequence[Sequence[tuple[float, float, float]]]


def _with_reference(talks: _Rows) -> list[list[tuple[float, float, float]]]:
    kept = [[row for row in talk if not np.isnan(row[2])] for talk in talks]
    return [talk for talk in kept if talk]


def _measures(
    kinds: Ints, by_talk: Ints, column: int, scores: Mapping[Axis, _Rows], score_column: int
) -> Measures:
    figures = categorical(kinds, by_talk, column)
    confusion = np.zeros((SIZE, SIZE), np.int64)
    for kind, count in zip(kinds, by_talk.sum(0), strict=True) if len(kinds) else ():
        confusion[kind[0], kind[column]] += count
    return Measures(
        labels=tuple(
            LabelAgreement(
                label,
                int(confusion[at].sum()),
                int(confusion[:, at].sum()),
                figures.get(f"precision.{label}"),
                figures.get(f"recall.{label}"),
                figures.get(f"f1.{label}"),
            )
            for at, label in enumerate(LABELS)
        ),
        accuracy=figures.get("accuracy"),
        macro_f1=figures.get("macro_f1"),
        cohen_kappa=figures.get("cohen_kappa"),
        group_kappa=figures.get("group_kappa"),
        confusion=tuple(tuple(int(n) for n in row) for row in confusion),
        scores={axis: _score_agreement(rows, score_column) for axis, rows in scores.items()},
    )


def _change(kinds: Ints, by_talk: Ints, scores: Mapping[Axis, _Rows]) -> dict[str, Interval]:
    """Return what the figures are as heard, less what they are as said, on the same draws."""
    changes: dict[str, Interval] = {}
    if len(kinds):
        heard, said = (
            label_figures(kinds[:, 0], kinds[:, column], by_talk.sum(0)) for column in (1, 2)
        )
        drawn = [drawn_figures(kinds, by_talk, column) for column in (1, 2)]
        for name in ("accuracy", "macro_f1", "cohen_kappa", "group_kappa"):
            if name in heard and name in said:
                off = drawn[0][name] - drawn[1][name]
                changes[name] = interval(heard[name] - said[name], off[~np.isnan(off)])
    for axis, talks in scores.items():
        table = np.array([row for talk in talks for row in talk]).reshape(-1, 3)

        def pearson(places: Ints, table: Floats = table) -> float | None:
            heard, said = (_pearson(table[places, 0], table[places, c]) for c in (1, 2))
            return None if heard is None or said is None else heard - said

        if found := resampled(_places(talks), pearson):
            changes[f"pearson.{axis}"] = found
    return changes


def _score_agreement(talks: _Rows, column: int) -> ScoreAgreement:
    table = np.array([row for talk in talks for row in talk]).reshape(-1, 3)
    gold, scored = table[:, 0], table[:, column]
    groups = _places(talks)
    off = np.abs(gold - scored)
    return ScoreAgreement(
        turns=len(table),
        pearson=_correlation("pearsonr", gold, scored, groups),
        spearman=_correlation("spearmanr", gold, scored, groups),
        mean_absolute_error=ratio(
            [float(off[places].sum()) for places in groups], [len(places) for places in groups]
        ),
    )


def _correlation(
    name: str, gold: Floats, scored: Floats, groups: Sequence[Ints]
) -> Interval | None:
    """Return a correlation: the value is scipy's, the interval by resampling."""
    from scipy import stats

    if _pearson(gold, scored) is None:
        return None
    ranked = name == "spearmanr"

    def of(places: Ints) -> float | None:
        one, other = gold[places], scored[places]
        return _pearson(*(map(stats.rankdata, (one, other)) if ranked else (one, other)))

    found = resampled(groups, of)
    value = round(float(getattr(stats, name)(gold, scored).statistic), 3)
    return None if found is None else Interval(value, found.low, found.high)


def _pearson(one: Floats, other: Floats) -> float | None:
    """Return the correlation, or None for too few turns or a side that is all the same."""
    one, other = one - one.mean() if len(one) else one, other - other.mean() if len(one) else other
    spread = float(np.sqrt((one @ one) * (other @ other)))
    if len(one) < FEWEST_TURNS or spread < _NO_SPREAD:
        return None
    return float(one @ other) / spread


def _places(talks: Sequence[Sequence[object]]) -> list[Ints]:
    ends = np.cumsum([len(talk) for talk in talks])
    return [np.arange(end - len(talk), end) for talk, end in zip(talks, ends, strict=True)]


def _fleiss_over(talks: Sequence[Sequence[tuple[int, ...]]]) -> Interval | None:
    counts = np.array(
        [np.bincount(raters, minlength=SIZE) for talk in talks for raters in talk], np.int64
    )
    return resampled(_places(talks), lambda places: fleiss_kappa(counts[places]))
