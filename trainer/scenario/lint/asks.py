"""Example asks and better lines that the trainer's own scorer calls steering."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.labels import REQUESTING, STEERING
from trainer.protocols import Classifier
from trainer.scenario.finding import Remark, Severity
from trainer.scenario.lines import example_asks
from trainer.scenario.model import ScenarioFile
from trainer.types import Kind, LabelledSegment, ManagerTurn

CLEARLY = 0.6  # of the probability; below, a score is shown as a band (rubric 5)


def steering_asks(file: ScenarioFile, classifier: Classifier) -> Iterator[Remark]:
    """Yield examples a manager would be marked down for; requests are what enrollment is for.

    Only those that steer clearly: of the others a manager is told no more than that they may.
    """
    asks = list(example_asks(file))
    allowed = REQUESTING if file.kind is Kind.ENROLLMENT else frozenset()
    before = (file.opening[0],)
    labelled = classifier.label([ManagerTurn(ask.text, before, kind=file.kind) for ask in asks])
    for ask, segments in zip(asks, labelled, strict=True):
        steering = [
            s.label for s in segments if s.label in STEERING - allowed and _steering(s) >= CLEARLY
        ]
        if steering:
            yield Remark(
                ask.where,
                f"the scorer calls this {steering[0]}, which steers; "
                "put it as an open question that carries no answer",
                Severity.WARNING,
            )


def _steering(segment: LabelledSegment) -> float:
    return sum(segment.probs.get(label, 0.0) for label in STEERING)
