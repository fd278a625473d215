"""What replaces agenda neutrality over a whole enrollment or mentoring talk (rubric 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainer.labels import has_leave
from trainer.types import Flag, Label, LabelledSegment, TurnScore

PART = 20.0
EARLY_TURNS = 3  # the manager's purpose must be out within these turns
DISGUISE = 15.0
FORCE = 25.0

_ASKS_OPENLY = frozenset({Label.OPEN_QUESTION})
_CHECKS = frozenset({Label.OPEN_QUESTION, Label.CLOSED_QUESTION})
_REQUESTS = frozenset({Label.DIRECTION, Label.ADVICE, Label.FRAMING, Label.INFORMATION})
_DISGUISES = frozenset({Label.ADVICE_QUESTION, Label.LEADING_QUESTION, Label.RHETORICAL_QUESTION})


def _flat(turns: Sequence[TurnScore]) -> list[LabelledSegment]:
    return [segment for turn in turns for segment in turn.segments]


def _place(segments: Sequence[LabelledSegment], labels: Iterable[Label]) -> int | None:
    wanted = frozenset(labels)
    return next((i for i, segment in enumerate(segments) if segment.label in wanted), None)


def _parts(*kept: bool) -> float:
    return PART * sum(kept)


def agenda_openness(turns: Sequence[TurnScore]) -> float | None:
    """Return how openly the manager's own agenda was held, 0 to 100; None for an empty talk.

    Five parts of 20: the purpose said early; an open ask about the person and their words taken
    up; inviting rather than ordering; an objection reflected; a close the person words. Less 15
    for each disguised push and 25 for each threat.
    """
    if not turns:
        return None
    segments = _flat(turns)
    early, late = _flat(turns[:EARLY_TURNS]), _flat(turns[-EARLY_TURNS:])
    about_them = any(
        s.label in _ASKS_OPENLY and s.flags & {Flag.ABOUT_PERSON, Flag.FORWARD} for s in segments
    )
    tied = any(Flag.UPTAKE in s.flags or s.label is Label.REFLECTION for s in segments)
    softened = any(s.label in {Label.AUTONOMY, Label.PERMISSION} for s in segments)
    ordered = any(s.label is Label.DIRECTION for s in segments)
    parts = _parts(
        any(s.label in _REQUESTS and Flag.TAKEOVER not in s.flags for s in early),
        about_them and tied,
        softened or not ordered,
        any(s.label is Label.REFLECTION and Flag.SLANT not in s.flags for s in segments),
        any(s.label in _CHECKS and Flag.OWNERSHIP in s.flags for s in late),
    )
    disguised = sum(s.label in _DISGUISES for s in segments)
    forced = sum(s.label is Label.PRESSURE for s in segments)
    return max(0.0, parts - DISGUISE * disguised - FORCE * forced)


def advice_hygiene(turns: Sequence[TurnScore]) -> float | None:
    """Return how cleanly advice was given, 0 to 100; None for an empty talk.

    Five parts of 20: asked for or consented to; an open question before the first advice; two or
    more options, or one with its limits; fitted to what the person said; an open check-back after
    the last advice. Less 15 for each instruction and 25 for each threat.
    """
    if not turns:
        return None
    segments = _flat(turns)
    first = _place(segments, (Label.ADVICE, Label.ADVICE_QUESTION))
    before = segments if first is None else segments[:first]
    advice = [s for s in segments if s.label is Label.ADVICE]
    options = [s for s in segments[first:] if s.label in {Label.ADVICE, Label.INFORMATION}]
    after = segments[
        max((i for i, s in enumerate(segments) if s.label is Label.ADVICE), default=0) :
    ]
    parts = _parts(
        any(s.label is Label.PERMISSION for s in before) or any(has_leave(s) for s in advice),
        any(s.label in _ASKS_OPENLY for s in before),
        len(options) >= 2 or any(s.label is Label.AUTONOMY for s in segments),
        any(s.label is Label.REFLECTION or Flag.UPTAKE in s.flags for s in segments),
        any(s.label in _ASKS_OPENLY for s in after),
    )
    ordered = sum(s.label is Label.DIRECTION for s in segments)
    forced = sum(s.label is Label.PRESSURE for s in segments)
    return max(0.0, parts - DISGUISE * ordered - FORCE * forced)
