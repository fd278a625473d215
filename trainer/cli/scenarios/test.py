"""`trainer scenarios test`: plays the talks scripted inside scenario files."""

from __future__ import annotations

import sys
from functools import partial

import click

from trainer.scenario.load import find, load_all


@click.command("test")
@click.argument("names", nargs=-1, metavar="[SCENARIO]...")
def test(names: tuple[str, ...]) -> None:
    """Run the talks scripted inside scenario files (of all scenarios without SCENARIO)."""
    from trainer import build
    from trainer.evaluation.scripted import run_tests

    encoder = build.sentence_encoder()
    failed = 0
    for name in names or [listed.id for listed in load_all()]:
        found = find(name)
        begin = partial(build.session, found, recogniser=None, encoder=encoder)
        results = run_tests(found.file.tests, begin)
        for result in results:
            click.echo(f"{'pass' if result.passed else 'FAIL'}  {found.id}: {result.name}")
            for failure in result.failures:
                click.echo(f"      {failure}")
        failed += sum(not result.passed for result in results)
    if failed:
        sys.exit(1)
