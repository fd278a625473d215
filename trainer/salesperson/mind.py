"""How the salesperson's inner state moves with what the manager did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from trainer.labels import REQUESTING, has_leave, is_ask
from trainer.salesperson.taking import (
    DOUBTLESS,
    PUSHED,
    Taken,
    asks_only_closed,
    steering_mass,
    steers_clearly,
)
from trainer.scenario.model import Difficulty, Needs, ScenarioFile
from trainer.types import Flag, Kind, Label, LabelledSegment, Mind, TurnScore


class _Pace(NamedTuple):
    """What difficulty changes."""

    gain: float
    """Multiplies every step towards opening."""
    loss: float
    """Multiplies every step towards closing."""
    holding: float
    """Multiplies gains while a push is held against the manager."""
    patience: int
    """Good turns running that make one push good."""


_PACES: Mapping[Difficulty, _Pace] = {
    Difficulty.EASY: _Pace(1.25, 0.8, 0.9, 2),
    Difficulty.MEDIUM: _Pace(1.0, 1.0, 0.75, 3),
    Difficulty.HARD: _Pace(0.75, 1.3, 0.6, 4),
}


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

_NOTHING = _Step()
_LISTENED_AWRY = _Step(-5, -6, -3)  # a reflection or praise with the manager's verdict in it
_TAKEN_OVER = _Step(-8, -10, -4)
_WITH_LEAVE = _Step(1, 2, -1)  # advice or a story they asked for or agreed to hear
_UPTAKE = _Step(3, 4, 2)
_OWN_STEP = _Step(0, 0, 5)
_GRILLED = _Step(-5, -4, -2)
_STACKED = _Step(-3, -3, -2)  # instead of what the questions would have moved one by one
_REPAIRED = _Step(2, 6, 2)
_MOST_GAINED = 18.0  # in one turn: nobody opens up all at once
_FULL_GAIN_AT = 50.0  # gauge up to which a step counts in full; above, less and less is left


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


def move(mind: Mind, score: TurnScore, file: ScenarioFile, taken: Taken | None) -> Mind:
    """Return the mind after a turn, before anything is said."""
    step = _sum(_steps(score.segments, file.kind, taken))
    pace = _PACES[file.difficulty]
    holding = pace.holding if mind.held and taken is not Taken.REPAIRED else 1.0
    gain, loss = pace.gain * file.mind.gain * holding, pace.loss * file.mind.loss

    def after(value: float, change: float) -> float:
        room = min(1.0, (100 - value) / (100 - _FULL_GAIN_AT)) ** 2
        scaled = min(_MOST_GAINED, change * gain) * room if change > 0 else change * loss
        return round(min(100.0, max(0.0, value + scaled)), 2)

    moved = replace(
        mind,
        openness=after(mind.openness, step.openness),
        trust=after(mind.trust, step.trust),
        ownership=after(mind.ownership, step.ownership),
        turns=mind.turns + 1,
        told=mind.told + (taken in {Taken.TOLD, Taken.TOLD_AGAIN, Taken.PRESSED}),
        steered=mind.steered + (taken in PUSHED and taken not in _TELLING),
        requests=mind.requests + any(x.label in REQUESTING for x in score.segments),
        closed_run=mind.closed_run + 1 if asks_only_closed(score) else 0,
        # Leave holds until the manager prescribes; the policy ends it when the topic moves.
        licensed=taken is Taken.GRANTED or (mind.licensed and taken not in PUSHED),
        reaction=None if taken is None else taken.value,
    )
    return _mend(moved, taken, good=step.openness > 0, patience=pace.patience)


_TELLING = frozenset({Taken.TOLD, Taken.TOLD_AGAIN, Taken.PRESSED})


def _mend(mind: Mind, taken: Taken | None, *, good: bool, patience: int) -> Mind:
    """Let an apology, or good turns running, make a push good."""
    if taken in PUSHED:
        return replace(mind, well_run=0)
    run = mind.well_run + good
    earned = good and run % patience == 0
    mended = mind.mended + (mind.held > 0 and (earned or taken is Taken.REPAIRED))
    return replace(mind, well_run=run, mended=mended)


def _steps(segments: Sequence[LabelledSegment], kind: Kind, taken: Taken | None) -> list[_Step]:
    """Return what the turn's segments move; several asks count as one, at their mean."""
    asks = [_expected(s, kind) for s in segments if is_ask(s)]
    steps = [_expected(s, kind) for s in segments if not is_ask(s)]
    if taken is Taken.STACKED:
        return [*steps, _STACKED]
    if asks:
        steps.append(_scaled(_sum(asks), 1 / len(asks)))
    if taken is Taken.GRILLED:
        steps.append(_GRILLED)
    if taken is Taken.REPAIRED:
        steps.append(_REPAIRED)
    return steps


def _expected(segment: LabelledSegment, kind: Kind) -> _Step:
    """Return the step a segment moves; one torn between asking and steering moves by halves."""
    if steers_clearly(segment) or steering_mass(segment) <= DOUBTLESS:
        return _step_of(segment.label, segment, kind)
    return _sum(
        _scaled(_step_of(label, segment, kind), p) for label, p in segment.probs.items() if p > 0.01
    )


def _step_of(label: Label, segment: LabelledSegment, kind: Kind) -> _Step:
    flags = segment.flags
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
    step = _STEPS.get(label, _NOTHING)
    if label in {Label.OPEN_QUESTION, Label.SPECIFIC_QUESTION}:
        if Flag.UPTAKE in flags:
            step = _sum([step, _UPTAKE])
        if flags & {Flag.OWNERSHIP, Flag.FORWARD}:
            step = _sum([step, _OWN_STEP])
    return _scaled(step, 0.5) if Flag.THEIRS in flags and step.openness < 0 else step


def _is_service(label: Label, kind: Kind) -> bool:
    return kind is Kind.MENTORING and label is Label.STORY


def _sum(steps: Iterable[_Step]) -> _Step:
    total = list(steps)
    return _Step(
        sum(step.openness for step in total),
        sum(step.trust for step in total),
        sum(step.ownership for step in total),
    )


def _scaled(step: _Step, by: float) -> _Step:
    return _Step(step.openness * by, step.trust * by, step.ownership * by)
