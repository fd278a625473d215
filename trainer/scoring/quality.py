"""Question quality of one turn, 0 to 100, or None for a turn without a question (rubric 4)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trainer.labels import SCORED_ASKS, is_ask, tells
from trainer.types import Axis, Explanation, Flag, Kind, Label, LabelledSegment

BASE: Mapping[Label, float] = {
    Label.OPEN_QUESTION: 85,
    Label.SPECIFIC_QUESTION: 60,
    Label.CLOSED_QUESTION: 45,
    Label.NARROWED_QUESTION: 45,
    Label.WHY_CHALLENGE: 35,
    Label.LEADING_QUESTION: 15,
    Label.ADVICE_QUESTION: 10,
    Label.RHETORICAL_QUESTION: 5,
}
"""What an ask is worth before its modifiers."""

LAST_ASK_WEIGHT = 0.6  # the last ask is the one that gets answered
STACKING_STEP = 8  # lost for each ask after the first
STACKING_MOST = 24
WORDS_AFTER_ASK = 12  # more words than this after the last ask bury it
BURIED = 10
SELF_ANSWERED = 25
REPHRASING_OVERLAP = 0.5  # share of content words two asks have in common
COMMITMENT_CHECK = 65.0  # a closing closed check of commitment in an enrollment talk (rubric 7)

_MODIFIERS: tuple[tuple[frozenset[Flag], float, str], ...] = (
    (frozenset({Flag.UPTAKE}), 10, "builds on their words"),
    (frozenset({Flag.ABOUT_PERSON, Flag.FORWARD}), 5, "about them or about what comes next"),
    (frozenset({Flag.OWNERSHIP}), 5, "asks for their own step or measure"),
    (frozenset({Flag.LONG}), -10, "long"),
    (frozenset({Flag.COMPOUND}), -10, "two topics in one ask"),
    (frozenset({Flag.BLAME}), -15, "has a fault built in"),
)


class Quality(NamedTuple):
    """A turn's question quality with what it is made of."""

    score: float | None
    explanations: tuple[Explanation, ...]


def ask_value(ask: LabelledSegment, kind: Kind = Kind.COACHING) -> float:
    """Return one ask's worth, 0 to 100: the expected base over the asking labels, modified."""
    value = _expected_value(ask)
    checks_commitment = ask.label is Label.CLOSED_QUESTION and Flag.OWNERSHIP in ask.flags
    if kind is Kind.ENROLLMENT and checks_commitment:
        return max(value, COMMITMENT_CHECK)
    return value


def _expected_value(ask: LabelledSegment) -> float:
    mass = sum(ask.probs[label] for label in SCORED_ASKS)
    expected = sum(ask.probs[label] * BASE[label] for label in SCORED_ASKS) / mass
    return _clip(expected + sum(points for points, _ in _modifiers(ask)))


def _modifiers(ask: LabelledSegment) -> list[tuple[float, str]]:
    return [(points, why) for flags, points, why in _MODIFIERS if ask.flags & flags]


def question_quality(segments: Sequence[LabelledSegment], kind: Kind = Kind.COACHING) -> Quality:
    """Score the asks of a turn.

    Args:
        segments: The turn's labelled segments, in order.
        kind: In enrollment a request is not "told", and a check of commitment is worth 65.
    """
    asks = [segment for segment in segments if is_ask(segment)]
    if not asks:
        return _without_ask(segments, kind)
    values = [ask_value(ask, kind) for ask in asks]
    explanations = [_explain(ask, value) for ask, value in zip(asks, values, strict=True)]
    score = _combine(asks, values, explanations)
    words_after = _words_after(segments, asks[-1])
    if words_after > WORDS_AFTER_ASK:
        score -= BURIED
        reason = f"{words_after} words after the question"
        explanations.append(_lost(asks[-1], -BURIED, reason))
    if any(Flag.SELF_ANSWER in ask.flags for ask in asks):
        score -= SELF_ANSWERED
        explanations.append(_lost(asks[-1], -SELF_ANSWERED, "answered your own question"))
    return Quality(_clip(score), tuple(explanations))


def _without_ask(segments: Sequence[LabelledSegment], kind: Kind) -> Quality:
    told = next((segment for segment in segments if tells(segment, kind)), None)
    if told is None:
        return Quality(None, ())
    return Quality(0.0, (_lost(told, 0, "told, not asked"),))


def _combine(
    asks: Sequence[LabelledSegment], values: Sequence[float], explanations: list[Explanation]
) -> float:
    if len(values) == 1:
        return values[0]
    others = values[:-1]
    repeats = sum(is_rephrasing(a, b) for a, b in itertools.pairwise(asks))
    stacked = len(asks) - 1 - repeats / 2
    penalty = min(STACKING_MOST, STACKING_STEP * stacked)
    explanations.append(_lost(asks[-1], -penalty, f"{len(asks)} questions in one turn"))
    mean_of_others = sum(others) / len(others)
    return LAST_ASK_WEIGHT * values[-1] + (1 - LAST_ASK_WEIGHT) * mean_of_others - penalty


def is_rephrasing(first: LabelledSegment, second: LabelledSegment) -> bool:
    """Say whether the second ask puts the first one again in other words."""
    a, b = (_content_words(ask.segment.text) for ask in (first, second))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) > REPHRASING_OVERLAP


# Words that carry no topic: two asks that share only these ask two things.
_EMPTY = frozenset(
    "a an and are as at be but by can could did do does for from had has have how i if in is it "
    "its just me my of on or our so some than that the their them then there they this to up us "
    "was we were what when where which who whom whose why will with would you your mean like else "
    "what's who's how's who'll you'll they'll it's that's well um uh okay right about make".split()
)


def _content_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower())) - _EMPTY


def _words_after(segments: Sequence[LabelledSegment], ask: LabelledSegment) -> int:
    place = max(i for i, segment in enumerate(segments) if segment is ask)
    return sum(len(segment.segment.text.split()) for segment in segments[place + 1 :])


def _explain(ask: LabelledSegment, value: float) -> Explanation:
    parts = [ask.label.replace("_", " ")]
    parts += [f"{why} {points:+g}" for points, why in _modifiers(ask)]
    return Explanation(Axis.QUESTION_QUALITY, ask.segment.text, round(value, 1), ", ".join(parts))


def _lost(at: LabelledSegment, points: float, reason: str) -> Explanation:
    return Explanation(Axis.QUESTION_QUALITY, at.segment.text, points, reason)


def _clip(value: float) -> float:
    return min(100.0, max(0.0, value))
