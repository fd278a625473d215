"""Which part of the scenario a manager's turn is about, by meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trainer.labels import SCORED_ASKS, STEERING
from trainer.protocols import Encoder
from trainer.salesperson.embeddings import Vectors, embedded
from trainer.salesperson.examples import APOLOGIES, ELSEWHERE, EXAMPLES, Step
from trainer.same_idea import SAME_IDEA, act_bonus, bare_idea
from trainer.scenario.model import ScenarioFile
from trainer.types import Line, Mind, TurnScore

# Read off benchmarks/recall.py, all of them.
NEAR = 0.24  # nearness from which a turn is about something the scenario knows
COMMON = 0.7  # how much of what all examples have in common is taken out before comparing
SECOND = 0.15  # weight of the second-nearest example ask beside the nearest
BY_LINE = 0.1  # weight of the nearest answer beside the asks
LINE_ALONE = 0.8  # an answer alone is a weaker sign of the question than an example ask
ELSEWHERE_WEIGHT = 0.9  # of the questions no scenario is about
TOO_EARLY = 0.8  # asks for a choice or a commitment weigh less while no idea is on the table
STAY = 0.05  # a topic under way wins over one that is barely nearer
AGAIN = 0.45  # nearness from which a turn asks to hear the last line again
SORRY = 0.5  # cosine from which a segment takes back what was said before


class Place(NamedTuple):
    """Where in the scenario a turn points, and how near it is to that (at most 1)."""

    topic: str | None
    step: Step | None
    nearness: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn's words as vectors, embedded once; every question about their meaning uses them."""

    whole: Vectors
    """Shape (dimension,)."""
    asks: Vectors
    """What is looked up: the whole turn and its last ask; shape (1 or 2, dimension)."""
    segments: Vectors
    """Shape (segments, dimension)."""
    pushed: tuple[str, ...]
    """The words of the segments that steer."""
    ideas: Vectors
    """Their bare ideas, shape (steering segments, dimension)."""


class _Target(NamedTuple):
    """Something to be asked about; with neither topic nor step, nothing in the scenario."""

    topic: str | None
    step: Step | None


_NOTHING = _Target(None, None)


class _Rows(NamedTuple):
    """Where the vectors of a target lie."""

    asks: list[int]
    lines: list[int]


