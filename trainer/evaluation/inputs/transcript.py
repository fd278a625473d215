"""From the lines of a transcript to a talk: who is the manager, what was said before each turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.talks import Item, Judgement, OtherSide, Problem, Talk
from trainer.types import Kind, ManagerTurn

CROSSTALK_S = 2.0  # people talk over each other this long; more is a wrong time
_ROUNDING_S = 0.05  # times are written to a hundredth, and rounded
_LINES_BEFORE = 2
_NAMED_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a transcript."""

    where: str
    speaker: str | None
    text: str
    start_s: float | None = None
    end_s: float | None = None
    id: str | None = None
    reference: str | None = None
    gold: tuple[Judgement, ...] = ()


def checked_times(lines: Iterable[Said | Problem]) -> Iterator[Said | Problem]:
    """Pass lines on, with a problem for each whose times cannot be right.

    A line that ends before it starts, or starts before the line above it, has no sure place in
    the talk and is left out. A line over another keeps its words and is reported, unless two
    people talk over each other for a moment.
    """
    before: Said | None = None
    for line in lines:
        if isinstance(line, Problem) or line.start_s is None:
            yield line
            continue
        if line.end_s is not None and line.end_s < line.start_s:
            yield Problem(
                line.where, f"ends at {line.end_s:g} s, before it starts at {line.start_s:g} s"
            )
            continue
        if before is not None and before.start_s is not None:
            if line.start_s < before.start_s:
                yield Problem(
                    line.where,
                    f"out of order: starts at {line.start_s:g} s, after a line that starts at "
                    f"{before.start_s:g} s; left out",
                )
                continue
            yield from _overlap(before, line)
        yield line
        before = line


def _overlap(before: Said, line: Said) -> Iterator[Problem]:
    if before.end_s is None or line.start_s is None:
        return
    over_s = before.end_s - line.start_s
    allowed_s = CROSSTALK_S if before.speaker != line.speaker else _ROUNDING_S
    if over_s > allowed_s:
        who = "another's" if before.speaker != line.speaker else "the same speaker's"
        yield Problem(
            line.where,
            f"overlapping: starts {over_s:.2f} s before {who} line above it ends; check the times",
        )


def talk_of(
    id_: str,
    where: str,
    lines: Sequence[Said],
    options: InputOptions,
    kind: Kind | None = None,
) -> Talk | Problem:
    """Join a transcript's lines into the manager's turns with their context.

    Args:
        id_: Names the talk; its turns are ``id_/1``, ``id_/2``, …
        where: For a problem.
        lines: In the order of the talk.
        options: Says who the manager is.
        kind: Of the talk, where the input says it.
    """
    if not lines:
        return Problem(where, "holds no lines of a talk")
    speakers = [line.speaker for line in lines]
    mine = [speaker is not None and options.is_manager(speaker) for speaker in speakers]
    if options.is_manager("") and not any(speakers):
        mine = [True] * len(lines)
    if not any(mine):
        return Problem(where, _no_manager(speakers))
    items = tuple(_items(id_, lines, mine, kind or options.kind))
    others = [line for line, manager in zip(lines, mine, strict=True) if not manager]
    return Talk(id_, where, items, kind or options.kind, other=_other_side(others))


def _no_manager(speakers: Sequence[str | None]) -> str:
    names = list(dict.fromkeys(name for name in speakers if name))
    if not names:
        return (
            "its lines name no speaker; if all of them are the manager's, say --manager '*', "
            "otherwise add the speakers"
        )
    listed = ", ".join(names[:_NAMED_AT_MOST]) + (", …" if len(names) > _NAMED_AT_MOST else "")
    return f"no line is the manager's: found {listed}; say which with --manager NAME"


def _items(id_: str, lines: Sequence[Said], mine: Sequence[bool], kind: Kind) -> Iterator[Item]:
    said: list[str] = []
    run: list[Said] = []
    number = 0
    for line, manager in zip([*lines, None], [*mine, False], strict=True):
        if line is not None and manager:
            run.append(line)
            continue
        if run:
            number += 1
            yield _item(id_, number, run, said, kind)
            run = []
        if line is not None and line.text:
            said.append(line.text)


def _item(id_: str, number: int, run: Sequence[Said], said: Sequence[str], kind: Kind) -> Item:
    first, last = run[0], run[-1]
    turn = ManagerTurn(
        " ".join(line.text for line in run if line.text),
        tuple(said[-_LINES_BEFORE:]),
        tuple(said[:-_LINES_BEFORE]),
        kind,
    )
    references = [line.reference for line in run]
    return Item(
        next((line.id for line in run if line.id), None) or f"{id_}/{number}",
        first.where,
        turn,
        start_s=first.start_s,
        end_s=last.end_s,
        reference=None if None in references else " ".join(filter(None, references)),
        gold=_joined_gold(run),
    )


def _joined_gold(run: Sequence[Said]) -> tuple[Judgement, ...]:
    """Put together what each rater made of the lines of one turn."""
    by_rater: dict[str, Judgement] = {}
    for line in run:
        for given in line.gold:
            known = by_rater.get(given.rater)
            if known is None:
                by_rater[given.rater] = given
            else:
                by_rater[given.rater] = replace(known, segments=known.segments + given.segments)
    return tuple(by_rater.values())


def _other_side(lines: Sequence[Said]) -> OtherSide:
    seconds = [
        line.end_s - line.start_s
        for line in lines
        if line.start_s is not None and line.end_s is not None
    ]
    return OtherSide(
        sum(len(line.text.split()) for line in lines),
        sum(seconds) if len(seconds) == len(lines) else None,
    )
