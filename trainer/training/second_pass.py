"""The labels of the second pass, given blind, beside the writers' own.

``models/corpus/second_pass.txt`` holds one segment a line: ``talk.turn.segment label +flag``,
turns and segments counted from 1. Segments that nobody labelled twice are simply not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.errors import InputError
from trainer.training.corpus import Talk
from trainer.types import Flag, Label

FILE = "second_pass.txt"


class SecondLabel(NamedTuple):
    """What the second pass made of one segment."""

    label: Label
    flags: frozenset[Flag]


def segment_id(talk: str, turn: int, segment: int) -> str:
    """Name a segment; turn and segment are counted from 0."""
    return f"{talk}.{turn + 1}.{segment + 1}"


def read_second_pass(path: Path) -> dict[str, SecondLabel]:
    """Read the second pass, by segment id.

    Raises:
        InputError: The file cannot be read, or a line is not in the format.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {type(exc).__name__}") from exc
    found: dict[str, SecondLabel] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *rest = line.split()
        marks = [mark.removeprefix("+") for mark in rest[1:]]
        known = set(Flag)
        if not rest or rest[0] not in set(Label) or not set(marks) <= known or name in found:
            raise InputError(
                f"{path}:{number}: expected 'talk.turn.segment label +flag', each segment once"
            )
        found[name] = SecondLabel(Label(rest[0]), frozenset(Flag(mark) for mark in marks))
    return found


class Twice(NamedTuple):
    """A segment that both passes labelled."""

    writer: SecondLabel
    blind: SecondLabel


def labelled_twice(talks: Sequence[Talk], second: Mapping[str, SecondLabel]) -> list[Twice]:
    """Pair the two passes, in the corpus's order."""
    found = []
    for talk in talks:
        for turn, item in enumerate(talk.turns):
            for place, gold in enumerate(item.segments):
                blind = second.get(segment_id(talk.id, turn, place))
                if blind is not None:
                    found.append(Twice(SecondLabel(gold.label, gold.flags), blind))
    return found
