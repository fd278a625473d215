"""`trainer score`: what one line, or a file of lines, is worth."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

import click

from trainer import build
from trainer.cli.options import scorer_option
from trainer.cli.output import written_whole
from trainer.errors import InputError, UsageError
from trainer.evaluation.wire import TurnIn, read_lines, score_batch, to_line, to_object
from trainer.feedback.render import feedback_lines, score_line
from trainer.types import Kind

BATCH = 256


@click.command("score")
@click.argument("text", required=False)
@click.option("--said-before", metavar="TEXT", help="What the salesperson said just before.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.COACHING.value,
    show_default=True,
)
@click.option("--input", "source", type=click.Path(path_type=Path), help="JSONL, - for stdin.")
@click.option("--output", "target", type=click.Path(path_type=Path), help="JSONL, - for stdout.")
@scorer_option
@click.option("--json", "as_json", is_flag=True, help="Print TEXT's score as JSON.")
def command(
    text: str | None,
    said_before: str | None,
    kind: str,
    source: Path | None,
    target: Path | None,
    scorer: str,
    as_json: bool,
) -> None:
    """Score TEXT, or every line of --input.

    An input line is {"id", "text", "said_before"?, "earlier"?, "kind"?}; the output keeps the
    order.
    """
    if (text is None) == (source is None):
        raise UsageError("give either TEXT or --input FILE, for example: trainer score 'Tell me.'")
    if source is not None:
        _score_file(source, target, scorer)
        return
    turn = TurnIn(id="1", text=text or "", said_before=said_before, kind=Kind(kind))
    classifier = build.classifier(scorer)
    ((score, feedback),) = score_batch(classifier, [turn.turn()])
    if as_json:
        click.echo(json.dumps(to_object(turn.id, score, feedback), indent=2, ensure_ascii=False))
        return
    click.echo(f"{score_line(score, turn.kind)}   [{score.scorer}]")
    for segment in score.segments:
        flags = "".join(f" +{flag}" for flag in sorted(segment.flags))
        click.echo(f"  {segment.label}{flags}: {segment.segment.text}")
    for line in feedback_lines(feedback) if feedback else ():
        click.echo(line)


def _score_file(source: Path, target: Path | None, scorer: str) -> None:
    classifier = build.classifier(scorer)
    with _reading(source) as lines, written_whole(target) as out:
        turns = read_lines(lines, str(source))
        while batch := list(islice(turns, BATCH)):
            scored = score_batch(classifier, [each.turn() for each in batch])
            for each, (score, feedback) in zip(batch, scored, strict=True):
                out.write(to_line(each.id, score, feedback) + "\n")


@contextmanager
def _reading(source: Path) -> Iterator[TextIO]:
    if str(source) == "-":
        yield sys.stdin
        return
    try:
        with source.open(encoding="utf-8-sig") as stream:
            yield stream
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: not UTF-8 text; save it as UTF-8") from error
