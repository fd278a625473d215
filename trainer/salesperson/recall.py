"""Which part of the scenario a manager's turn is about, by meaning."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer import paths
from trainer.labels import SCORED_ASKS, STEERING
from trainer.protocols import Encoder
from trainer.scenario.model import ScenarioFile
from trainer.types import LabelledSegment, Line, Mind

Vectors = NDArray[np.float32]

NEAR = 0.36  # cosine from which an example ask means the same; unrelated asks stay under .32
LINE_WEIGHT = 0.85  # an answer is a weaker sign of the question than an example ask
TOO_EARLY = 0.8  # asks for a choice or a commitment weigh less while no idea is on the table
STAY = 0.06  # a topic under way wins over one that is barely nearer
SAME_IDEA = 0.55  # cosine from which two wordings name the same step


class Step(StrEnum):
    """What a manager can ask for besides a topic."""

    FOLLOW_UP = "follow_up"
    OPTIONS = "options"
    CHOICE = "choice"
    COMMITMENT = "commitment"


_EXAMPLES: dict[Step, tuple[str, ...]] = {
    Step.FOLLOW_UP: (
        "Tell me more about that.",
        "Say a bit more.",
        "What else is there?",
        "And what's underneath that?",
        "What makes you say that?",
        "How do you mean?",
        "What was that like for you?",
        "What's behind that?",
        "Go on, I'm listening.",
    ),
    Step.OPTIONS: (
        "What could you do about it?",
        "What options do you see from here?",
        "What have you thought of trying?",
        "How might you go about changing that?",
        "What would you do differently?",
        "If it were entirely up to you, what would you try?",
        "What ideas do you have?",
        "What would help you move this forward?",
    ),
    Step.CHOICE: (
        "Which of those will you go with?",
        "So what will you do?",
        "What's the first step you want to take?",
        "Where do you want to start?",
        "What are you going to try first?",
        "What do you choose?",
    ),
    Step.COMMITMENT: (
        "When will you do it?",
        "How will you hold yourself to that?",
        "How will you know it worked?",
        "What could get in your way, and how will you handle that?",
        "How will you make sure it happens?",
        "Who will you tell about it?",
        "What support do you want for that?",
        "By when?",
    ),
}


class Place(NamedTuple):
    """Where in the scenario a turn points, and how surely (cosine)."""

    topic: str | None
    step: Step | None
    nearness: float


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
        texts: list[str] = []
        self._targets: list[_Target] = []
        for target, text in _all_examples(file):
            self._targets.append(target)
            texts.append(text)
        self._vectors = _embedded(encoder, texts)
        self._rows = {text: row for row, text in enumerate(texts)}
        self._ideas = [idea.id for idea in file.ideas]
        self._idea_vectors = _embedded(encoder, [idea.action for idea in file.ideas])

    def place(self, segments: Sequence[LabelledSegment], mind: Mind) -> Place:
        """Return what a turn is about; both parts None when it is off the map."""
        asks = [s.segment.text for s in segments if s.label in SCORED_ASKS]
        whole = " ".join(s.segment.text for s in segments)
        queries = [whole, asks[-1]] if asks and asks[-1] != whole else [whole]
        nearness = (self._encoder.encode(queries) @ self._vectors.T).max(axis=0)
        best = Place(None, None, 0.0)
        for target, near in zip(self._targets, nearness, strict=True):
            value = float(near) * target.weight
            if target.topic is not None and target.topic == mind.topic:
                value += STAY
            if target.step in {Step.CHOICE, Step.COMMITMENT} and not mind.ideas:
                value *= TOO_EARLY
            if value > best.nearness:
                best = Place(target.topic, target.step, value)
        return best if best.nearness >= NEAR else Place(None, None, best.nearness)

    def ideas_named(self, segments: Sequence[LabelledSegment]) -> frozenset[str]:
        """Return the ideas that steering segments put into the salesperson's mouth."""
        texts = [s.segment.text for s in segments if s.label in STEERING]
        if not texts or not self._ideas:
            return frozenset()
        near = (self._encoder.encode(texts) @ self._idea_vectors.T).max(axis=0)
        return frozenset(
            idea for idea, n in zip(self._ideas, near, strict=True) if float(n) >= SAME_IDEA
        )

    def nearest_idea(self, text: str, among: Sequence[str]) -> str:
        """Return which of the given ideas a text is closest to."""
        rows = [self._ideas.index(idea) for idea in among]
        near = self._encoder.encode([text]) @ self._idea_vectors[rows].T
        return among[int(np.argmax(near[0]))]

    def nearest_line(self, text: str, among: Sequence[Line]) -> Line:
        """Return which of the given topic lines answers a text best; ties go to the first."""
        rows = [self._rows[line.text] for line in among]
        near = self._encoder.encode([text]) @ self._vectors[rows].T
        return among[int(np.argmax(near[0]))]


def _all_examples(file: ScenarioFile) -> list[tuple[_Target, str]]:
    examples = []
    for topic in file.topics:
        examples += [(_Target(topic.id, None, 1.0), ask) for ask in topic.asks]
        lines = [line for layer in topic.layers for line in layer.lines]
        examples += [(_Target(topic.id, None, LINE_WEIGHT), line) for line in lines]
    for step, own in (
        (Step.FOLLOW_UP, ()),
        (Step.OPTIONS, file.step_asks.options),
        (Step.CHOICE, file.step_asks.choice),
        (Step.COMMITMENT, file.step_asks.commitment),
    ):
        examples += [(_Target(None, step, 1.0), ask) for ask in (*_EXAMPLES[step], *own)]
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
