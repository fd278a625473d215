"""`trainer sessions`: list, delete, export."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from trainer.records.store import Store


@click.group("sessions")
def command() -> None:
    """List, delete or export practice sessions."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def list_(as_json: bool) -> None:
    """List the sessions, latest first."""
    rows = Store().rows()
    if as_json:
        click.echo(json.dumps([{**asdict(r), "folder": str(r.folder)} for r in rows], indent=2))
        return
    if not rows:
        click.echo("No sessions yet; start one with trainer practise.")
    for row in rows:
        quality, neutrality = (
            "  -" if score is None else f"{score:3.0f}"
            for score in (row.question_quality, row.agenda_neutrality)
        )
        outcome = row.outcome or "open"
        click.echo(f"{row.id}  {row.turns:2} turns  QQ {quality}  AN {neutrality}  {outcome}")


@command.command("delete")
@click.argument("session")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(session: str, yes: bool) -> None:
    """Delete a session wholly: turns, recordings, index entry."""
    store = Store()
    folder = store.folder(session)
    if not yes:
        click.confirm(f"Delete {folder.path} for good?", abort=True)
    store.delete(session)
    click.echo(f"Deleted {session}.")


@command.command("export")
@click.argument("session")
@click.argument("target", type=click.Path(path_type=Path))
def export(session: str, target: Path) -> None:
    """Copy a session folder to TARGET."""
    click.echo(f"Exported to {Store().export(session, target)}.")
