"""`trainer scenarios simulate`: simulated managers talk to scenarios, and a table says how."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from trainer.cli.options import scorer_option
from trainer.cli.scenarios.named import listed_by_name
from trainer.simulation.managers import MANAGERS

if TYPE_CHECKING:
    from trainer.simulation.talk import Talk

FAILED, BAD_INPUT = 1, 2


@click.command("simulate")
@click.argument("names", nargs=-1, metavar="[SCENARIO]...")
@click.option("--seeds", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option(
    "--manager",
    "managers",
    multiple=True,
    type=click.Choice([kind.name for kind in MANAGERS]),
    help="Only this one; may be given more than once.",
)
@scorer_option
@click.option("--show", "shown", type=int, help="Print the whole talks of this seed instead.")
@click.option("--json", "as_json", is_flag=True, help="The table as JSON.")
def simulate(
    names: tuple[str, ...],
    seeds: int,
    managers: tuple[str, ...],
    scorer: str,
    shown: int | None,
    as_json: bool,
) -> None:
    """Let simulated managers talk to scenarios (to all of them without SCENARIO).

    A coach, a teller, a leader of the witness and others hold SEEDS talks each. The exit code is
    1 when a scenario does not give a manager what it owes them: the coach a good ending in at
    least 90 % of the talks, teller, leader and interrogator in at most 10 %, nobody a line before
    its layer or the same line within six turns.
    """
    from trainer import build
    from trainer.simulation.table import as_json as json_of
    from trainer.simulation.table import coverage_of, named, row_of, table
    from trainer.simulation.talk import talks_with

    every = listed_by_name(names)
    for problem in (problem for listed in every for problem in listed.problems):
        click.echo(problem, err=True)
    scenarios = [listed.scenario for listed in every if listed.scenario is not None]
    kinds = named(managers)
    encoder, classifier = build.sentence_encoder(), build.classifier(scorer)
    rows, coverages = [], []
    for scenario in scenarios:
        chosen = range(seeds) if shown is None else [shown]
        talks = talks_with(scenario, kinds, chosen, classifier=classifier, encoder=encoder)
        if shown is not None:
            _show(talks)
            continue
        by_name = {kind.name: [t for t in talks if t.manager == kind.name] for kind in kinds}
        rows += [row_of(scenario, kind, by_name[kind.name]) for kind in kinds]
        coverages.append(coverage_of(scenario, talks))
    broken = len(scenarios) < len(every)
    if shown is not None:
        sys.exit(BAD_INPUT if broken else 0)
    if as_json:
        click.echo(json.dumps(json_of(rows, coverages), indent=2))
    else:
        click.echo("\n".join(table(rows, coverages)))
    if broken or any(row.missed for row in rows):
        sys.exit(BAD_INPUT if broken else FAILED)


def _show(talks: Sequence[Talk]) -> None:
    for talk in talks:
        click.echo(f"--- {talk.manager}, seed {talk.seed}\n    {talk.opening.text}")
        for said, score, reply in talk.exchanges:
            labels = " ".join(s.label for s in score.segments) if score else "not heard"
            mind = reply.mind
            click.echo(f"You: {said}  [{labels}]")
            click.echo(
                f"    {reply.text}\n      {reply.lines[0].id} · openness {mind.openness:.0f} "
                f"trust {mind.trust:.0f} ownership {mind.ownership:.0f} {mind.reaction or ''}"
            )
        click.echo(f"    ended: {talk.ended or 'not at all'}\n")
