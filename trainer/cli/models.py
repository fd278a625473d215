"""`trainer models`: what is pinned, and whether it is what lies on this machine."""

from __future__ import annotations

import sys

import click

from trainer import weights
from trainer.errors import ModelError


@click.group("models")
def command() -> None:
    """List the models, or verify them."""


@command.command("list")
def list_() -> None:
    """List every pinned model with its task, size, licence and source."""
    for name, model in weights.manifest().items():
        size = f"{model.bytes / 1e6:.0f} MB"
        click.echo(f"{name:16} {model.task:16} {size:>7}  {model.licence:40} {model.source}")


@command.command("verify")
def verify() -> None:
    """Check every model file against its SHA-256."""
    failed = 0
    for name, model in weights.manifest().items():
        try:
            weights.verify(name)
            click.echo(f"ok    {name:16} sha256 {model.weights.sha256[:16]}…  {model.package}")
        except ModelError as error:
            failed += 1
            click.echo(f"FAIL  {error}")
    if failed:
        click.echo(f"{failed} of {len(weights.manifest())} models cannot be used", err=True)
        sys.exit(1)
