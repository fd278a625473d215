"""The work cut into units: large enough to fill batches, small enough to lose little by a crash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.evaluation.talks import Problem, ScenarioRun, Talk, TwoChannelTalk, Work

FULL = 64  # written turns in a unit
_RECORDED_TURN = 16  # a recording is as much work as this many written turns, and more
_KEY_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Unit:
    """What one worker does at a time."""

    index: int
    """Its place in the order of the inputs."""
    work: tuple[Work, ...]

    @property
    def size(self) -> int:
        """Turns, whole recordings and scenarios in it."""
        return sum(len(each.items) if isinstance(each, Talk) else 1 for each in self.work)

    def key(self) -> str:
        """Name the unit by all it holds, recordings by size and time of change."""
        parts = [repr(self.work)]
        for each in self.work:
            for path in _files_of(each):
                try:
                    found = path.stat()
                    parts.append(f"{found.st_size} {found.st_mtime_ns}")
                except OSError:
                    parts.append("missing")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_KEY_LETTERS]


def units_of(found: Iterable[Work | Problem]) -> Iterator[Unit | Problem]:
    """Cut the work into units, in order; a talk is never parted. Problems pass through."""
    held: list[Work] = []
    weight = index = 0
    for each in found:
        if isinstance(each, Problem):
            yield each
            continue
        more = _weight(each)
        if held and weight + more > FULL:
            yield Unit(index, tuple(held))
            held, weight, index = [], 0, index + 1
        held.append(each)
        weight += more
    if held:
        yield Unit(index, tuple(held))


def _weight(work: Work) -> int:
    if not isinstance(work, Talk):
        return FULL
    return sum(1 if item.recording is None else _RECORDED_TURN for item in work.items)


def _files_of(work: Work) -> Iterator[Path]:
    if isinstance(work, Talk):
        yield from (item.recording for item in work.items if item.recording is not None)
    elif isinstance(work, TwoChannelTalk):
        yield work.recording
    elif isinstance(work, ScenarioRun):
        yield work.path
