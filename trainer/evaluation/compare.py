"""Two scorings of the same turns: what moved, which flipped, whether it is more than chance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from trainer.errors import InputError
from trainer.evaluation.figures import ratio
from trainer.evaluation.result import DoneTalk, EvaluatedTurn, Interval
from trainer.scoring.conversation import band
from trainer.types import Axis, Label

LEAST_GROUPS = 6
"""Talks, or unrelated turns, that a difference must hold over to be called more than chance: five
of a mind happen by chance once in sixteen times, and a bootstrap of so few does not show it."""


class OldTurn(NamedTuple):
    """How a turn was scored before."""

    text: str | None
    """None where only the scoring was kept."""
    scorer: str
    labels: tuple[Label, ...]
    question_quality: float | None
    agenda_neutrality: float | None


@dataclass(frozen=True, slots=True)
class AxisChange:
    """One axis over the turns that both scored on it."""

    turns: int
    old_mean: float | None
    new_mean: float | None
    change: Interval | None
    """Mean of new less old, turn by turn, with a paired bootstrap interval over talks."""
    beyond_chance: bool
    """Whether the interval leaves out 0, over LEAST_GROUPS talks or more."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A turn that is taken for something else now, or is in another band."""

    id: str
    talk: str
    text: str
    old_labels: tuple[Label, ...]
    new_labels: tuple[Label, ...]
    old: Mapping[Axis, float | None]
    new: Mapping[Axis, float | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """New against old."""

    old_scorers: tuple[str, ...]
    new_scorers: tuple[str, ...]
    turns: int
    """In both, with the same words."""
    reworded: int
    """In both with other words, so not compared: heard otherwise, or edited."""
    only_old: int
    only_new: int
    axes: Mapping[Axis, AxisChange]
    flips: tuple[Flip, ...]


Key = tuple[str, str]


class ComparisonGatherer:
    """Takes the new talks one at a time and sets them beside the old."""

    def __init__(self, old: Mapping[Key, OldTurn] | None) -> None:
        """Take the old turns by talk and id; None compares with what kept sessions recorded."""
        self._old = old
        self._seen: set[Key] = set()
        self._counts = {"turns": 0, "reworded": 0, "only_new": 0}
        self._scorers: tuple[set[str], set[str]] = (set(), set())
        self._sums: dict[Axis, list[tuple[float, float, int]]] = {axis: [] for axis in Axis}
        self._flips: list[Flip] = []

    def add(self, done: DoneTalk) -> None:
        """Take one talk."""
        for turns in [done.turns] if done.talk.whole else [(turn,) for turn in done.turns]:
            pairs = [pair for turn in turns if (pair := self._pair(turn)) is not None]
            for axis in Axis:
                scores = [
                    (before, after)
                    for old, new in pairs
                    if (before := getattr(old, axis)) is not None
                    and (after := getattr(new, axis)) is not None
                ]
                if scores:
                    self._sums[axis].append(
                        (sum(s[0] for s in scores), sum(s[1] for s in scores), len(scores))
                    )

    def _pair(self, new: EvaluatedTurn) -> tuple[OldTurn, EvaluatedTurn] | None:
        old = self._find(new)
        if old is None:
            self._counts["only_new"] += 1
            return None
        if old.text is not None and old.text.split() != new.text.split():
            self._counts["reworded"] += 1
            return None
        self._counts["turns"] += 1
        self._scorers[0].add(old.scorer)
        self._scorers[1].add(new.scorer)
        if _flipped(old, new):
            self._flips.append(
                Flip(
                    new.id,
                    new.talk,
                    new.text,
                    old.labels,
                    new.labels,
                    {axis: getattr(old, axis) for axis in Axis},
                    {axis: getattr(new, axis) for axis in Axis},
                )
            )
        return old, new

    def _find(self, new: EvaluatedTurn) -> OldTurn | None:
        if self._old is not None:
            key = (new.talk, new.id)
            self._seen.add(key)
            return self._old.get(key)
        if new.recorded is None:
            return None
        kept = new.recorded
        return OldTurn(
            None, kept.scorer, kept.labels, kept.question_quality, kept.agenda_neutrality
        )

    def comparison(self) -> Comparison | None:
        """Return the comparison; None when nothing old was met."""
        if self._old is None and not self._counts["turns"]:
            return None
        gone = len(set(self._old) - self._seen) if self._old is not None else 0
        return Comparison(
            tuple(sorted(self._scorers[0])),
            tuple(sorted(self._scorers[1])),
            self._counts["turns"],
            self._counts["reworded"],
            gone,
            self._counts["only_new"] if self._old is not None else 0,
            {axis: _axis_change(sums) for axis, sums in self._sums.items()},
            tuple(self._flips),
        )


def _axis_change(sums: list[tuple[float, float, int]]) -> AxisChange:
    turns = sum(count for _, _, count in sums)
    if not turns:
        return AxisChange(0, None, None, None, False)
    change = ratio([new - old for old, new, _ in sums], [count for _, _, count in sums])
    outside = change is not None and not change.low <= 0 <= change.high
    beyond = outside and len(sums) >= LEAST_GROUPS
    return AxisChange(
        turns,
        round(sum(old for old, _, _ in sums) / turns, 2),
        round(sum(new for _, new, _ in sums) / turns, 2),
        change,
        beyond,
    )


def _flipped(old: OldTurn, new: EvaluatedTurn) -> bool:
    return old.labels != new.labels or any(
        _band(getattr(old, axis)) != _band(getattr(new, axis)) for axis in Axis
    )


def _band(score: float | None) -> str | None:
    return None if score is None else band(score)


class _SegmentIn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    label: Label


class _TurnIn(BaseModel):
    """What is read of a turn in an earlier result."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    talk: str = ""
    text: str | None = None
    scorer: str
    segments: tuple[_SegmentIn, ...]
    question_quality: float | None
    agenda_neutrality: float | None


def read_old(path: Path) -> dict[Key, OldTurn]:
    """Read an earlier result, JSON or JSONL.

    Raises:
        InputError: It is none.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({type(error).__name__})") from error
    found: dict[Key, OldTurn] = {}
    for turn in _turns(raw, path):
        labels = tuple(segment.label for segment in turn.segments)
        found[turn.talk, str(turn.id)] = OldTurn(
            turn.text, turn.scorer, labels, turn.question_quality, turn.agenda_neutrality
        )
    if not found:
        raise InputError(f"{path}: holds no scored turns; give what --format json or jsonl wrote")
    return found


def _turns(raw: str, path: Path) -> Iterator[_TurnIn]:
    try:
        yield from (_TurnIn.model_validate(each) for each in _plain_turns(raw))
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path}: is not an earlier result; give what --format json or jsonl wrote"
        ) from error


def _plain_turns(raw: str) -> Iterable[Any]:
    try:
        whole = json.loads(raw)
    except ValueError:
        return [json.loads(line) for line in raw.splitlines() if line.strip()]
    if isinstance(whole, dict) and "turns" not in whole:
        return [whole]
    turns: list[Any] = whole["turns"]
    return turns
