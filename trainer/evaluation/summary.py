"""All turns in a few figures, gathered one turn at a time so that memory stays small."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from trainer.evaluation.figures import ratio
from trainer.evaluation.result import DoneTalk, EvaluatedTalk, EvaluatedTurn, Interval
from trainer.labels import group_of
from trainer.types import Axis, Group, Label, LabelledSegment, Segment

BINS = 10  # of ten points each; 100 is in the last
MOST_COSTLY = 10


@dataclass(frozen=True, slots=True)
class AxisSummary:
    """One axis over all turns."""

    mean: Interval | None
    """None when no turn was scored on it."""
    scored_turns: int
    histogram: tuple[int, ...]
    """Turns from 0 to 10, 10 to 20, …, 90 to 100 points."""


@dataclass(frozen=True, slots=True)
class Summary:
    """All turns together."""

    talks: int
    """Whole talks; unrelated turns are in none."""
    turns: int
    not_scored: int
    axes: Mapping[Axis, AxisSummary]
    labels: Mapping[Label, int]
    """How many segments do what."""
    groups: Mapping[Group, int]
    talk_share: float | None
    """The manager's share, the mean over the talks where it is known."""
    costly: tuple[EvaluatedTurn, ...]
    """The turns with the lowest scores, the lowest first."""


class Gatherer:
    """Takes talks in order and sums them up."""

    def __init__(self) -> None:
        self._turns = self._not_scored = 0
        self._sums: dict[Axis, tuple[list[float], list[float]]] = {a: ([], []) for a in Axis}
        self._bins = {axis: [0] * BINS for axis in Axis}
        self._labels: Counter[Label] = Counter()
        self._groups: Counter[Group] = Counter()
        self._costly: list[tuple[float, float, int, EvaluatedTurn]] = []
        self._by_file: defaultdict[tuple[str, Axis], list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.talks: list[EvaluatedTalk] = []

    def add(self, done: DoneTalk) -> None:
        """Take one talk."""
        self._add_talk(done.talk)
        lots = [done.turns] if done.talk.whole else [(turn,) for turn in done.turns]
        for turns in lots:
            for axis, (sums, counts) in self._sums.items():
                scores = [s for turn in turns if (s := getattr(turn, axis)) is not None]
                if scores:
                    sums.append(sum(scores))
                    counts.append(len(scores))
        for turn in done.turns:
            self._add_turn(turn)
            for axis in () if done.talk.whole else Axis:
                if (score := getattr(turn, axis)) is not None:
                    self._by_file[done.talk.where, axis][0] += score
                    self._by_file[done.talk.where, axis][1] += 1

    def _add_talk(self, talk: EvaluatedTalk) -> None:
        last = self.talks[-1] if self.talks else None
        if last is None or talk.whole or last.whole or last.where != talk.where:
            self.talks.append(talk)
            return
        joined = replace(  # the next lot of one file's unrelated turns
            last,
            turns=last.turns + talk.turns,
            scored_turns=last.scored_turns + talk.scored_turns,
            manager_words=last.manager_words + talk.manager_words,
        )
        self.talks[-1] = joined

    def _means(self, talk: EvaluatedTalk) -> EvaluatedTalk:
        """Give the unrelated turns of one file their means over all lots."""
        if talk.whole:
            return talk
        quality, neutrality = (
            round(sums[0] / sums[1], 1) if (sums := self._by_file[talk.where, axis])[1] else None
            for axis in Axis
        )
        return replace(talk, mean_question_quality=quality, mean_agenda_neutrality=neutrality)

    def _add_turn(self, turn: EvaluatedTurn) -> None:
        self._turns += 1
        self._not_scored += turn.not_scored_because is not None
        for axis in Axis:
            score = getattr(turn, axis)
            if score is not None:
                self._bins[axis][min(BINS - 1, int(score // (100 / BINS)))] += 1
        for segment in turn.segments:
            self._labels[segment.label] += 1
            labelled = LabelledSegment(
                Segment(segment.text), segment.label, frozenset(segment.flags), {}
            )
            self._groups[group_of(labelled)] += 1
        if turn.lowest is not None:
            total = sum(s for a in Axis if (s := getattr(turn, a)) is not None)
            # The place makes equals keep the order of the inputs, and no two turns compare.
            entry = (-turn.lowest, -total, -self._turns, turn)
            if len(self._costly) < MOST_COSTLY:
                heapq.heappush(self._costly, entry)
            else:
                heapq.heappushpop(self._costly, entry)

    def listed(self) -> tuple[EvaluatedTalk, ...]:
        """Return the talks, the unrelated turns of one file as one."""
        return tuple(self._means(talk) for talk in self.talks)

    def summary(self) -> Summary:
        """Return the sum of what was taken."""
        shares = [t.talk_share for t in self.talks if t.talk_share is not None]
        return Summary(
            talks=sum(talk.whole for talk in self.talks),
            turns=self._turns,
            not_scored=self._not_scored,
            axes={axis: self._axis(axis) for axis in Axis},
            labels={label: self._labels[label] for label in Label},
            groups={group: self._groups[group] for group in Group},
            talk_share=round(sum(shares) / len(shares), 3) if shares else None,
            costly=tuple(entry[-1] for entry in sorted(self._costly, reverse=True)),
        )

    def _axis(self, axis: Axis) -> AxisSummary:
        sums, counts = self._sums[axis]
        return AxisSummary(ratio(sums, counts), int(sum(counts)), tuple(self._bins[axis]))
