"""`trainer train`: rebuild the scorer's weights from the labelled talks."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("train")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write it here.")
@click.option("--epochs", type=click.IntRange(min=1), help="Passes over the talks.")
@click.option(
    "--share", type=click.FloatRange(0, 1, min_open=True), default=1.0, help="Of the talks."
)
@click.option("--threads", type=click.IntRange(min=1), help="Processor threads.")
def command(out: Path | None, epochs: int | None, share: float, threads: int | None) -> None:
    """Train the scorer; an interrupted run goes on where it was.

    Without --out it replaces models/scorer and pins its hashes in the manifest.
    """
    from trainer.training.network_training import Plan
    from trainer.training.train import SCORER, pin, train

    plan = Plan() if epochs is None else Plan(epochs=epochs)
    took = train(plan=plan, folder=out or SCORER, share=share, threads=threads)
    if out is None:
        pin()
    click.echo(f"{out or SCORER} is written, after {took / 60:.0f} minutes")
