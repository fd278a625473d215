"""How the salesperson's inner state moves with what the manager did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.labels import INVITING, REQUESTING, has_leave, is_ask
from trainer.scenario.model import Difficulty, Needs, ScenarioFile
from trainer.types import Flag, Kind, Label, LabelledSegment, Mind, TurnScore

STACKED_ASKS = 3  # asks in one turn from which a person answers "which one?"
GRILLED_RUN = 3  # closed questions in a row that feel like an interrogation

_PACE: Mapping[Difficulty, tuple[float, float]] = {
    Difficulty.EASY: (1.25, 0.8),
    Difficulty.MEDIUM: (1.0, 1.0),
    Difficulty.HARD: (0.75, 1.3),
}
"""Difficulty to (gain, loss): what every step towards opening or closing is multiplied by."""


class Taken(StrEnum):
    """How a turn is taken; the names are the scenario file's `reactions`."""

    TOLD = "told"
    TOLD_AGAIN = "told_again"
    STEERED = "steered"
    PRESSED = "pressed"
    BLAMED = "blamed"
    SLANTED = "slanted"
    TAKEN_OVER = "taken_over"
    STACKED = "stacked"
    GRILLED = "grilled"
    LISTENED = "listened"
    GRANTED = "granted"
    REFUSED = "refused"
    ADVISED = "advised"
    ANNOUNCED = "announced"
    GREETED = "greeted"
    NOT_YET = "not_yet"
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
    }
)
"""Ways of taking a turn that answer the push instead of the question."""


@dataclass(frozen=True, slots=True)
class _Step:
    openness: float = 0
    trust: float = 0
    ownership: float = 0


_STEPS: Mapping[Label, _Step] = {
    Label.OPEN_QUESTION: _Step(9, 4, 5),
    Label.SPECIFIC_QUESTION: _Step(1, 0, 0),
    Label.CLOSED_QUESTION: _Step(0, -1, 0),
    Label.NARROWED_QUESTION: _Step(-1, -1, -1),
    Label.PERMISSION: _Step(1, 3, 0),
    Label.WHY_CHALLENGE: _Step(-8, -7, -3),
    Label.LEADING_QUESTION: _Step(-7, -6, -5),
    Label.ADVICE_QUESTION: _Step(-6, -4, -8),
    Label.RHETORICAL_QUESTION: _Step(-9, -9, -5),
    Label.REFLECTION: _Step(7, 7, 2),
    Label.AFFIRMATION: _Step(4, 6, 3),
    Label.AUTONOMY: _Step(4, 5, 9),
    Label.STORY: _Step(-4, -1, -4),
    Label.ADVICE: _Step(-7, -4, -9),
    Label.DIRECTION: _Step(-10, -8, -12),
    Label.PRESSURE: _Step(-14, -14, -8),
}
"""What one segment of a label moves, before difficulty; labels not named move nothing."""

_LISTENED_AWRY = _Step(-5, -6, -3)  # a reflection or praise with the manager's verdict in it
_TAKEN_OVER = _Step(-8, -10, -4)
_WITH_LEAVE = _Step(1, 2, -1)  # advice or a story they asked for or agreed to hear
_UPTAKE = _Step(3, 4, 2)
_OWN_STEP = _Step(0, 0, 5)
_GRILLED = _Step(-5, -4, -2)
_MOST_GAINED = 18.0  # in one turn: nobody opens up all at once


def starting_mind(file: ScenarioFile) -> Mind:
    """Return the mind a talk starts with."""
    return Mind(file.mind.openness, file.mind.trust, file.mind.ownership)


