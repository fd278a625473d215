"""How a turn is taken: as a push, as being heard, as an offer, or simply as a question."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from trainer.labels import INVITING, REQUESTING, STEERING, has_leave, is_ask
from trainer.types import Flag, Kind, Label, LabelledSegment, Mind, TurnScore

STACKED_ASKS = 3  # asks in one turn from which a person answers "which one?"
GRILLED_RUN = 3  # closed questions in a row that feel like an interrogation
CLEARLY = 0.6  # probability that a segment steers from which it is taken as a push
DOUBTLESS = 0.2  # and up to which it is taken for what it seems; between them it is torn
LEAVE_FROM_TRUST = 25  # trust under which they would rather not hear advice


class Taken(StrEnum):
    """How a turn is taken; the names are the scenario file's `reactions`."""

    TOLD = "told"
    TOLD_AGAIN = "told_again"
    STEERED = "steered"
    PRESSED = "pressed"
    BLAMED = "blamed"
    SLANTED = "slanted"
    TAKEN_OVER = "taken_over"
    SWITCHED = "switched"
    REPAIRED = "repaired"
    STACKED = "stacked"
    GRILLED = "grilled"
    LISTENED = "listened"
    GRANTED = "granted"
    REFUSED = "refused"
    ADVISED = "advised"
    ANNOUNCED = "announced"
    GREETED = "greeted"
    NOT_YET = "not_yet"
    DECLINED = "declined"
    USED_UP = "used_up"
    OFF_MAP = "off_map"
    SILENCE = "silence"


PUSHED = frozenset(
    {
        Taken.TOLD,
        Taken.TOLD_AGAIN,
        Taken.STEERED,
        Taken.PRESSED,
        Taken.BLAMED,
        Taken.SLANTED,
        Taken.TAKEN_OVER,
        Taken.SWITCHED,
    }
)
"""Ways of taking a turn that answer the push instead of the question."""


def take(score: TurnScore, mind: Mind, kind: Kind) -> Taken | None:
    """Decide how a turn is taken, or None when it is simply to be answered.

    A push is answered as a push whatever question follows it: the person heard the order.
    """
    pushed = _worst_push(score.segments, kind, first_request=mind.requests == 0)
    if pushed is not None:
        again = mind.told + mind.steered >= 1
        return Taken.TOLD_AGAIN if pushed is Taken.TOLD and again else pushed
    asks = [segment for segment in score.segments if is_ask(segment)]
    if len(asks) >= STACKED_ASKS:
        return Taken.STACKED
    if any(s.label is Label.ADVICE and has_leave(s) for s in score.segments):
        return Taken.ADVISED  # a check-back behind it is answered by trying the advice on
    if asks:
        run = mind.closed_run + 1 if asks_only_closed(score) else 0
        return Taken.GRILLED if run and run % GRILLED_RUN == 0 else None
    return _without_ask(score.segments, mind, kind)


def _worst_push(
    segments: Sequence[LabelledSegment], kind: Kind, *, first_request: bool
) -> Taken | None:
    # What an enrollment talk is for: one open request, and any that leaves room for an answer.
    open_request = kind is Kind.ENROLLMENT and (
        first_request or any(s.label in INVITING for s in segments)
    )
    found = {taken for s in segments if (taken := _push(s, open_request)) is not None}
    order = (
        Taken.PRESSED,
        Taken.TAKEN_OVER,
        Taken.TOLD,
        Taken.BLAMED,
        Taken.STEERED,
        Taken.SLANTED,
    )
    return next((taken for taken in order if taken in found), None)


def _push(segment: LabelledSegment, open_request: bool) -> Taken | None:
    label, flags = segment.label, segment.flags
    if Flag.TAKEOVER in flags:
        return None if open_request else Taken.TAKEN_OVER
    if label in STEERING:
        return _steering(segment, open_request) if steers_clearly(segment) else None
    return Taken.SLANTED if Flag.SLANT in flags else None


def _steering(segment: LabelledSegment, open_request: bool) -> Taken | None:
    label = segment.label
    if label is Label.PRESSURE:
        return Taken.PRESSED
    if label in REQUESTING:
        theirs = open_request or Flag.THEIRS in segment.flags
        return None if theirs or has_leave(segment) else Taken.TOLD
    return Taken.BLAMED if label is Label.WHY_CHALLENGE else Taken.STEERED


def steers_clearly(segment: LabelledSegment) -> bool:
    """Say whether a segment steers beyond doubt: nobody is blamed for one torn reading."""
    return steering_mass(segment) >= CLEARLY


def steering_mass(segment: LabelledSegment) -> float:
    """Return the probability that a segment steers, 0 to 1."""
    return sum(segment.probs.get(label, 0.0) for label in STEERING)


def _without_ask(segments: Sequence[LabelledSegment], mind: Mind, kind: Kind) -> Taken:
    labels = {segment.label for segment in segments}
    if Label.PERMISSION in labels:
        return Taken.GRANTED if mind.trust >= LEAVE_FROM_TRUST else Taken.REFUSED
    advises = {Label.ADVICE, Label.STORY}
    if kind is Kind.MENTORING:
        advises |= {Label.INFORMATION}  # "I've seen two ways work" is what they came for
    if labels & advises:
        return Taken.ADVISED
    if labels & {Label.FRAMING, Label.DIRECTION}:
        return Taken.ANNOUNCED
    if labels & {Label.REFLECTION, Label.AFFIRMATION, Label.AUTONOMY}:
        return Taken.LISTENED
    if labels <= {Label.SOCIAL}:
        return Taken.GREETED
    return Taken.LISTENED


def asks_only_closed(score: TurnScore) -> bool:
    """Say whether a turn asked, and only for facts, yes or no."""
    closed = {Label.CLOSED_QUESTION, Label.SPECIFIC_QUESTION, Label.NARROWED_QUESTION}
    return any(is_ask(s) for s in score.segments) and all(
        s.label in closed | {Label.SOCIAL} for s in score.segments
    )
