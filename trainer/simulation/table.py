"""What came of simulated talks: one row a manager, coverage a file, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from trainer.scenario.lines import lines_by_id
from trainer.scenario.load import Scenario
from trainer.simulation.managers import MANAGERS, Kind
from trainer.simulation.talk import Talk
from trainer.simulation.watch import all_lines_of, early_reveals, is_stuck, repeats
from trainer.types import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """How one manager's talks with one scenario came out; the endings are shares, 0 to 1."""

    scenario: str
    manager: str
    talks: int
    good: float
    poor: float
    unfinished: float
    turns: float
    """Mean over the talks, unheard turns included."""
    pushed: float
    """Mean number of turns taken as a push."""
    repeats: int
    """Lines that came back within six turns, over all talks."""
    early: int
    """Lines said before their layer was open, over all talks."""
    stuck: int
    """Talks that came to a dead end."""
    missed: str | None
    """What the scenario owes this manager and does not give; None when it keeps."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a scenario's lines were said in some talk, and which never were."""

    scenario: str
    lines: int
    unsaid: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the lines said at least once, 0 to 1."""
        return 1 - len(self.unsaid) / self.lines


def row_of(scenario: Scenario, kind: Kind, talks: Sequence[Talk]) -> Row:
    """Sum up one manager's talks with one scenario."""
    share = {
        outcome: fmean(talk.ended is outcome for talk in talks)
        for outcome in (Outcome.GOOD, Outcome.POOR)
    }
    minds = [talk.exchanges[-1].reply.mind for talk in talks]
    row = Row(
        scenario=scenario.id,
        manager=kind.name,
        talks=len(talks),
        good=share[Outcome.GOOD],
        poor=share[Outcome.POOR],
        unfinished=1 - share[Outcome.GOOD] - share[Outcome.POOR],
        turns=fmean(len(talk.exchanges) for talk in talks),
        pushed=fmean(mind.told + mind.steered for mind in minds),
        repeats=sum(repeats(talk) for talk in talks),
        early=sum(early_reveals(talk, scenario.file) for talk in talks),
        stuck=sum(is_stuck(talk) for talk in talks),
        missed=None,
    )
    return Row(**{**asdict(row), "missed": _missed(row, kind)})


def _missed(row: Row, kind: Kind) -> str | None:
    if row.early:
        return f"{row.early} lines said before their layer"
    if row.repeats:
        return f"{row.repeats} lines repeated within six turns"
    if row.good < kind.least_good:
        return f"good in {row.good:.0%}, expected at least {kind.least_good:.0%}"
    if row.good > kind.most_good:
        return f"good in {row.good:.0%}, expected at most {kind.most_good:.0%}"
    if row.stuck and kind.least_good:
        return f"{row.stuck} dead ends"
    return None


def coverage_of(scenario: Scenario, talks: Sequence[Talk]) -> Coverage:
    """Count which of a scenario's lines were said in the talks."""
    said = {line.id for talk in talks for line in all_lines_of(talk)}
    ids = [line.id for line in lines_by_id(scenario.file)]
    return Coverage(scenario.id, len(ids), tuple(id_ for id_ in ids if id_ not in said))


def table(rows: Sequence[Row], coverages: Sequence[Coverage]) -> Iterator[str]:
    """Yield the lines of a table for people."""
    yield (
        f"{'scenario':24} {'manager':13} {'talks':>5} {'good':>5} {'poor':>5} {'unfin':>5} "
        f"{'turns':>5} {'pushed':>6} {'rep':>4} {'early':>5} {'stuck':>5}"
    )
    for row in rows:
        yield (
            f"{row.scenario[:24]:24} {row.manager:13} {row.talks:5} "
            f"{row.good:5.0%} {row.poor:5.0%} {row.unfinished:5.0%} {row.turns:5.1f} "
            f"{row.pushed:6.1f} {row.repeats:4} {row.early:5} {row.stuck:5}"
            + (f"  {row.missed}" if row.missed else "")
        )
    for each in coverages:
        never = f"; never said: {', '.join(each.unsaid)}" if each.unsaid else ""
        said = each.lines - len(each.unsaid)
        yield f"{each.scenario}: {said} of {each.lines} lines said ({each.share:.0%}){never}"


def as_json(rows: Sequence[Row], coverages: Sequence[Coverage]) -> dict[str, Any]:
    """Return everything as plain values."""
    return {
        "rows": [asdict(row) for row in rows],
        "coverage": [{**asdict(each), "share": round(each.share, 4)} for each in coverages],
    }


def named(names: Sequence[str]) -> list[Kind]:
    """Return the managers of these names, in the table's order; all without names."""
    return [kind for kind in MANAGERS if not names or kind.name in names]
