"""What is to be evaluated, as values: turns with their context, talks, and what can go wrong.

A problem with one item is a value of its own, so that the rest is still done. Every value can be
sent to another process; none holds an open file or a model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from trainer.types import Flag, Kind, Label, ManagerTurn


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be used, or was used with a doubt; the rest was done."""

    where: str
    """The file, with ``:line`` where it has lines."""
    message: str
    """What was found, what was expected, what to do; never what anyone said."""


@dataclass(frozen=True, slots=True)
class GoldSegment:
    """A stretch of words as a person labelled it."""

    text: str
    label: Label
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person made of one turn; scores they did not give are None."""

    rater: str
    segments: tuple[GoldSegment, ...] = ()
    question_quality: float | None = None
    agenda_neutrality: float | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a kept session scored a turn at the time."""

    scorer: str
    question_quality: float | None
    agenda_neutrality: float | None
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One turn of the manager to be evaluated: words, or a recording of them."""

    id: str
    where: str
    turn: ManagerTurn
    """Its text is empty for a recording."""
    recording: Path | None = None
    start_s: float | None = None
    end_s: float | None = None
    reference: str | None = None
    """The words really said, where a person has written them down."""
    gold: tuple[Judgement, ...] = ()
    recorded: Recorded | None = None
    """The scoring kept with it, for a turn of a session."""


@dataclass(frozen=True, slots=True)
class OtherSide:
    """How much the salesperson said; None where it is not known."""

    words: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Turns that belong together."""

    id: str
    where: str
    items: tuple[Item, ...]
    kind: Kind = Kind.COACHING
    whole: bool = True
    """One talk from its first turn to its last; False for unrelated turns of one file."""
    other: OtherSide = field(default_factory=OtherSide)


class Channel(StrEnum):
    """Which channel of a two-channel recording."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TwoChannelTalk:
    """A recording of a whole talk with one speaker a channel, still to be heard."""

    id: str
    where: str
    recording: Path
    manager: Channel
    kind: Kind = Kind.COACHING


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """A scenario file whose scripted talks and simulated managers are to be run."""

    id: str
    path: Path


Work = Talk | TwoChannelTalk | ScenarioRun
