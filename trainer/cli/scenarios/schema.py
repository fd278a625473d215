"""`trainer scenarios schema`: the format, for editors and for readers."""

from __future__ import annotations

import click

from trainer.scenario.format_page import page_text
from trainer.scenario.schema import schema_text


@click.command("schema")
@click.option("--page", is_flag=True, help="Print the page that describes every field instead.")
def schema(page: bool) -> None:
    """Print the JSON Schema of scenario files, which editors complete and check them with."""
    click.echo(page_text() if page else schema_text(), nl=False)
