"""`trainer measure`: every figure of the scorer, beside the baselines."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("measure")
@click.option(
    "--outside",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of outside data; by default ../shared/data/measure, where it is there.",
)
@click.option("--write/--no-write", default=True, help="Write models/scorer/metrics.json.")
def command(outside: Path | None, write: bool) -> None:
    """Measure the scorer on the frozen test talks and on outside data."""
    from trainer.training import measure
    from trainer.training.train import SCORER

    table = measure.measure(
        outside=outside or measure.OUTSIDE, say=lambda text: click.echo(text, err=True)
    )
    if write:
        measure.write(table, SCORER / "metrics.json")
    click.echo(measure.as_text(table))
