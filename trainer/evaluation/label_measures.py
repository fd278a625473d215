"""Figures of labels from counts of pairs: precision, recall, F1, kappas, and their intervals.

A figure is scikit-learn's. Its interval comes from a thousand resamples, for which the same figure
is computed from all confusion tables at once: a test holds the two against each other.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.figures import draws, interval
from trainer.evaluation.result import Interval
from trainer.labels import LABEL_GROUPS
from trainer.types import Group, Label

LABELS = tuple(Label)
GROUPS = tuple(Group)
SIZE = len(LABELS)
_GROUP_OF = np.array([GROUPS.index(LABEL_GROUPS[label]) for label in LABELS])
_IN_GROUP = np.eye(len(GROUPS))[_GROUP_OF]  # shape (labels, groups)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def categorical(kinds: Ints, by_talk: Ints, column: int) -> dict[str, Interval]:
    """Return every figure of labels: the value is scikit-learn's, the interval by resampling."""
    if not len(kinds):
        return {}
    value = label_figures(kinds[:, 0], kinds[:, column], by_talk.sum(0))
    drawn = drawn_figures(kinds, by_talk, column)
    return {name: interval(v, drawn[name][~np.isnan(drawn[name])]) for name, v in value.items()}


def label_figures(gold: Ints, scored: Ints, counts: Ints) -> dict[str, float]:
    """Compute every figure of labels from counts of pairs; undefined ones are left out."""
    from sklearn import metrics

    used = np.union1d(gold, scored)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of labels with a single kind, whose kappa is undefined
        precision, recall, f1, support = metrics.precision_recall_fscore_support(
            gold, scored, labels=used, sample_weight=counts, zero_division=np.nan
        )
        found = {
            "accuracy": float(metrics.accuracy_score(gold, scored, sample_weight=counts)),
            "macro_f1": float(np.mean(f1[support > 0])),
            "cohen_kappa": float(metrics.cohen_kappa_score(gold, scored, sample_weight=counts)),
            "group_kappa": float(
                metrics.cohen_kappa_score(_GROUP_OF[gold], _GROUP_OF[scored], sample_weight=counts)
            ),
        }
    for name, values in (("precision", precision), ("recall", recall), ("f1", f1)):
        found |= {
            f"{name}.{LABELS[at]}": float(each) for at, each in zip(used, values, strict=True)
        }
    return {name: each for name, each in found.items() if not np.isnan(each)}


def drawn_figures(kinds: Ints, by_talk: Ints, column: int) -> dict[str, Floats]:
    """Return every figure of every resample of the talks; NaN where one is undefined."""
    parts: list[dict[str, Floats]] = []
    cell_of = np.eye(SIZE * SIZE)[kinds[:, 0] * SIZE + kinds[:, column]]
    for weights in draws(len(by_talk)):
        tables = (weights @ by_talk).astype(np.float64) @ cell_of
        parts.append(table_figures(tables.reshape(-1, SIZE, SIZE)))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def table_figures(tables: Floats) -> dict[str, Floats]:
    """Compute what ``label_figures`` does for many confusion tables at once.

    scikit-learn takes one table at a time, and a thousand resamples would take ten seconds.

    Args:
        tables: Shape (tables, labels, labels), gold down, scored across.
    """
    right = np.diagonal(tables, axis1=1, axis2=2)
    gold, scored = tables.sum(2), tables.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = 2 * right / (gold + scored)
        found = {
            "accuracy": right.sum(1) / tables.sum((1, 2)),
            "macro_f1": np.where(gold > 0, f1, 0).sum(1) / (gold > 0).sum(1),
            "cohen_kappa": _kappa(tables),
            "group_kappa": _kappa(_IN_GROUP.T @ tables @ _IN_GROUP),
        }
        for name, values in (("precision", right / scored), ("recall", right / gold), ("f1", f1)):
            found |= {f"{name}.{label}": values[:, at] for at, label in enumerate(LABELS)}
    return found


def _kappa(tables: Floats) -> Floats:
    shares = tables / tables.sum((1, 2), keepdims=True)
    agreed = np.trace(shares, axis1=1, axis2=2)
    by_chance = (shares.sum(1) * shares.sum(2)).sum(1)
    found: Floats = (agreed - by_chance) / (1 - by_chance)
    return found


def fleiss_kappa(counts: Ints) -> float | None:
    """Return Fleiss' kappa, which neither scikit-learn nor scipy has (Fleiss 1971).

    Args:
        counts: How many raters put each item into each class, shape (items, classes); every item
            has the same number of raters, at least two.
    """
    raters = counts[0].sum()
    agreed = ((counts * (counts - 1)).sum(1) / (raters * (raters - 1))).mean()
    by_chance = float(np.square(counts.sum(0) / counts.sum()).sum())
    return None if by_chance == 1 else float((agreed - by_chance) / (1 - by_chance))
