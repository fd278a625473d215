"""`trainer evaluate`: many turns at once, for people and for pipelines."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from trainer import build
from trainer.cli.options import recogniser_option, scorer_option
from trainer.errors import UsageError
from trainer.evaluation.evaluate import Evaluation, Listener, evaluate
from trainer.evaluation.wire import to_object
from trainer.types import Axis

FAILED = 1


@click.command("evaluate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@recogniser_option
@scorer_option
@click.option(
    "--fail-under",
    multiple=True,
    metavar="AXIS=N",
    help="Exit 1 when the mean of question_quality or agenda_neutrality is under N.",
)
def command(
    paths: tuple[Path, ...], style: str, stt: str, scorer: str, fail_under: tuple[str, ...]
) -> None:
    """Score every turn under PATHS.

    PATHS are files of turns (.jsonl), folders of recordings (each file one turn; manifest.jsonl may
    name them), single recordings, or session folders.
    """
    thresholds = [_threshold(each) for each in fail_under]
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
    listener = Listener(lambda: build.speech_to_text(stt), build.turn_detector)
    result = evaluate(paths, build.classifier(scorer), listener)
    if style == "json":
        click.echo(json.dumps(_as_object(result), indent=2, ensure_ascii=False))
    else:
        _print_table(result)
    for problem in result.problems:
        click.echo(f"trainer: {problem.where}: {problem.message}", err=True)
    missed = [_missed(result, axis, least) for axis, least in thresholds]
    for line in filter(None, missed):
        click.echo(f"trainer: {line}", err=True)
    if result.problems or any(missed):
        sys.exit(FAILED)


def _threshold(text: str) -> tuple[Axis, float]:
    name, _, number = text.partition("=")
    try:
        return Axis(name.strip().replace("-", "_")), float(number)
    except ValueError as error:
        axes = " or ".join(Axis)
        raise UsageError(
            f"--fail-under: found '{text}', expected {axes}, = and a number, "
            "for example question_quality=60"
        ) from error


def _missed(result: Evaluation, axis: Axis, least: float) -> str | None:
    mean = result.mean(axis)
    if mean is None:
        return f"{axis}: no turn was scored on it, expected a mean of at least {least:g}"
    return f"{axis}: mean {mean:.1f} is under {least:g}" if mean < least else None


def _as_object(result: Evaluation) -> dict[str, object]:
    return {
        "format": 1,
        "scorer": result.scorer,
        "turns": [
            {
                **to_object(turn.id, turn.score, turn.feedback),
                "text": turn.turn.text,
                "recogniser": turn.heard.engine if turn.heard else None,
            }
            for turn in result.turns
        ],
        "means": {axis.value: result.mean(axis) for axis in Axis},
        "problems": [{"where": p.where, "message": p.message} for p in result.problems],
    }


def _print_table(result: Evaluation) -> None:
    click.echo("  QQ   AN  turn")
    for turn in result.turns:
        quality, neutrality = (
            "  -" if score is None else f"{score:3.0f}"
            for score in (turn.score.question_quality, turn.score.agenda_neutrality)
        )
        click.echo(f" {quality}  {neutrality}  {turn.id}: {turn.turn.text or '(no words)'}")
    means = [f"{axis.replace('_', ' ')} {_mean(result, axis)}" for axis in Axis]
    click.echo(f"\n{len(result.turns)} turns, mean {', '.join(means)}. Scored by {result.scorer}.")


def _mean(result: Evaluation, axis: Axis) -> str:
    mean = result.mean(axis)
    return "none" if mean is None else f"{mean:.1f}"
