"""What replaces agenda neutrality over a whole enrollment or mentoring talk (rubric 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from trainer.labels import has_leave
from trainer.types import Flag, Label, LabelledSegment, TurnScore

PART = 20.0
EARLY_TURNS = 3  # the manager's purpose must be out within these turns
DISGUISE = 15.0
FORCE = 25.0

_CHECKS = frozenset({Label.OPEN_QUESTION, Label.CLOSED_QUESTION, Label.SPECIFIC_QUESTION})
_REQUESTS = frozenset({Label.DIRECTION, Label.ADVICE, Label.FRAMING, Label.INFORMATION})
_DISGUISES = frozenset({Label.ADVICE_QUESTION, Label.LEADING_QUESTION, Label.RHETORICAL_QUESTION})
_ADVICE = frozenset({Label.ADVICE, Label.ADVICE_QUESTION})

_WANTS = re.compile(
    r"\b(?:i|we)(?:'d| would|'m| am|'ve| have)? (?:really |also |just )?(?:like|want|need|ask"
    r"|asking|hoping|hope|after|here to|come to ask|looking for)\b|\b(?:my|our) (?:own )?(?:request"
    r"|ask|wish|agenda|topic|aim)\b|\bi(?:'ve| have) (?:got )?(?:something|a favour|a request)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:because|since|so that|the reason|that's why|which is why|otherwise|in order to|due to"
    r"|as (?:we|the|i|our))\b",
    re.IGNORECASE,
)
_SEVERAL_OR_LIMITED = re.compile(
    r"\b(?:another|the other|alternatively|either|or you (?:could|might)|second(?:ly)?|one (?:way"
    r"|route|option)|(?:may|might|won't|doesn't|does not) (?:not )?(?:fit|suit|work)|neither"
    r"|depends|downside|the catch|drawback|limits?|take (?:it )?or leave)\b",
    re.IGNORECASE,
)


def agenda_openness(turns: Sequence[TurnScore]) -> float | None:
    """Return how openly the manager's own agenda was held, 0 to 100; None for an empty talk.

    Five parts of 20: what they want said early (10) and why (10); an open ask about the person's
    aims, then their words taken up; inviting rather than ordering; an objection drawn out and
    reflected; a close the person words. Less 15 for each disguised push and 25 for each threat.
    """
    if not turns:
        return None
    segments = _flat(turns)
    asked = _first(segments, _asks_about_them)
    tied = [s for s in segments[asked:] if Flag.UPTAKE in s.flags or _reflects(s)]
    drawn_out = _first(segments, lambda s: s.label is Label.OPEN_QUESTION)
    softened = any(s.label in {Label.AUTONOMY, Label.PERMISSION} for s in segments)
    ordered = any(s.label is Label.DIRECTION for s in segments)
    late = _flat(turns[-EARLY_TURNS:])
    parts = (
        _purpose(turns[:EARLY_TURNS])
        + PART * (asked < len(segments) and bool(tied))
        + PART * (softened or not ordered)
        + PART * any(_reflects(s) for s in segments[drawn_out:])
        + PART * any(s.label in _CHECKS and Flag.OWNERSHIP in s.flags for s in late)
    )
    disguised = sum(s.label in _DISGUISES for s in segments)
    forced = sum(s.label is Label.PRESSURE for s in segments)
    return max(0.0, parts - DISGUISE * disguised - FORCE * forced)


def _purpose(early: Sequence[TurnScore]) -> float:
    """Return half a part for what is wanted said early and plainly, the other for why."""
    for turn in early:
        said = [s for s in turn.segments if s.label in _REQUESTS and Flag.TAKEOVER not in s.flags]
        wanted = [
            s for s in said if s.label is Label.DIRECTION or _WANTS.search(_plain(s.segment.text))
        ]
        if wanted:
            # The reason often stands in the sentence beside it.
            why = any(_WHY.search(_plain(s.segment.text)) for s in said)
            return PART if why else PART / 2
    return 0.0


def advice_hygiene(turns: Sequence[TurnScore]) -> float | None:
    """Return how cleanly advice was given, 0 to 100; None for an empty talk.

    Five parts of 20: asked for or consented to; an open question before the first advice; two or
    more options, or one with its limits; fitted to what the person said; an open check-back after
    the last advice. Less 15 for each instruction and 25 for each threat.
    """
    if not turns:
        return None
    segments = _flat(turns)
    first = _first(segments, lambda s: s.label in _ADVICE)
    advice = [s for s in segments if s.label in _ADVICE]
    last = max((at for at, s in enumerate(segments) if s.label in _ADVICE), default=0)
    fitted = any(
        _reflects(s) or s.flags & {Flag.UPTAKE, Flag.ABOUT_PERSON} for s in segments[:first]
    )
    kept = (
        not advice or has_leave(advice[0]) or _asked_leave_before(turns),
        any(s.label is Label.OPEN_QUESTION for s in segments[:first]),
        len(advice) > 1 or any(_SEVERAL_OR_LIMITED.search(_plain(s.segment.text)) for s in advice),
        fitted,
        any(s.label is Label.OPEN_QUESTION for s in segments[last:]),
    )
    ordered = sum(s.label is Label.DIRECTION for s in segments)
    forced = sum(s.label is Label.PRESSURE for s in segments)
    return max(0.0, PART * sum(kept) - DISGUISE * ordered - FORCE * forced)


def _asked_leave_before(turns: Sequence[TurnScore]) -> bool:
    """Say whether leave was asked in a turn before the first advice: it needs a stop (rule 1)."""
    for turn in turns:
        labels: Collection[Label] = [s.label for s in turn.segments]
        if any(label in _ADVICE for label in labels):
            return False
        if Label.PERMISSION in labels:
            return True
    return False


def _flat(turns: Sequence[TurnScore]) -> list[LabelledSegment]:
    return [segment for turn in turns for segment in turn.segments]


def _first(segments: Sequence[LabelledSegment], test: Callable[[LabelledSegment], bool]) -> int:
    """Return the place of the first segment that passes, or their number."""
    return next((at for at, segment in enumerate(segments) if test(segment)), len(segments))


def _asks_about_them(segment: LabelledSegment) -> bool:
    about = segment.flags & {Flag.ABOUT_PERSON, Flag.FORWARD}
    return segment.label is Label.OPEN_QUESTION and bool(about)


def _reflects(segment: LabelledSegment) -> bool:
    return segment.label is Label.REFLECTION and Flag.SLANT not in segment.flags


def _plain(text: str) -> str:
    return text.replace("’", "'")
