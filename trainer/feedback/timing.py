"""When feedback comes: after every turn, faded, or at the end of the talk (rubric 8, evidence).

Open questions rise while feedback comes and fall after it stops, so faded feedback comes less and
less often while the turns are good, and at once when one slips.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainer.feedback.choose import WORTH_A_TIP
from trainer.types import FeedbackTime, TurnScore


def is_due(when: FeedbackTime, score: TurnScore, earlier: Sequence[TurnScore]) -> bool:
    """Say whether the manager hears about a turn at once.

    Args:
        when: The manager's choice.
        score: The turn's.
        earlier: The scores of the turns before it, oldest first.
    """
    if when is not FeedbackTime.FADED:
        return when is FeedbackTime.EVERY
    if _slipped(score):
        return True
    running = 1
    for before in reversed([each for each in earlier if each.lowest is not None]):
        if _slipped(before):
            break
        running += 1
    # Good turns 1, 2, 4, 8 … of a run: each silence is twice as long as the one before.
    return running & (running - 1) == 0


def _slipped(score: TurnScore) -> bool:
    return score.lowest is not None and score.lowest < WORTH_A_TIP
