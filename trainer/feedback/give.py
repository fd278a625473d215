"""From a scored turn to its feedback: choose the point, word it, find the better line."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.feedback.choose import Point, choose
from trainer.feedback.praise import named_strength
from trainer.feedback.rewrite import best_rewrite
from trainer.feedback.words import wording
from trainer.protocols import Classifier
from trainer.types import Feedback, ManagerTurn, TurnScore


def give_feedback(
    classifier: Classifier,
    turn: ManagerTurn,
    score: TurnScore,
    *,
    given: Sequence[str] = (),
    better_lines: Sequence[str] = (),
    offered: Sequence[str] = (),
) -> Feedback | None:
    """Return the one point worth making, or None for a turn that was not scored.

    Args:
        classifier: Scores the rewrites; the same one that scored the turn.
        turn: What was said.
        score: Its score.
        given: Tips given so far in this talk, oldest first.
        better_lines: The scenario's own lines for the topic under way.
        offered: Better lines given so far in this talk; none comes twice while there are others.
    """
    point = choose(score, kind=turn.kind, given=given)
    if point is None:
        return None
    rewrite = None
    if not point.is_strength:
        rewrite = best_rewrite(
            classifier,
            turn,
            score,
            point,
            better_lines=better_lines,
            nth=len(given),
            offered=offered,
        )
    what, why = wording(point.tip, list(given).count(point.tip.value))
    return Feedback(
        tip=point.tip.value,
        quote=_quote(point),
        what=named_strength(what, point, turn),
        why=why,
        rewrite=rewrite.text if rewrite else None,
        rewrite_score=rewrite.score if rewrite else None,
        invite_retry=not point.is_strength,
    )


def _quote(point: Point) -> str:
    return point.segment.segment.text.strip()
