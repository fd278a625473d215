"""Scenario files as tests: the talks scripted inside them, and what simulated managers get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trainer.errors import ScenarioError
from trainer.evaluation.result import ScenarioResult
from trainer.evaluation.scripted import run_tests
from trainer.evaluation.talks import Problem, ScenarioRun
from trainer.protocols import Classifier, Encoder
from trainer.scenario.load import Scenario, load
from trainer.session import Session
from trainer.simulation.managers import MANAGERS
from trainer.simulation.table import row_of
from trainer.simulation.talk import talks_with

LOADS = "the file is sound"
SEEDS = 10  # talks each simulated manager holds; fewer are decided by one ending


@dataclass(frozen=True, slots=True)
class Cast:
    """What a scenario is played with."""

    classifier: Classifier
    encoder: Encoder
    begin: Callable[[Scenario], Session]
    """Begins a typed talk with both."""


class ScenarioRunner:
    """Plays what is inside scenario files; its cast is built when the first one comes."""

    def __init__(self, cast: Callable[[], Cast], seeds: int = SEEDS) -> None:
        """Take how to build the cast.

        Args:
            cast: Called once.
            seeds: Talks each simulated manager holds; 0 plays the scripted ones only.
        """
        self._make = cast
        self._built: Cast | None = None
        self._seeds = seeds

    def __call__(self, run: ScenarioRun) -> Iterator[ScenarioResult | Problem]:
        """Yield the result of each talk of a scenario file, or why it cannot be read."""
        where = str(run.path)
        try:
            scenario = load(run.path)
        except ScenarioError as error:
            place, _, message = str(error).partition(": ")
            yield Problem(place, message)
            return
        if self._built is None:
            self._built = self._make()
        cast = self._built
        yield ScenarioResult(scenario.id, LOADS, where, ())
        for test in run_tests(scenario.file.tests, lambda: cast.begin(scenario)):
            yield ScenarioResult(scenario.id, test.name, where, test.failures)
        yield from self._simulated(scenario, cast, where)

    def _simulated(self, scenario: Scenario, cast: Cast, where: str) -> Iterator[ScenarioResult]:
        for kind in MANAGERS if self._seeds else ():
            talks = talks_with(
                scenario,
                [kind],
                range(self._seeds),
                classifier=cast.classifier,
                encoder=cast.encoder,
            )
            missed = row_of(scenario, kind, talks).missed
            name = f"simulated manager: {kind.name}, {self._seeds} talks"
            yield ScenarioResult(scenario.id, name, where, (missed,) if missed else ())
