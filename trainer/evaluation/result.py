"""What comes out of an evaluation, as values; their JSON form is published and has a version.

``None`` is "not scored" or "not known", here and in the JSON, never 0. Scores are rounded to one
decimal and probabilities to six when they are made, so that what is written does not depend on
how the work was cut into batches and shared out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from trainer.evaluation.talks import GoldSegment, Problem, Recorded
from trainer.types import Flag, Kind, Label

FORMAT = 2  # of the JSON; 1 had no talks


@dataclass(frozen=True, slots=True)
class ScoredSegment:
    """A stretch of a turn with what it does."""

    text: str
    label: Label
    flags: tuple[Flag, ...]
    probs: dict[str, float]
    """Of all 19 labels, to six places; they sum to 1."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of feedback."""

    quote: str
    what: str
    why: str
    rewrite: str | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What cost the turn most: the words, the axis, the points and the reason."""

    axis: str
    quote: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class FromReference:
    """The same turn scored from the words really said, and how well they were heard."""

    text: str
    word_errors: int
    words: int
    labels: tuple[Label, ...]
    question_quality: float | None
    agenda_neutrality: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch as people labelled it, and as the scorer did."""

    gold: Label
    scored: Label
    scored_from_reference: Label | None
    raters: tuple[Label, ...]
    """What each rater said, the first rater first; the gold is what most of them said."""


@dataclass(frozen=True, slots=True)
class AgainstGold:
    """A turn beside what people made of it."""

    pairs: tuple[Pair, ...]
    segments: tuple[GoldSegment, ...]
    question_quality: float | None
    agenda_neutrality: float | None


@dataclass(frozen=True, slots=True)
class EvaluatedTurn:
    """One turn of the manager with its words, scores and evidence."""

    id: str
    talk: str
    where: str
    kind: Kind
    text: str
    said_before: str | None
    start_s: float | None
    end_s: float | None
    recogniser: str | None
    """What heard it; None for written turns."""
    segments: tuple[ScoredSegment, ...]
    question_quality: float | None
    agenda_neutrality: float | None
    costs: tuple[Cost, ...]
    """What took points, the dearest first."""
    feedback: Point | None
    scorer: str
    not_scored_because: str | None
    reference: FromReference | None = None
    recorded: Recorded | None = None
    """How a kept session was scored at the time."""
    gold: AgainstGold | None = None

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels of its segments, in order."""
        return tuple(segment.label for segment in self.segments)

    @property
    def lowest(self) -> float | None:
        """The lower of the scores there are."""
        there = [s for s in (self.question_quality, self.agenda_neutrality) if s is not None]
        return min(there, default=None)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95% bootstrap interval."""

    value: float
    low: float
    high: float

    @property
    def is_wide(self) -> bool:
        """Whether the resamples differ; those of a single talk cannot, which says nothing."""
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class EvaluatedTalk:
    """One talk, or the unrelated turns of one file (``whole`` is false)."""

    id: str
    where: str
    kind: Kind
    whole: bool
    turns: int
    scored_turns: int
    question_quality: Interval | None
    """Of the talk as a whole (rubric 6); None under five scored turns."""
    agenda_neutrality: Interval | None
    mean_question_quality: float | None
    mean_agenda_neutrality: float | None
    manager_words: int
    other_words: int | None
    talk_share: float | None
    """The manager's share of the talk, of the time where it is known, else of the words."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scripted or simulated talk of a scenario; it passed when nothing failed."""

    scenario: str
    name: str
    where: str
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoneTalk:
    """A talk with its turns."""

    talk: EvaluatedTalk
    turns: tuple[EvaluatedTurn, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one unit of work."""

    talks: tuple[DoneTalk, ...] = ()
    scenarios: tuple[ScenarioResult, ...] = ()
    problems: tuple[Problem, ...] = ()


DONE: TypeAdapter[Done] = TypeAdapter(Done)
_TURN: TypeAdapter[EvaluatedTurn] = TypeAdapter(EvaluatedTurn)
_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def plain(value: Any) -> Any:
    """Return a value as what JSON is made of."""
    return _ANY.dump_python(value, mode="json")


def turn_from(plain_turn: Any) -> EvaluatedTurn:
    """Return a turn from its JSON form.

    Raises:
        ValueError: It is none.
    """
    return _TURN.validate_python(plain_turn)
