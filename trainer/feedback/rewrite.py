"""A better line on the manager's own topic: proposed from their words, kept only if it scores.

Every candidate goes through the same scorer as the turn. It is offered only when it is at least
20 points better and steers nowhere itself; no line is better than a bad one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from trainer.feedback.choose import WORTH_A_TIP, Point, Tip
from trainer.labels import is_ask
from trainer.protocols import Classifier
from trainer.scoring.neutrality import CLEAR_NEUTRAL, steering_mass
from trainer.scoring.score import score_turns
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn, TurnScore

LEAST_GAIN = 20.0
MOST_WORDS = 25

_DETERMINERS = "the|your|their|his|her|our|that|this|these|those"
_ENDS_PHRASE = frozenset(
    "a about after again and are as at be because been before but by can could did do does "
    "for from had has have he how i if in is isn't it just later might more next now of off "
    "on or out over really right should so soon than that the them then they this to today "
    "tomorrow tonight too under up was wasn't we were what when where which who why will with "
    "would yet you your".split()
)
_TAKES_NO_NOUN = frozenset("way thing one point same only best first last next rest moment".split())


class Rewrite(NamedTuple):
    """A line and the lower of its two scores."""

    text: str
    score: float


def best_rewrite(
    classifier: Classifier,
    turn: ManagerTurn,
    score: TurnScore,
    point: Point,
    *,
    better_lines: Sequence[str] = (),
) -> Rewrite | None:
    """Return the best line to offer instead, or None when no candidate is good enough.

    Args:
        classifier: The scorer the turn itself went through.
        turn: What was said.
        score: Its score.
        point: What the feedback is about.
        better_lines: The scenario's own lines for the topic under way.
    """
    candidates = list(dict.fromkeys(_candidates(turn, score, point, better_lines)))
    turns = [replace(turn, text=text) for text in candidates]
    scored = zip(candidates, score_turns(classifier, turns), strict=True)
    good = [
        Rewrite(text, rating.lowest)
        for text, rating in scored
        if rating.lowest is not None and _is_better(rating, score)
    ]
    # Candidates come in order of nearness to the manager's own words; the first good one is theirs.
    return good[0] if good else None


def _is_better(rewrite: TurnScore, original: TurnScore) -> bool:
    if rewrite.question_quality is None or rewrite.lowest is None or original.lowest is None:
        return False
    steers = any(
        steering_mass(s) > CLEAR_NEUTRAL or Flag.SLANT in s.flags for s in rewrite.segments
    )
    good_enough = max(WORTH_A_TIP, original.lowest + LEAST_GAIN)
    return not steers and rewrite.lowest >= good_enough


def _candidates(
    turn: ManagerTurn, score: TurnScore, point: Point, better_lines: Sequence[str]
) -> Iterator[str]:
    yield from _from_own_asks(score, point)
    yield from _from_own_topic(point)
    yield from better_lines
    if turn.said_before:
        yield from _from_their_words(turn.said_before[-1])
    yield from ("What's your own view of this?", "What do you make of it yourself?")


def _from_own_asks(score: TurnScore, point: Point) -> Iterator[str]:
    """Keep one of the manager's own questions: the open one, or the stem of a narrowed one."""
    opens = [s for s in score.segments if s.label is Label.OPEN_QUESTION]
    if opens and point.tip in {
        Tip.STACKING,
        Tip.BURIED,
        Tip.DIRECTION,
        Tip.ADVICE,
        Tip.SELF_ANSWER,
    }:
        yield _as_question(max(opens, key=_builds_on_them).segment.text)
    if point.tip in {Tip.NARROWED, Tip.STACKING}:
        for ask in (s for s in score.segments if is_ask(s)):
            stem = re.split(r"[,;:?-]| is it | was it | maybe ", ask.segment.text, maxsplit=1)[0]
            if len(stem.split()) >= 3:
                yield _as_question(stem)


def _builds_on_them(segment: LabelledSegment) -> int:
    return len(segment.flags & {Flag.UPTAKE, Flag.OWNERSHIP, Flag.ABOUT_PERSON})


def _from_own_topic(point: Point) -> Iterator[str]:
    """Ask openly about the thing the manager's sentence was about."""
    for phrase in _noun_phrases(point.segment.segment.text):
        if point.tip in {Tip.DIRECTION, Tip.ADVICE, Tip.ADVICE_QUESTION, Tip.STORY, Tip.PRESSURE}:
            yield f"What options do you see with {phrase}?"
        if point.tip is Tip.WHY:
            yield f"What was going on for you around {phrase}?"
        yield f"How do you see {phrase} yourself?"
        yield f"What matters most to you about {phrase}?"


def _from_their_words(line: str) -> Iterator[str]:
    for phrase in reversed(list(_noun_phrases(line))):
        yield f"You mentioned {phrase}. What's behind that for you?"


def _noun_phrases(text: str) -> Iterator[str]:
    """Yield phrases like "the renewal" or "your next call" from plain or unpunctuated text."""
    for match in re.finditer(rf"\b({_DETERMINERS})\s+([a-z'-]+(?:\s+[a-z'-]+){{0,2}})", text, re.I):
        words: list[str] = []
        for word in match.group(2).split():
            if word.lower().strip("'") in _ENDS_PHRASE or re.search(r"(ed|ing|ly)$", word.lower()):
                break
            words.append(word)
        if words and words[-1].lower() not in _TAKES_NO_NOUN:
            yield f"{_to_listener(match.group(1).lower())} {' '.join(words)}"


def _to_listener(determiner: str) -> str:
    return {"our": "the", "these": "those", "this": "that"}.get(determiner, determiner)


def _as_question(text: str) -> str:
    words = text.strip().rstrip(".,;:!?-").split()
    while words and words[0].lower().strip(",") in {"so", "and", "but", "okay", "right", "well"}:
        words = words[1:]
    line = " ".join(words)
    return f"{line[:1].upper()}{line[1:]}?"
