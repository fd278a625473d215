"""`trainer measure`: every figure of the scorer, beside the baselines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


@click.command("measure")
@click.option(
    "--outside",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of outside data; by default ../shared/data/measure, where it is there.",
)
@click.option("--write/--no-write", default=True, help="Write models/scorer/metrics.json.")
@click.option("--speak", is_flag=True, help="Speak the test turns and hear them anew first.")
@click.option("--check", is_flag=True, help="Compare the scorer with metrics.json; write nothing.")
def command(outside: Path | None, write: bool, speak: bool, check: bool) -> None:
    """Measure the scorer on the frozen test talks and on outside data.

    With --check, exit 1 when a figure is worse than the one in models/scorer/metrics.json.
    """
    from trainer.scoring.classifier import NAME
    from trainer.training import measure
    from trainer.training.train import SCORER

    def say(text: str) -> None:
        click.echo(text, err=True)

    table = measure.measure(
        outside=outside or measure.OUTSIDE,
        heard=_heard_anew(say) if speak else None,
        only=NAME if check else None,
        say=say,
    )
    if check:
        worse = measure.fallen(table, SCORER / "metrics.json")
        click.echo("\n".join(worse) or "no figure has fallen")
        raise SystemExit(1 if worse else 0)
    if write:
        measure.write(table, SCORER / "metrics.json")
    click.echo(measure.as_text(table))


def _heard_anew(say: Callable[[str], None]) -> dict[str, str]:
    from trainer import build
    from trainer.text_to_speech.choose import load
    from trainer.training import spoken
    from trainer.training.agreement import CORPUS
    from trainer.training.corpus import corpus_files, read_corpus
    from trainer.training.split import FILE, read_split

    test = read_split(read_corpus(corpus_files(CORPUS)), CORPUS / FILE).test
    heard = spoken.speak(spoken.drawn(test), load, build.speech_to_text(), say)
    spoken.write_heard(heard)
    return heard
