"""`trainer scenarios show`: a scenario at a glance."""

from __future__ import annotations

import click

from trainer.scenario.load import find
from trainer.scenario.size import size_of


@click.command("show")
@click.argument("scenario")
@click.option("--graph", is_flag=True, help="Draw topics, layers, steps and endings instead.")
def show(scenario: str, graph: bool) -> None:
    """Show a scenario's brief and what is in it."""
    file = find(scenario).file
    if graph:
        from trainer.preview.graph import graph_lines

        click.echo("\n".join(graph_lines(file)))
        return
    click.echo(f"{file.title}\n{file.kind} · {file.difficulty} · about {file.minutes} minutes\n")
    click.echo(f"{file.person.name}, {file.person.role}\n\n{file.brief.situation}\n")
    click.echo(f"Your goal: {file.brief.your_goal}")
    click.echo(f"\n{size_of(file)}")
