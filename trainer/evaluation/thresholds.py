"""Thresholds a run must keep, so that a pipeline fails when a scorer or a team gets worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.errors import UsageError
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.run import Evaluation
from trainer.types import Axis, Label

_ON_GOLD = (
    *("accuracy", "macro_f1", "cohen_kappa", "group_kappa", "fleiss_kappa", "word_error_rate"),
    *(f"{kind}.{axis}" for kind in ("pearson", "spearman") for axis in Axis),
    *(f"{kind}.{label}" for kind in ("precision", "recall", "f1") for label in Label),
)
NAMES = (*Axis, "talk_share", *_ON_GOLD)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least or the most a figure may be."""

    name: str
    limit: float
    is_least: bool

    @classmethod
    def parse(cls, text: str, *, is_least: bool) -> Threshold:
        """Read ``NAME=N``.

        Raises:
            UsageError: There is no such figure, or no number.
        """
        option = "--fail-under" if is_least else "--fail-over"
        name, _, number = text.partition("=")
        if name not in NAMES:
            raise UsageError(
                f"{option}: found '{text}', expected one of question_quality, agenda_neutrality, "
                "talk_share, or with --gold accuracy, macro_f1, cohen_kappa, group_kappa, "
                "fleiss_kappa, word_error_rate, f1.LABEL, precision.LABEL, recall.LABEL, "
                "pearson.AXIS, spearman.AXIS; then = and a number, "
                "for example question_quality=60"
            )
        try:
            limit = float(number)
        except ValueError as error:
            raise UsageError(
                f"{option}: found '{text}', expected a number after =, "
                "for example question_quality=60"
            ) from error
        return cls(name, limit, is_least)

    @property
    def needs_gold(self) -> bool:
        """Whether only judgements or references give the figure."""
        return self.name in _ON_GOLD


@dataclass(frozen=True, slots=True)
class Checked:
    """A threshold with the figure it was held against; None when it could not be computed."""

    threshold: Threshold
    found: float | None

    @property
    def held(self) -> bool:
        """Whether the figure is there and on the right side."""
        if self.found is None:
            return False
        limit = self.threshold.limit
        return self.found >= limit if self.threshold.is_least else self.found <= limit

    @property
    def message(self) -> str:
        """What was found and expected, in one line."""
        name, limit = self.threshold.name, f"{self.threshold.limit:g}"
        side = "least" if self.threshold.is_least else "most"
        mean = "a mean of " if name in list(Axis) else ""
        if self.found is None:
            return f"{name}: nothing was scored on it, expected {mean}at {side} {limit}"
        shown = f"{'mean ' if mean else ''}{self.found:.{1 if mean else 3}f}"
        if self.held:
            return f"{name}: {shown}, at {side} {limit}"
        return f"{name}: {shown} is {'under' if self.threshold.is_least else 'over'} {limit}"


def check(evaluation: Evaluation, thresholds: Sequence[Threshold]) -> tuple[Checked, ...]:
    """Hold the figures of a run against thresholds."""
    return tuple(Checked(each, _figure(evaluation, each.name)) for each in thresholds)


def _figure(evaluation: Evaluation, name: str) -> float | None:
    if name in list(Axis):
        mean = evaluation.summary.axes[Axis(name)].mean
        return None if mean is None else mean.value
    if name == "talk_share":
        return evaluation.summary.talk_share
    if evaluation.gold is None:
        return None
    return dict(_gold_figures(evaluation.gold)).get(name)


def _gold_figures(gold: Agreement) -> Iterator[tuple[str, float]]:
    measures = gold.measures
    found = {
        "accuracy": measures.accuracy,
        "macro_f1": measures.macro_f1,
        "cohen_kappa": measures.cohen_kappa,
        "group_kappa": measures.group_kappa,
        "fleiss_kappa": gold.fleiss_kappa,
        "word_error_rate": gold.word_error_rate,
    }
    for axis, scores in measures.scores.items():
        found[f"pearson.{axis}"], found[f"spearman.{axis}"] = scores.pearson, scores.spearman
    for each in measures.labels:
        found[f"precision.{each.label}"], found[f"recall.{each.label}"] = (
            each.precision,
            each.recall,
        )
        found[f"f1.{each.label}"] = each.f1
    yield from ((name, each.value) for name, each in found.items() if each is not None)
