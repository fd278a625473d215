"""`trainer evaluate`: many talks at once, for people and for pipelines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from trainer import build
from trainer.cli.options import recogniser_option, scorer_option
from trainer.cli.output import written_whole
from trainer.errors import MissingExtraError, UsageError
from trainer.types import Kind

if TYPE_CHECKING:
    from trainer.evaluation.engines import Engine
    from trainer.evaluation.inputs.options import InputOptions
    from trainer.evaluation.run import Evaluation, Settings
    from trainer.evaluation.thresholds import Checked, Threshold

FAILED = 1
FORMATS = ("text", "json", "jsonl", "csv", "junit", "html")
INLINE = "-"  # --gold without a file: the judgements stand beside the turns


@click.command("evaluate")
@click.argument("paths", nargs=-1)
@click.option(
    "--manager", multiple=True, metavar="NAME", help="A speaker who is the manager; * for all."
)
@click.option(
    "--manager-channel",
    type=click.Choice(["left", "right"]),
    help="Recordings are whole talks, this channel the manager's.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.COACHING.value,
    show_default=True,
    help="Of talks that do not say it.",
)
@click.option("--column", multiple=True, metavar="OURS=THEIRS", help="A column's name in tables.")
@click.option("--encoding", default="utf-8", show_default=True, help="Of text without a mark.")
@recogniser_option
@scorer_option
@click.option("--feedback", is_flag=True, help="Give each turn its feedback too (slower).")
@click.option(
    "--seeds",
    type=click.IntRange(0, 1000),
    help="Talks each simulated manager holds with a scenario; 0 for none.",
)
@click.option(
    "--gold",
    is_flag=False,
    flag_value=INLINE,
    metavar="[FILE]",
    help="Measure against people: their judgements in FILE, or beside the turns.",
)
@click.option("--against", type=click.Path(path_type=Path), help="Compare with an earlier result.")
@click.option(
    "--rescore", is_flag=True, help="Keep the new scoring in session folders, beside the old."
)
@click.option("--fail-under", multiple=True, metavar="FIGURE=N", help="Exit 1 when it is under N.")
@click.option("--fail-over", multiple=True, metavar="FIGURE=N", help="Exit 1 when it is over N.")
@click.option("--strict", is_flag=True, help="Stop at the first problem.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True)
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--address", help="Of a running Ray cluster; without it one is started here.")
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    help="Keep what is done in this file; run again to go on.",
)
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Write here and not to the screen.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of --format json and stop.")
def command(paths: tuple[str, ...], schema: bool, **given: Any) -> None:
    """Score every talk under PATHS.

    PATHS are transcripts (.vtt, .srt, .csv, .tsv, .jsonl, whisper's .json), recordings, folders of
    them with or without a manifest, session folders, scenarios (.yaml), patterns in quotes, @LIST
    for a file of paths, or - for JSONL from standard input. See docs/evaluation.md.
    """
    if schema:
        _print_schema()
        return
    paths = _paths(paths, given)
    # Torch reads it when it is first imported, so it has to be set before any model is built.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    thresholds = _thresholds(given)
    with written_whole(given["output"]) as out:
        _run(paths, given, thresholds, out)


def _run(
    paths: Sequence[str], given: dict[str, Any], thresholds: Sequence[Threshold], out: TextIO
) -> None:
    from trainer.cli.evaluate_progress import progress_bar
    from trainer.evaluation.inputs.find import work_in
    from trainer.evaluation.run import StoppedAtProblem, evaluate
    from trainer.evaluation.thresholds import check

    options = _options(given)
    maker = build.evaluator(
        given["scorer"], given["stt"], feedback=given["feedback"], seeds=given["seeds"]
    )
    countable = "-" not in paths
    with progress_bar(lambda: work_in(paths, options) if countable else None) as on_progress:
        settings = _settings(given, on_progress, out)
        try:
            result = evaluate(
                paths, maker, options, settings, _engine(given, maker), _standard_input()
            )
        except StoppedAtProblem as stopped:
            click.echo(f"trainer: {stopped}", err=True)
            sys.exit(FAILED)
    with result:
        if given["gold"] is not None and result.gold is None:
            raise UsageError(
                "--gold: no turn has a judgement; see docs/evaluation.md for its forms"
            )
        if given["rescore"]:
            _keep_scores(result, given["scorer"])
        checked = check(result, thresholds)
        _write(result, checked, given["style"], out)
        failed = _report(result, checked)
    if failed:
        sys.exit(FAILED)


def _paths(paths: tuple[str, ...], given: dict[str, Any]) -> tuple[str, ...]:
    gold = given["gold"]
    if not paths and gold not in (None, INLINE):
        paths, given["gold"] = (gold,), INLINE  # --gold before the only path
    if not paths:
        raise UsageError("name what to evaluate, for example: trainer evaluate talks/")
    import glob

    for path in paths:
        plain = path.removeprefix("@")
        if path != "-" and not os.path.exists(plain) and not glob.has_magic(path):
            raise UsageError(f"{plain}: no such file or folder")
    return paths


def _options(given: dict[str, Any]) -> InputOptions:
    from trainer.evaluation.inputs.judgements import read_gold
    from trainer.evaluation.inputs.options import InputOptions
    from trainer.evaluation.inputs.tables import COLUMNS
    from trainer.evaluation.talks import Channel

    columns = {}
    for each in given["column"]:
        ours, _, theirs = each.partition("=")
        if ours not in COLUMNS or not theirs:
            raise UsageError(
                f"--column: found '{each}', expected one of {', '.join(COLUMNS)}, then = and the "
                "name in your table, for example text=Transcript"
            )
        columns[ours] = theirs
    _check_encoding(given["encoding"])
    gold = given["gold"]
    return InputOptions(
        manager=given["manager"],
        channel=Channel(given["manager_channel"]) if given["manager_channel"] else None,
        kind=Kind(given["kind"]),
        encoding=given["encoding"],
        columns=columns,
        gold=None if gold in (None, INLINE) else read_gold(Path(gold), given["encoding"]),
    )


def _check_encoding(name: str) -> None:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError as error:
        raise UsageError(
            f"--encoding: there is no '{name}'; common ones are utf-8, cp1252, latin-1"
        ) from error


def _thresholds(given: dict[str, Any]) -> list[Threshold]:
    from trainer.evaluation.thresholds import Threshold

    found = [Threshold.parse(each, is_least=True) for each in given["fail_under"]]
    found += [Threshold.parse(each, is_least=False) for each in given["fail_over"]]
    for each in found:
        if each.needs_gold and given["gold"] is None:
            raise UsageError(f"{each.name} is measured against people; give --gold too")
    return found


def _settings(given: dict[str, Any], on_progress: Any, out: TextIO) -> Settings:
    from trainer.evaluation.compare import read_old
    from trainer.evaluation.result import DoneTalk
    from trainer.evaluation.run import Settings
    from trainer.evaluation.writers.as_json import turn_line

    def write_turns(done: DoneTalk) -> None:
        out.writelines(turn_line(turn) for turn in done.turns)
        out.flush()

    return Settings(
        checkpoint=given["checkpoint"],
        strict=given["strict"],
        against=read_old(given["against"]) if given["against"] else None,
        on_progress=on_progress,
        on_talk=write_turns if given["style"] == "jsonl" else None,
    )


def _engine(given: dict[str, Any], maker: build.Evaluator) -> Engine | None:
    from trainer.evaluation.engines import Processes

    if given["engine"] == "ray":
        try:
            from trainer.evaluation.ray_engine import RayCluster
        except ImportError as error:
            raise MissingExtraError("--engine ray", "ray") from error
        return RayCluster(maker, given["address"], given["workers"])
    if given["address"]:
        raise UsageError("--address is of a Ray cluster; give --engine ray too")
    return Processes(maker, given["workers"]) if given["workers"] > 1 else None


def _standard_input() -> Iterator[bytes]:
    binary = getattr(sys.stdin, "buffer", None)
    yield from binary if binary is not None else (line.encode() for line in sys.stdin)


def _keep_scores(result: Evaluation, scorer: str) -> None:
    from trainer.evaluation.rescored import keep_scores

    kept = keep_scores(result.done_talks())
    click.echo(f"trainer: kept the new scoring of {kept} sessions beside the old", err=True)


def _write(result: Evaluation, checked: Sequence[Checked], style: str, out: TextIO) -> None:
    if style == "json":
        from trainer.evaluation.writers.as_json import write_json

        write_json(result, checked, out)
    elif style == "csv":
        from trainer.evaluation.writers.as_csv import write_csv

        write_csv(result, out)
    elif style == "junit":
        from trainer.evaluation.writers.as_junit import write_junit

        write_junit(result, checked, out)
    elif style == "html":
        from trainer.evaluation.writers.as_html import write_html

        write_html(result, checked, out)
    elif style == "text":
        from trainer.evaluation.writers.as_text import text_lines

        out.writelines(f"{line}\n" for line in text_lines(result, checked))


def _report(result: Evaluation, checked: Sequence[Checked]) -> bool:
    """Say on stderr what went wrong; return whether anything did."""
    for problem in result.problems:
        click.echo(f"trainer: {problem.where}: {problem.message}", err=True)
    missed = [each.message for each in checked if not each.held]
    missed += [
        f"{each.scenario}: {each.name}: {each.failures[0]}"
        for each in result.scenarios
        if each.failures
    ]
    for line in missed:
        click.echo(f"trainer: {line}", err=True)
    return bool(result.problems or missed)


def _print_schema() -> None:
    import json

    from trainer.evaluation.writers.as_json import schema

    click.echo(json.dumps(schema(), indent=2))