def meets(mind: Mind, needs: Needs) -> bool:
    """Say whether everything a line needs is true of the mind."""
    gauges = (
        (needs.openness, mind.openness),
        (needs.trust, mind.trust),
        (needs.ownership, mind.ownership),
    )
    high_enough = all(need is None or have >= need for need, have in gauges)
    return high_enough and mind.revealed.issuperset(needs.revealed)


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
    if label is Label.PRESSURE:
        return Taken.PRESSED
    if Flag.TAKEOVER in flags:
        return None if open_request else Taken.TAKEN_OVER
    if label in REQUESTING and not has_leave(segment):
        return None if open_request or Flag.THEIRS in flags else Taken.TOLD
    if label is Label.WHY_CHALLENGE:
        return Taken.BLAMED
    if label in {Label.LEADING_QUESTION, Label.ADVICE_QUESTION, Label.RHETORICAL_QUESTION}:
        return Taken.STEERED
    return Taken.SLANTED if Flag.SLANT in flags else None


def _without_ask(segments: Sequence[LabelledSegment], mind: Mind, kind: Kind) -> Taken:
    labels = {segment.label for segment in segments}
    if Label.PERMISSION in labels:
        return Taken.GRANTED if mind.trust >= 25 else Taken.REFUSED
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


def move(mind: Mind, score: TurnScore, file: ScenarioFile, taken: Taken | None) -> Mind:
    """Return the mind after a turn, before anything is said."""
    steps = [_step_for(segment, file.kind) for segment in score.segments]
    if taken is Taken.GRILLED:
        steps.append(_GRILLED)
    gain, loss = _PACE[file.difficulty]
    gain, loss = gain * file.mind.gain, loss * file.mind.loss

    def after(value: float, change: float) -> float:
        scaled = min(_MOST_GAINED, change * gain) if change > 0 else change * loss
        return round(min(100.0, max(0.0, value + scaled)), 2)

    return replace(
        mind,
        openness=after(mind.openness, sum(step.openness for step in steps)),
        trust=after(mind.trust, sum(step.trust for step in steps)),
        ownership=after(mind.ownership, sum(step.ownership for step in steps)),
        turns=mind.turns + 1,
        told=mind.told + (taken in {Taken.TOLD, Taken.TOLD_AGAIN, Taken.PRESSED}),
        steered=mind.steered
        + (taken in {Taken.STEERED, Taken.BLAMED, Taken.SLANTED, Taken.TAKEN_OVER}),
        requests=mind.requests + any(x.label in REQUESTING for x in score.segments),
        closed_run=mind.closed_run + 1 if asks_only_closed(score) else 0,
        # Leave holds until the manager prescribes; the policy ends it when the topic moves.
        licensed=taken is Taken.GRANTED or (mind.licensed and taken not in PUSHED),
        reaction=None if taken is None else taken.value,
    )


def _step_for(segment: LabelledSegment, kind: Kind) -> _Step:
    label, flags = segment.label, segment.flags
    if Flag.TAKEOVER in flags:
        return _TAKEN_OVER
    if Flag.SLANT in flags:
        return _LISTENED_AWRY
    if label in {Label.ADVICE, Label.STORY} and (has_leave(segment) or _is_service(label, kind)):
        return _WITH_LEAVE
    if label is Label.FRAMING and kind is Kind.ENROLLMENT:
        return _Step(3, 6, 0)
    if label is Label.DIRECTION and kind is Kind.ENROLLMENT:
        return _Step(-2, 0, -2)
    step = _STEPS.get(label, _Step())
    if is_ask(segment) and label in {Label.OPEN_QUESTION, Label.SPECIFIC_QUESTION}:
        if Flag.UPTAKE in flags:
            step = _add(step, _UPTAKE)
        if flags & {Flag.OWNERSHIP, Flag.FORWARD}:
            step = _add(step, _OWN_STEP)
    if Flag.THEIRS in flags and step.openness < 0:
        step = _Step(step.openness / 2, step.trust / 2, step.ownership / 2)
    return step


def _is_service(label: Label, kind: Kind) -> bool:
    return kind is Kind.MENTORING and label is Label.STORY


def _add(a: _Step, b: _Step) -> _Step:
    return _Step(a.openness + b.openness, a.trust + b.trust, a.ownership + b.ownership)
