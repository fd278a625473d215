"""Agenda neutrality of one turn, 0 to 100 (rubric 5), and what replaces it in other kinds (7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from trainer.labels import INVITING, STEERING
from trainer.types import Axis, Explanation, Flag, Kind, Label, LabelledSegment

SEVERITY: Mapping[Label, float] = {
    Label.DIRECTION: 1.0,
    Label.PRESSURE: 1.0,
    Label.ADVICE: 0.8,
    Label.ADVICE_QUESTION: 0.7,
    Label.LEADING_QUESTION: 0.6,
    Label.RHETORICAL_QUESTION: 0.5,
    Label.STORY: 0.4,
    Label.WHY_CHALLENGE: 0.3,
    Label.NARROWED_QUESTION: 0.3,
    Label.INFORMATION: 0.1,
}
"""How far a label pushes the manager's own agenda; labels not named push nothing."""

DEPTH = 0.85  # share of the score one certain instruction takes away
ORDER_CAP = 40.0  # the most a turn with an instruction or pressure can reach
AUTONOMY_FACTOR = 0.7
THEIRS_FACTOR = 0.5

_REPLACED: Mapping[tuple[Label, Flag], float] = {
    (Label.ADVICE_QUESTION, Flag.PUSH): 0.8,
    (Label.ADVICE, Flag.LICENSED): 0.25,
    (Label.ADVICE, Flag.ASKED): 0.1,
    (Label.STORY, Flag.LICENSED): 0.15,
    (Label.STORY, Flag.ASKED): 0.15,
    (Label.CLOSED_QUESTION, Flag.TAG): 0.15,
    (Label.CLOSED_QUESTION, Flag.GUESS): 0.15,
    (Label.REFLECTION, Flag.SLANT): 0.3,
    (Label.AFFIRMATION, Flag.SLANT): 0.3,
    (Label.INFORMATION, Flag.SLANT): 0.3,
    (Label.FRAMING, Flag.TAKEOVER): 0.5,
}
"""Severity of a label once a flag qualifies it; asked wins over licensed, else the worst counts."""

_FREE_IN_MENTORING = frozenset({Label.STORY, Label.ADVICE})

CLEAR_STEERING = 0.6  # steering mass from which a number is shown
CLEAR_NEUTRAL = 0.2  # steering mass up to which a number is shown

_DISGUISE: Mapping[Label, float] = {
    Label.ADVICE_QUESTION: 15,
    Label.LEADING_QUESTION: 15,
    Label.RHETORICAL_QUESTION: 15,
    Label.PRESSURE: 25,
}
"""Points an enrollment turn loses for hiding or forcing the manager's agenda (rubric 7)."""

ASSUMED = 20.0  # points for an order that leaves no room, the "invites" part of agenda openness


class Neutrality(NamedTuple):
    """A turn's agenda neutrality with what it is made of."""

    score: float
    explanations: tuple[Explanation, ...]


def severity(label: Label, flags: frozenset[Flag]) -> float:
    """Return how strongly a label with these flags steers, 0 to 1."""
    found = [s for (of, flag), s in _REPLACED.items() if of is label and flag in flags]
    if label is Label.ADVICE and Flag.ASKED in flags:
        value = _REPLACED[Label.ADVICE, Flag.ASKED]
    else:
        value = max(found, default=SEVERITY.get(label, 0.0))
    return value * THEIRS_FACTOR if Flag.THEIRS in flags else value


def expected_severity(segment: LabelledSegment) -> float:
    """Return the severity expected over the segment's label probabilities."""
    return sum(p * severity(label, segment.flags) for label, p in segment.probs.items())


def steering_mass(segment: LabelledSegment) -> float:
    """Return the probability that the segment steers at all."""
    return sum(segment.probs[label] for label in STEERING)


def is_clear(segments: Sequence[LabelledSegment]) -> bool:
    """Say whether every segment is plainly steering or plainly not; otherwise show a band."""
    masses = [steering_mass(segment) for segment in segments]
    return all(m >= CLEAR_STEERING or m <= CLEAR_NEUTRAL for m in masses)


def agenda_neutrality(segments: Sequence[LabelledSegment], kind: Kind) -> Neutrality:
    """Score how far a turn leaves the agenda with the salesperson.

    Args:
        segments: The turn's labelled segments, in order.
        kind: Coaching uses rubric 5; mentoring makes advice with leave and stories free;
            enrollment counts only disguise and force (rubric 7).
    """
    if kind is Kind.ENROLLMENT:
        return _openness_of_turn(segments)
    if kind is Kind.MENTORING:
        return _product(segments, _mentoring_severity)
    return _product(segments, expected_severity)


def _mentoring_severity(segment: LabelledSegment) -> float:
    free = segment.label in _FREE_IN_MENTORING and (
        segment.label is Label.STORY or segment.flags & {Flag.ASKED, Flag.LICENSED}
    )
    if not free:
        return expected_severity(segment)
    rest = {label: p for label, p in segment.probs.items() if label not in _FREE_IN_MENTORING}
    return sum(p * severity(label, segment.flags) for label, p in rest.items())


def _product(
    segments: Sequence[LabelledSegment], severity_of: Callable[[LabelledSegment], float]
) -> Neutrality:
    ordered = any(s.label in {Label.DIRECTION, Label.PRESSURE} for s in segments)
    leaves_choice = any(s.label is Label.AUTONOMY for s in segments) and not ordered
    kept = 1.0
    explanations = []
    for segment in segments:
        s = severity_of(segment) * (AUTONOMY_FACTOR if leaves_choice else 1.0)
        lost = 100 * kept * DEPTH * s
        kept *= 1 - DEPTH * s
        if lost >= 1:
            explanations.append(_lost(segment, lost))
    score = 100 * kept
    if ordered:
        score = min(score, ORDER_CAP)
    return Neutrality(score, tuple(explanations))


def _openness_of_turn(segments: Sequence[LabelledSegment]) -> Neutrality:
    invites = any(segment.label in INVITING for segment in segments)
    explanations = []
    total = 100.0
    for segment in segments:
        lost = sum(segment.probs[label] * points for label, points in _DISGUISE.items())
        if not invites:
            lost += segment.probs[Label.DIRECTION] * ASSUMED
        total -= lost
        if lost >= 1:
            explanations.append(_lost(segment, lost))
    return Neutrality(max(0.0, total), tuple(explanations))


def _lost(segment: LabelledSegment, points: float) -> Explanation:
    flags = "".join(f", {flag.replace('_', ' ')}" for flag in sorted(segment.flags & _WORTH_SAYING))
    reason = segment.label.replace("_", " ") + flags
    return Explanation(Axis.AGENDA_NEUTRALITY, segment.segment.text, round(-points, 1), reason)


_WORTH_SAYING = frozenset(flag for _, flag in _REPLACED) | {Flag.THEIRS}
