"""`trainer scenarios preview`: talk to a scenario by typing, with the mind shown beside."""

from __future__ import annotations

import sys

import click

from trainer import build
from trainer.cli.options import scorer_option
from trainer.scenario.load import Scenario, listed_file, path_of

BAD_INPUT = 2
_ALL = "all"

_gauge = click.FloatRange(0, 100)


@click.command("preview")
@click.argument("scenario")
@click.option("--openness", type=_gauge, help="Begin with this much, 0 to 100.")
@click.option("--trust", type=_gauge, help="Begin with this much, 0 to 100.")
@click.option("--ownership", type=_gauge, help="Begin with this much, 0 to 100.")
@click.option("--revealed", multiple=True, metavar="NAME", help="As if this had come out already.")
@click.option("--after", metavar="TEST", help="Begin after a scripted talk: its number or name.")
@click.option(
    "--say",
    is_flag=False,
    flag_value=_ALL,
    metavar="[=LINE]",
    help="Hear every line by the scenario's voice; with a line's id, hear that one and stop.",
)
@click.option("--seed", default=0, show_default=True, help="Chooses among lines that fit equally.")
@scorer_option
def preview(
    scenario: str,
    openness: float | None,
    trust: float | None,
    ownership: float | None,
    revealed: tuple[str, ...],
    after: str | None,
    say: str | None,
    seed: int,
    scorer: str,
) -> None:
    """Talk to a scenario by typing, with the salesperson's mind beside it; nothing is kept.

    Save the file while you talk, and everything is said again to the new version. A version with
    a mistake in it is named, and the talk goes on with the last good one.
    """
    from rich.console import Console

    from trainer.live.keys import Keys
    from trainer.preview.loop import Preview, text_of_line
    from trainer.preview.start import GAUGES, Change, revealed_names, turns_of_test
    from trainer.preview.talk import PreviewTalk

    found = _sound(scenario)
    gauges = dict(zip(GAUGES, (openness, trust, ownership), strict=True))
    start = Change(
        {name: value for name, value in gauges.items() if value is not None},
        revealed_names(revealed, found.file),
    )
    said = turns_of_test(after, found.file) if after is not None else ()
    talk = PreviewTalk(
        found,
        classifier=build.classifier(scorer),
        encoder=build.sentence_encoder(),
        seed=seed,
        start=start,
    )
    speak = build.line_speaker(found)
    if say not in {None, _ALL}:
        speak(text_of_line(talk, str(say)))
        return
    talk.do_all(said)
    console = Console(highlight=False)
    Preview(talk, console, speak, speaks_all=say == _ALL).run(Keys(sys.stdin))


def _sound(name: str) -> Scenario:
    listed = listed_file(path_of(name))
    if listed.scenario is None:
        click.echo("\n".join(listed.problems), err=True)
        sys.exit(BAD_INPUT)
    return listed.scenario
