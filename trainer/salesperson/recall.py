"""Which part of the scenario a manager's turn is about, by meaning."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer import paths
from trainer.labels import SCORED_ASKS, STEERING
from trainer.protocols import Encoder
from trainer.salesperson.examples import APOLOGIES, EXAMPLES, Step
from trainer.same_idea import SAME_IDEA, bare_idea
from trainer.scenario.model import ScenarioFile
from trainer.types import Line, Mind, TurnScore

Vectors = NDArray[np.float32]

NEAR = 0.36  # cosine from which an example ask means the same; unrelated asks stay under .32
LINE_WEIGHT = 0.85  # an answer is a weaker sign of the question than an example ask
TOO_EARLY = 0.8  # asks for a choice or a commitment weigh less while no idea is on the table
STAY = 0.06  # a topic under way wins over one that is barely nearer
AGAIN = 0.6  # cosine from which a turn asks to hear the last line again
SORRY = 0.5  # cosine from which a segment takes back what was said before


class Place(NamedTuple):
    """Where in the scenario a turn points, and how surely (cosine)."""

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
    steering: Vectors
    """The bare ideas of the segments that steer, shape (steering segments, dimension)."""


@dataclass(frozen=True, slots=True)
class _Target:
    topic: str | None
    step: Step | None
    weight: float


class Recall:
    """Finds the topic or step a turn asks about; embeddings are computed once and kept on disk."""

    def __init__(self, file: ScenarioFile, encoder: Encoder) -> None:
        """Embed everything the scenario can be asked."""
        self._encoder = encoder
        examples = list(_all_examples(file))
        self._targets = [target for target, _ in examples]
        texts = [text for _, text in examples]
        actions = [bare_idea(idea.action) for idea in file.ideas]
        kept = _embedded(encoder, [*texts, *actions, *APOLOGIES])
        self._vectors, rest = kept[: len(texts)], kept[len(texts) :]
        self._idea_vectors, self._apologies = rest[: len(actions)], rest[len(actions) :]
        self._rows = {text: row for row, text in enumerate(texts)}
        self._ideas = [idea.id for idea in file.ideas]

    def hear(self, score: TurnScore) -> Heard:
        """Embed a turn: the whole, its last ask, its segments, and the ideas it puts forward."""
        segments = [each.segment.text for each in score.segments]
        asks = [s.segment.text for s in score.segments if s.label in SCORED_ASKS]
        pushed = [bare_idea(s.segment.text) for s in score.segments if s.label in STEERING]
        whole = " ".join(segments)
        texts = list(dict.fromkeys([whole, *asks[-1:], *segments, *pushed]))
        rows = dict(zip(texts, self._encoder.encode(texts), strict=True))

        def of(some: Sequence[str]) -> Vectors:
            found = [rows[text] for text in some]
            return np.stack(found) if found else np.zeros((0, len(rows[whole])), np.float32)

        looked_up = list(dict.fromkeys([whole, *asks[-1:]]))
        return Heard(rows[whole], of(looked_up), of(segments), of(pushed))

    def place(self, heard: Heard, mind: Mind) -> Place:
        """Return what a turn is about; both parts None when it is off the map."""
        nearness = (heard.asks @ self._vectors.T).max(axis=0)
        best = Place(None, None, 0.0)
        for target, near in zip(self._targets, nearness, strict=True):
            value = float(near) * target.weight
            if target.topic is not None and target.topic == mind.topic:
                value += STAY
            if target.step in {Step.CHOICE, Step.COMMITMENT} and not mind.ideas:
                value *= TOO_EARLY
            if target.step is Step.REPEAT and near < AGAIN:
                continue
            if value > best.nearness:
                best = Place(target.topic, target.step, value)
        return best if best.nearness >= NEAR else Place(None, None, best.nearness)

    def ideas_named(self, heard: Heard) -> frozenset[str]:
        """Return the ideas that steering segments put into the salesperson's mouth."""
        if not len(heard.steering):
            return frozenset()
        near = (heard.steering @ self._idea_vectors.T).max(axis=0)
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


def _all_examples(file: ScenarioFile) -> list[tuple[_Target, str]]:
    examples = []
    for topic in file.topics:
        examples += [(_Target(topic.id, None, 1.0), ask) for ask in topic.asks]
        lines = [line for layer in topic.layers for line in layer.lines]
        examples += [(_Target(topic.id, None, LINE_WEIGHT), line) for line in lines]
    own = {
        Step.OPTIONS: file.step_asks.options,
        Step.CHOICE: file.step_asks.choice,
        Step.COMMITMENT: file.step_asks.commitment,
    }
    for step, asks in EXAMPLES.items():
        examples += [(_Target(None, step, 1.0), ask) for ask in (*asks, *own.get(step, ()))]
    return examples


def _embedded(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Embed texts, keeping the result on disk under a hash of texts and encoder."""
    key = hashlib.sha256("\0".join((encoder.name, *texts)).encode()).hexdigest()
    kept = paths.cache_dir() / "embeddings" / f"{key}.npy"
    try:
        return np.asarray(np.load(kept), np.float32)
    except (OSError, ValueError, EOFError):
        vectors = encoder.encode(texts)
    _keep(kept, vectors)
    return vectors


def _keep(path: Path, vectors: Vectors) -> None:
    # A cache that cannot be written costs a second next time, never the talk.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as stream:
            np.save(stream, vectors)
        Path(stream.name).replace(path)
    except OSError:
        return
