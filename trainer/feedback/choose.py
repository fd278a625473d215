"""Which one point is worth making about a turn (rubric 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trainer.labels import has_leave, is_ask
from trainer.scoring.neutrality import CLEAR_NEUTRAL, expected_severity, steering_mass
from trainer.types import Flag, Kind, Label, LabelledSegment, TurnScore

WORTH_A_TIP = 60.0  # a score under this has something to mend
MOST_RUNNING = 2  # the same tip is never given three times running


class Tip(StrEnum):
    """Everything feedback can be about; first the things to mend, most valuable first."""

    DIRECTION = "direction"
    PRESSURE = "pressure"
    TAKEOVER = "takeover"
    ADVICE = "advice"
    ADVICE_QUESTION = "advice_question"
    STORY = "story"
    LEADING = "leading"
    RHETORICAL = "rhetorical"
    SLANT = "slant"
    STACKING = "stacking"
    SELF_ANSWER = "self_answer"
    NARROWED = "narrowed"
    WHY = "why"
    CLOSED = "closed"
    BURIED = "buried"
    STRONG_UPTAKE = "strong_uptake"
    STRONG_LISTENING = "strong_listening"
    STRONG_CHOICE = "strong_choice"
    STRONG_OWNERSHIP = "strong_ownership"
    STRONG_PERMISSION = "strong_permission"
    STRONG_OPEN = "strong_open"
    STRONG_BRIEF = "strong_brief"


@dataclass(frozen=True, slots=True)
class Point:
    """A tip with the words it is about."""

    tip: Tip
    segment: LabelledSegment

    @property
    def is_strength(self) -> bool:
        """Whether the point names what was good."""
        return self.tip.value.startswith("strong_")


_Test = Callable[[LabelledSegment], bool]


def _labelled(*labels: Label) -> _Test:
    return lambda segment: segment.label in labels


def _without_leave(label: Label) -> _Test:
    return lambda segment: segment.label is label and not has_leave(segment)


_TO_MEND: Mapping[Tip, _Test] = {
    Tip.DIRECTION: _labelled(Label.DIRECTION),
    Tip.PRESSURE: _labelled(Label.PRESSURE),
    Tip.TAKEOVER: lambda s: Flag.TAKEOVER in s.flags,
    Tip.ADVICE: _without_leave(Label.ADVICE),
    Tip.ADVICE_QUESTION: _labelled(Label.ADVICE_QUESTION),
    Tip.STORY: _without_leave(Label.STORY),
    Tip.LEADING: _labelled(Label.LEADING_QUESTION),
    Tip.RHETORICAL: _labelled(Label.RHETORICAL_QUESTION),
    Tip.SLANT: lambda s: Flag.SLANT in s.flags,
    Tip.SELF_ANSWER: lambda s: Flag.SELF_ANSWER in s.flags,
    Tip.NARROWED: _labelled(Label.NARROWED_QUESTION),
    Tip.WHY: _labelled(Label.WHY_CHALLENGE),
    Tip.CLOSED: _labelled(Label.CLOSED_QUESTION, Label.SPECIFIC_QUESTION),
    Tip.BURIED: _labelled(Label.OPEN_QUESTION),
}

_STRENGTHS: Mapping[Tip, _Test] = {
    Tip.STRONG_UPTAKE: lambda s: is_ask(s) and Flag.UPTAKE in s.flags,
    Tip.STRONG_OWNERSHIP: lambda s: is_ask(s) and Flag.OWNERSHIP in s.flags,
    Tip.STRONG_CHOICE: _labelled(Label.AUTONOMY),
    Tip.STRONG_LISTENING: _labelled(Label.REFLECTION, Label.AFFIRMATION),
    Tip.STRONG_PERMISSION: _labelled(Label.PERMISSION),
    Tip.STRONG_OPEN: _labelled(Label.OPEN_QUESTION),
    Tip.STRONG_BRIEF: is_ask,
}


def choose(
    score: TurnScore, *, kind: Kind = Kind.COACHING, given: Sequence[str] = ()
) -> Point | None:
    """Choose the most valuable point about a turn, or None when there is nothing to say.

    Args:
        score: The turn, scored.
        kind: In mentoring, stories are the service; in enrollment, so is the request.
        given: Tips given so far in this talk, oldest first.
    """
    if score.lowest is None:
        return None
    worn = _worn_out(given)
    points = _to_mend(score, kind) or _likeliest(score) if score.lowest < WORTH_A_TIP else []
    points += _strengths(score)
    return next((point for point in points if point.tip is not worn), None)


def _worn_out(given: Sequence[str]) -> Tip | None:
    last = list(given[-MOST_RUNNING:])
    same = len(last) == MOST_RUNNING and len(set(last)) == 1
    return Tip(last[0]) if same else None


def _to_mend(score: TurnScore, kind: Kind) -> list[Point]:
    asks = [segment for segment in score.segments if is_ask(segment)]
    points = []
    for tip in Tip:
        if tip is Tip.STACKING:
            points += [Point(tip, asks[-1])] if len(asks) > 1 else []
        elif tip in _TO_MEND and tip not in _SERVICES[kind]:
            points += [Point(tip, s) for s in score.segments if _TO_MEND[tip](s)][:1]
    return points


def _likeliest(score: TurnScore) -> list[Point]:
    """Name the likeliest push where no label is one but the doubt alone costs the points."""
    steering = [segment for segment in score.segments if steering_mass(segment) > CLEAR_NEUTRAL]
    if not steering:
        return []
    worst = max(steering, key=expected_severity)
    label = max(_OF_LABEL, key=lambda each: worst.probs[each])
    return [Point(_OF_LABEL[label], worst)]


_OF_LABEL: Mapping[Label, Tip] = {
    Label.DIRECTION: Tip.DIRECTION,
    Label.PRESSURE: Tip.PRESSURE,
    Label.ADVICE: Tip.ADVICE,
    Label.ADVICE_QUESTION: Tip.ADVICE_QUESTION,
    Label.LEADING_QUESTION: Tip.LEADING,
    Label.RHETORICAL_QUESTION: Tip.RHETORICAL,
    Label.WHY_CHALLENGE: Tip.WHY,
}

_SERVICES: Mapping[Kind, frozenset[Tip]] = {
    Kind.COACHING: frozenset(),
    Kind.ENROLLMENT: frozenset({Tip.ADVICE}),
    Kind.MENTORING: frozenset({Tip.STORY}),
}


def _strengths(score: TurnScore) -> list[Point]:
    return [
        Point(tip, segment)
        for tip, test in _STRENGTHS.items()
        for segment in score.segments
        if test(segment) and Flag.SLANT not in segment.flags
    ]
