"""`trainer scenarios list`, and the numbered list `trainer practise` asks from."""

from __future__ import annotations

import click

from trainer.scenario.load import load_all


@click.command("list")
def list_() -> None:
    """List every scenario; a broken file is listed with what is wrong."""
    print_listing()


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
