"""`trainer scenarios`: list, show, check and test."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from trainer.scenario.load import Scenario, find, listed_file, load_all


@click.group("scenarios")
def command() -> None:
    """List, show, check and test scenarios."""


@command.command("list")
def list_() -> None:
    """List every scenario; a broken file is listed with what is wrong."""
    print_listing()


@command.command("show")
@click.argument("scenario")
def show(scenario: str) -> None:
    """Show a scenario's brief and what is in it."""
    found = find(scenario)
    file = found.file
    click.echo(f"{file.title}\n{file.kind} · {file.difficulty} · about {file.minutes} minutes\n")
    click.echo(f"{file.person.name}, {file.person.role}\n\n{file.brief.situation}\n")
    click.echo(f"Your goal: {file.brief.your_goal}")
    layers = sum(len(topic.layers) for topic in file.topics)
    click.echo(
        f"\n{len(file.topics)} topics in {layers} layers, {len(file.ideas)} ideas, "
        f"{len(file.endings)} endings, {line_count(found)} spoken lines, {len(file.tests)} tests"
    )


@command.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check scenario files (all of them without PATHS); every broken one is named."""
    listed = [listed_file(path) for path in paths] if paths else load_all()
    for each in listed:
        click.echo(each.problem or f"{each.id}: fine", err=each.problem is not None)
    if any(each.problem for each in listed):
        sys.exit(2)


@command.command("test")
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


def print_listing() -> list[str]:
    """Print every scenario with a number; return the names of those that can be practised."""
    names: list[str] = []
    for listed in load_all():
        if listed.scenario is None:
            click.echo(f"  -  {listed.problem}", err=True)
            continue
        names.append(listed.id)
        file = listed.scenario.file
        click.echo(
            f"{len(names):3}  {listed.id:28} {file.kind:11} {file.difficulty:7} {file.title}"
        )
    return names


def line_count(scenario: Scenario) -> int:
    """Count the lines the salesperson can say."""
    file = scenario.file
    topics = sum(len(layer.lines) for topic in file.topics for layer in topic.layers)
    ideas = sum(len(i.lines) + len(i.choose) + len(i.commit) for i in file.ideas)
    reactions = sum(len(lines) for _, lines in file.reactions)
    endings = sum(len(ending.lines) for ending in file.endings)
    return len(file.opening) + topics + ideas + reactions + endings