class Recall:
    """Finds the topic or step a turn asks about; embeddings are computed once and kept on disk."""

    def __init__(self, file: ScenarioFile, encoder: Encoder) -> None:
        """Embed everything the scenario can be asked."""
        self._encoder = encoder
        texts: list[str] = []
        self._targets: dict[_Target, _Rows] = {}
        for target, asks, lines in _all_examples(file):
            start, middle = len(texts), len(texts) + len(asks)
            texts += [*asks, *lines]
            rows = _Rows(list(range(start, middle)), list(range(middle, len(texts))))
            self._targets[target] = rows
        self._actions = [idea.action for idea in file.ideas]
        self._ideas = [idea.id for idea in file.ideas]
        actions = [bare_idea(action) for action in self._actions]
        kept = embedded(encoder, [*texts, *actions, *APOLOGIES])
        self._vectors, rest = kept[: len(texts)], kept[len(texts) :]
        self._idea_vectors, self._apologies = rest[: len(actions)], rest[len(actions) :]
        self._common = COMMON * self._vectors.mean(axis=0)
        self._apart = self._without_common(self._vectors)
        self._rows = {text: row for row, text in enumerate(texts)}

    def _without_common(self, vectors: Vectors) -> Vectors:
        """Take out what all examples share, which is mostly that they are questions."""
        apart = vectors - self._common
        unit: Vectors = apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-6)
        return unit

    def hear(self, score: TurnScore) -> Heard:
        """Embed a turn: the whole, its last ask, its segments, and the ideas it puts forward."""
        segments = [each.segment.text for each in score.segments]
        asks = [s.segment.text for s in score.segments if s.label in SCORED_ASKS]
        pushed = [s.segment.text for s in score.segments if s.label in STEERING]
        ideas = [bare_idea(text) for text in pushed]
        whole = " ".join(segments)
        texts = list(dict.fromkeys([whole, *asks[-1:], *segments, *ideas]))
        rows = dict(zip(texts, self._encoder.encode(texts), strict=True))

        def of(some: Sequence[str]) -> Vectors:
            found = [rows[text] for text in some]
            return np.stack(found) if found else np.zeros((0, len(rows[whole])), np.float32)

        looked_up = list(dict.fromkeys([whole, *asks[-1:]]))
        return Heard(rows[whole], of(looked_up), of(segments), tuple(pushed), of(ideas))

    def place(self, heard: Heard, mind: Mind, *, near: float = NEAR) -> Place:
        """Return what a turn is about; both parts None when it is off the map.

        Args:
            heard: The turn.
            mind: The topic under way and the ideas on the table weigh in.
            near: From which nearness anything counts as near.
        """
        nearness = (self._without_common(heard.asks) @ self._apart.T).max(axis=0)
        best = Place(None, None, 0.0)
        for target, rows in self._targets.items():
            value = _value(nearness, rows)
            if target == _NOTHING:
                value *= ELSEWHERE_WEIGHT
            if target.topic is not None and target.topic == mind.topic:
                value += STAY
            if target.step in {Step.CHOICE, Step.COMMITMENT} and not mind.ideas:
                value *= TOO_EARLY
            if target.step is Step.REPEAT and value < AGAIN:
                continue
            if value > best.nearness:
                best = Place(target.topic, target.step, value)
        return best if best.nearness >= near else Place(None, None, best.nearness)

    def ideas_named(self, heard: Heard) -> frozenset[str]:
        """Return the ideas that steering segments put into the salesperson's mouth."""
        if not heard.pushed:
            return frozenset()
        cosines = heard.ideas @ self._idea_vectors.T
        near = (cosines + act_bonus(heard.pushed, self._actions)).max(axis=0)
        return frozenset(
            idea for idea, n in zip(self._ideas, near, strict=True) if float(n) >= SAME_IDEA
        )

    def takes_back(self, heard: Heard) -> bool:
        """Say whether a segment of the turn takes back what the manager said before."""
        return bool((heard.segments @ self._apologies.T).max(initial=0.0) >= SORRY)

    def idea_nearness(self, heard: Heard, context: Line | None) -> Mapping[str, float]:
        """Return how near each idea is to the turn, and half as much to the line before it."""
        near = heard.asks @ self._idea_vectors.T
        total = near.max(axis=0)
        if context is not None and context.text in self._rows:
            total = total + 0.5 * (self._idea_vectors @ self._vectors[self._rows[context.text]])
        return dict(zip(self._ideas, total.tolist(), strict=True))

    def nearest_line(self, heard: Heard, among: Sequence[Line]) -> Line:
        """Return which of the given topic lines answers a turn best; ties go to the first."""
        rows = [self._rows[line.text] for line in among]
        near = self._vectors[rows] @ heard.whole
        return among[int(np.argmax(near))]


def _value(nearness: Vectors, rows: _Rows) -> float:
    """Weigh a target's examples: the two nearest asks, and the nearest answer."""
    asks = sorted((float(nearness[row]) for row in rows.asks), reverse=True)
    second = asks[1] if len(asks) > 1 else asks[0]
    by_asks = (1 - SECOND) * asks[0] + SECOND * second
    if not rows.lines:
        return by_asks
    by_line = float(nearness[rows.lines].max())
    return max((1 - BY_LINE) * by_asks + BY_LINE * by_line, LINE_ALONE * by_line)


def _all_examples(file: ScenarioFile) -> Iterator[tuple[_Target, Sequence[str], Sequence[str]]]:
    """Yield each target with its example asks and the lines that answer them."""
    for topic in file.topics:
        lines = [line for layer in topic.layers for line in layer.lines]
        yield _Target(topic.id, None), topic.asks, lines
    own = {
        Step.OPTIONS: file.step_asks.options,
        Step.CHOICE: file.step_asks.choice,
        Step.COMMITMENT: file.step_asks.commitment,
    }
    for step, asks in EXAMPLES.items():
        yield _Target(None, step), [*asks, *own.get(step, ())], ()
    yield _NOTHING, ELSEWHERE, ()
