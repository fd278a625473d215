"""A better line on the manager's own topic: proposed from their words, kept only if it scores.

Every candidate goes through the same scorer as the turn. It is offered only when it is at least
20 points better and steers nowhere itself; no line is better than a bad one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from trainer.feedback.choose import WORTH_A_TIP, Point, Tip
from trainer.feedback.proposals import proposals
from trainer.protocols import Classifier
from trainer.scoring.neutrality import CLEAR_NEUTRAL, steering_mass
from trainer.scoring.score import score_turns
from trainer.types import Flag, ManagerTurn, TurnScore

LEAST_GAIN = 20.0


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
    nth: int = 0,
    offered: Sequence[str] = (),
) -> Rewrite | None:
    """Return the best line to offer instead, or None when no candidate is good enough.

    Args:
        classifier: The scorer the turn itself went through.
        turn: What was said.
        score: Its score.
        point: What the feedback is about.
        better_lines: The scenario's own lines for the topic under way.
        nth: How many points were made in this talk before; turns the wording round.
        offered: Lines given before; none is given again while there is another.
    """
    candidates = list(dict.fromkeys(proposals(turn, score, point, better_lines, nth)))
    turns = [replace(turn, text=text) for text in candidates]
    scored = zip(candidates, score_turns(classifier, turns), strict=True)
    good = [
        Rewrite(text, rating.lowest)
        for text, rating in scored
        if rating.lowest is not None and _is_better(rating, score, point.tip)
    ]
    # Candidates come in order of nearness to the manager's own words; the first good one is theirs.
    new = [each for each in good if each.text not in offered]
    return next(iter(new or good), None)


def _is_better(rewrite: TurnScore, original: TurnScore, tip: Tip) -> bool:
    if rewrite.lowest is None or original.lowest is None:
        return False
    if rewrite.question_quality is None and tip is not Tip.TAKEOVER:
        return False
    steers = any(
        steering_mass(s) > CLEAR_NEUTRAL or Flag.SLANT in s.flags for s in rewrite.segments
    )
    good_enough = max(WORTH_A_TIP, original.lowest + LEAST_GAIN)
    return not steers and rewrite.lowest >= good_enough
