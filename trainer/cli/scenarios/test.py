"""`trainer scenarios test`: plays the talks scripted inside scenario files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer import build
from trainer.cli.scenarios.named import listed_by_name
from trainer.errors import StorageError
from trainer.protocols import Encoder
from trainer.scenario.load import Listed, Scenario

if TYPE_CHECKING:
    from trainer.evaluation.scripted import TestResult

FAILED, BAD_INPUT = 1, 2

Played = tuple[Listed, list["TestResult"]]


@click.command("test")
@click.argument("names", nargs=-1, metavar="[SCENARIO]...")
@click.option(
    "--junit",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the results as JUnit XML too, for a build server.",
)
def test(names: tuple[str, ...], junit: Path | None) -> None:
    """Run the talks scripted inside scenario files (of all scenarios without SCENARIO).

    Exits with 1 when one goes otherwise than it says, with 2 when a file cannot be read; the
    others are run all the same.
    """
    encoder: Encoder | None = None
    played: list[Played] = []
    for listed in listed_by_name(names):
        if listed.scenario is None:
            for problem in listed.problems:
                click.echo(problem, err=True)
            played.append((listed, []))
            continue
        encoder = encoder or build.sentence_encoder()
        results = run_scripted(listed.scenario, encoder)
        for result in results:
            print_result(listed.id, result)
        if not results:
            click.echo(f"none  {listed.id}: has no tests")
        played.append((listed, results))
    if junit is not None:
        _write_junit(junit, played)
    if any(listed.scenario is None for listed, _ in played):
        sys.exit(BAD_INPUT)
    if any(not result.passed for _, results in played for result in results):
        sys.exit(FAILED)


def run_scripted(scenario: Scenario, encoder: Encoder) -> list[TestResult]:
    """Play every talk scripted inside a scenario."""
    from trainer.evaluation.scripted import run_tests

    begin = partial(build.session, scenario, recogniser=None, encoder=encoder)
    return run_tests(scenario.file.tests, begin)


def print_result(scenario: str, result: TestResult) -> None:
    """Print how one scripted talk went, and what went otherwise in it."""
    click.echo(f"{'pass' if result.passed else 'FAIL'}  {scenario}: {result.name}")
    for failure in result.failures:
        click.echo(f"      {failure}")


def _write_junit(path: Path, played: Sequence[Played]) -> None:
    from trainer.evaluation.result import ScenarioResult
    from trainer.evaluation.talks import Problem
    from trainer.evaluation.writers.as_junit import write_scenarios_junit

    results = [
        ScenarioResult(listed.id, each.name, str(listed.path), each.failures)
        for listed, tests in played
        for each in tests
    ]
    problems = []
    for listed, _ in played:
        for problem in listed.problems:
            place, _, message = problem.partition(": ")
            problems.append(Problem(place, message))
    try:
        with path.open("w", encoding="utf-8") as out:
            write_scenarios_junit(results, problems, out)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from error
