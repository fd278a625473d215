"""`trainer scenarios check`: everything that is wrong with scenario files, without running them."""

from __future__ import annotations

import sys

import click

from trainer import build
from trainer.cli.scenarios.named import listed_by_name
from trainer.scenario.finding import Severity
from trainer.scenario.lint.lint import Linter
from trainer.scenario.load import Listed
from trainer.scenario.size import size_of
from trainer.text_to_speech.known_voices import require_known

FAILED, BAD_INPUT = 1, 2


@click.command("check")
@click.argument("names", nargs=-1, metavar="[SCENARIO]...")
@click.option("--quick", is_flag=True, help="Compare lines by their words only, not by meaning.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
def check(names: tuple[str, ...], quick: bool, strict: bool) -> None:
    """Check scenario files (all of them without SCENARIO, a name or a path).

    Errors come first: what stands against the format, parts no talk can reach, voices that do
    not exist. Then warnings: worth a look, no obstacle. Exits with 2 when a file cannot be used,
    with 1 when one can but has errors.
    """
    every = listed_by_name(names)
    usable = any(listed.scenario for listed in every)
    linter = Linter(
        require_known,
        build.classifier() if usable else None,
        build.sentence_encoder() if usable and not quick else None,
    )
    code = max((_report(linter, listed, strict) for listed in every), default=0)
    if code:
        sys.exit(code)


def _report(linter: Linter, listed: Listed, strict: bool) -> int:
    """Print what is wrong with one file and return the exit code it asks for."""
    if listed.scenario is None:
        for problem in listed.problems:
            click.echo(problem, err=True)
        return BAD_INPUT
    found = linter.findings(listed)
    errors = [each for each in found if each.severity is Severity.ERROR]
    warnings = [each for each in found if each.severity is Severity.WARNING]
    for finding in errors:
        click.echo(str(finding), err=True)
    for finding in warnings:
        click.echo(f"{finding.place}: {finding.field}: warning: {finding.message}")
    verdict = ", ".join(
        f"{len(each)} {name}{'' if len(each) == 1 else 's'}"
        for name, each in (("error", errors), ("warning", warnings))
        if each
    )
    click.echo(f"{listed.id}: {verdict or 'fine'}: {size_of(listed.scenario.file)}")
    return FAILED if errors or (strict and warnings) else 0
