"""Scores of a whole talk: question quality, agenda neutrality, who owned the ideas (rubric 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

import numpy as np

from trainer.labels import LISTENING, SCORED_ASKS, is_ask
from trainer.scoring.kinds import advice_hygiene, agenda_openness
from trainer.types import Axis, Flag, Kind, Label, LabelledSegment, OwnedAction, TurnScore

FEWEST_TURNS = 5  # scored turns below which only turns are reported
PATTERN_SHARE = 0.3
WORST_SHARE = 0.4  # weight of the lowest quarter: managers are remembered for their worst push
MANAGERS_IDEA_CAP = 60.0
BOOTSTRAP_DRAWS = 1000


class Band(StrEnum):
    """What a conversation's score amounts to."""

    TELLING = "telling"
    MIXED = "mixed"
    COACHING = "coaching"
    STRONG = "strong coaching"


def band(score: float) -> Band:
    """Return the band of a 0 to 100 score."""
    if score < 40:
        return Band.TELLING
    if score < 60:
        return Band.MIXED
    return Band.COACHING if score < 80 else Band.STRONG


@dataclass(frozen=True, slots=True)
class AxisScore:
    """One axis of a talk with its 95 % bootstrap interval over turns."""

    value: float
    low: float
    high: float

    @property
    def band(self) -> Band:
        """What the value amounts to."""
        return band(self.value)


@dataclass(frozen=True, slots=True)
class ConversationScore:
    """A whole talk; an axis is None when too few turns were scored on it."""

    question_quality: AxisScore | None
    agenda_neutrality: AxisScore | None
    """Agenda openness in an enrollment talk, advice hygiene in a mentoring talk."""
    actions: tuple[OwnedAction, ...]
    scored_turns: int


def score_conversation(
    turns: Sequence[TurnScore],
    *,
    kind: Kind,
    rng: np.random.Generator,
    actions: Sequence[OwnedAction] = (),
) -> ConversationScore:
    """Score a talk from its turns' scores, in order, retries left out.

    Args:
        turns: One score per turn.
        kind: Decides what the second axis is made of.
        rng: Draws the bootstrap samples.
        actions: What the salesperson ends with, from the ledger.
    """
    scored = [turn for turn in turns if turn.not_scored_because is None]
    second = _SECOND_AXIS[kind]

    def neutrality(some: Sequence[TurnScore]) -> float | None:
        value = second(some)
        if value is None or kind is not Kind.COACHING:
            return value
        capped = any(action.named_by_manager for action in actions)
        return min(value, MANAGERS_IDEA_CAP) if capped else value

    return ConversationScore(
        question_quality=_with_interval(scored, talk_quality, rng),
        agenda_neutrality=_with_interval(scored, neutrality, rng),
        actions=tuple(actions),
        scored_turns=len(scored),
    )


def talk_quality(turns: Sequence[TurnScore]) -> float | None:
    """Return QQ of a talk: .7 of the turns' mean and .3 of the pattern; None without questions."""
    values = [turn.question_quality for turn in turns if turn.question_quality is not None]
    if not values:
        return None
    return (1 - PATTERN_SHARE) * fmean(values) + PATTERN_SHARE * pattern(turns)


def talk_neutrality(turns: Sequence[TurnScore]) -> float | None:
    """Return AN of a coaching talk: .6 of the mean and .4 of the mean of the lowest quarter."""
    values = sorted(t.agenda_neutrality for t in turns if t.agenda_neutrality is not None)
    if not values:
        return None
    lowest = values[: max(1, -(-len(values) // 4))]
    return (1 - WORST_SHARE) * fmean(values) + WORST_SHARE * fmean(lowest)


_SECOND_AXIS: dict[Kind, Callable[[Sequence[TurnScore]], float | None]] = {
    Kind.COACHING: talk_neutrality,
    Kind.ENROLLMENT: agenda_openness,
    Kind.MENTORING: advice_hygiene,
}


def pattern(turns: Sequence[TurnScore]) -> float:
    """Return how the asks are spread over the talk, 0 to 100, the mean of six parts."""
    segments = [segment for turn in turns for segment in turn.segments]
    asks = [segment for segment in segments if is_ask(segment)]
    if not asks:
        return 0.0
    opens = [ask for ask in asks if ask.label is Label.OPEN_QUESTION]
    asking = [turn for turn in turns if any(is_ask(s) for s in turn.segments)]
    single = sum(sum(is_ask(s) for s in turn.segments) == 1 for turn in asking)
    listening = sum(segment.label in LISTENING for segment in segments)
    about_person = sum(Flag.ABOUT_PERSON in ask.flags for ask in opens)
    parts = (
        _ramp(len(opens) / len(asks), 0.3, 0.7),
        100 * single / len(asking),
        _ramp(sum(Flag.UPTAKE in ask.flags for ask in asks) / len(asks), 0, 0.5),
        _ramp(listening / len(asks), 0, 0.5),
        stage_spread(turns),
        _ramp(about_person / len(opens), 0, 0.2) if opens else 0.0,
    )
    return fmean(parts)


def stage_spread(turns: Sequence[TurnScore]) -> float:
    """Return 25 for each of goal, reality, options and will that was asked about.

    Read from flags, since stages are not labels: an ask that looks forward is a goal ask in the
    first third of the asks and an options ask later; an ask for ownership is will; an open ask
    with neither is reality. Options before a goal earn nothing for options.
    """
    asks = [s for turn in turns for s in turn.segments if s.label in SCORED_ASKS]
    seen: set[str] = set()
    for place, ask in enumerate(asks):
        stage = _stage(ask, early=place < max(1, len(asks) / 3))
        if stage == "options" and "goal" not in seen:
            continue
        seen.add(stage)
    return 25.0 * len(seen & {"goal", "reality", "options", "will"})


def _stage(ask: LabelledSegment, *, early: bool) -> str:
    if Flag.FORWARD in ask.flags and early:
        return "goal"
    if Flag.OWNERSHIP in ask.flags:
        return "will"
    if Flag.FORWARD in ask.flags:
        return "options"
    return "reality" if ask.label in {Label.OPEN_QUESTION, Label.SPECIFIC_QUESTION} else "other"


def _ramp(value: float, zero_at: float, full_at: float) -> float:
    return 100 * min(1.0, max(0.0, (value - zero_at) / (full_at - zero_at)))


def _with_interval(
    turns: Sequence[TurnScore],
    measure: Callable[[Sequence[TurnScore]], float | None],
    rng: np.random.Generator,
) -> AxisScore | None:
    value = measure(turns) if len(turns) >= FEWEST_TURNS else None
    if value is None:
        return None
    draws = []
    for _ in range(BOOTSTRAP_DRAWS):
        # Order carries meaning in the other kinds (asked before advised), so draws keep it.
        picks = np.sort(rng.integers(len(turns), size=len(turns)))
        drawn = measure([turns[i] for i in picks])
        if drawn is not None:
            draws.append(drawn)
    low, high = np.quantile(draws, (0.025, 0.975))
    return AxisScore(round(value, 1), round(float(low), 1), round(float(high), 1))


def mean_of(turns: Sequence[TurnScore], axis: Axis) -> float | None:
    """Return the plain mean of the turns scored on an axis, or None."""
    values = [getattr(turn, axis) for turn in turns]
    there = [value for value in values if value is not None]
    return fmean(there) if there else None
