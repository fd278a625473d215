"""Sets of labels the formulas share (rubric 3 and 4)."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.types import Flag, Group, Kind, Label, LabelledSegment

SCORED_ASKS = frozenset(
    {
        Label.OPEN_QUESTION,
        Label.SPECIFIC_QUESTION,
        Label.CLOSED_QUESTION,
        Label.NARROWED_QUESTION,
        Label.WHY_CHALLENGE,
        Label.LEADING_QUESTION,
        Label.ADVICE_QUESTION,
        Label.RHETORICAL_QUESTION,
    }
)
"""Asks that question quality is computed from; permission asks, but is not scored."""

INVITING = frozenset({Label.AUTONOMY, Label.PERMISSION, Label.OPEN_QUESTION, Label.CLOSED_QUESTION})
"""What leaves room for an answer beside a request of one's own."""

REQUESTING = frozenset({Label.DIRECTION, Label.ADVICE})
"""How an open request in an enrollment talk is labelled."""

LISTENING = frozenset({Label.REFLECTION, Label.AFFIRMATION, Label.AUTONOMY})

STEERING = frozenset(
    {
        Label.WHY_CHALLENGE,
        Label.LEADING_QUESTION,
        Label.ADVICE_QUESTION,
        Label.RHETORICAL_QUESTION,
        Label.ADVICE,
        Label.DIRECTION,
        Label.PRESSURE,
    }
)

LABEL_GROUPS: Mapping[Label, Group] = {
    Label.OPEN_QUESTION: Group.OPEN,
    Label.SPECIFIC_QUESTION: Group.CLOSED,
    Label.CLOSED_QUESTION: Group.CLOSED,
    Label.NARROWED_QUESTION: Group.CLOSED,
    Label.WHY_CHALLENGE: Group.STEERING_QUESTION,
    Label.LEADING_QUESTION: Group.STEERING_QUESTION,
    Label.ADVICE_QUESTION: Group.STEERING_QUESTION,
    Label.RHETORICAL_QUESTION: Group.STEERING_QUESTION,
    Label.REFLECTION: Group.LISTENING,
    Label.AFFIRMATION: Group.LISTENING,
    Label.AUTONOMY: Group.LISTENING,
    Label.INFORMATION: Group.TELLING,
    Label.STORY: Group.TELLING,
    Label.PERMISSION: Group.TELLING,
    Label.FRAMING: Group.TELLING,
    Label.ADVICE: Group.STEERING_STATEMENT,
    Label.DIRECTION: Group.STEERING_STATEMENT,
    Label.PRESSURE: Group.STEERING_STATEMENT,
    Label.SOCIAL: Group.SOCIAL,
}


def is_ask(segment: LabelledSegment) -> bool:
    """Say whether question quality counts this segment as an ask."""
    return segment.label in SCORED_ASKS


def has_leave(segment: LabelledSegment) -> bool:
    """Say whether the salesperson asked for this, or gave leave for it."""
    return bool(segment.flags & {Flag.ASKED, Flag.LICENSED})


def group_of(segment: LabelledSegment) -> Group:
    """Return the headline group; advice given with leave counts as telling, not steering."""
    if segment.label is Label.ADVICE and has_leave(segment):
        return Group.TELLING
    return LABEL_GROUPS[segment.label]


def tells(segment: LabelledSegment, kind: Kind) -> bool:
    """Say whether this tells and steers, so that a turn without an ask scores 0.

    The request is what an enrollment talk is for, and a story what a mentor is asked for.
    """
    if segment.label is Label.PRESSURE:
        return True
    if kind is Kind.ENROLLMENT and segment.label in REQUESTING:
        return False
    if kind is Kind.MENTORING and segment.label is Label.STORY:
        return False
    if segment.label is Label.DIRECTION:
        return True
    return segment.label in {Label.ADVICE, Label.STORY} and not has_leave(segment)
