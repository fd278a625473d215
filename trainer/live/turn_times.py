"""Where the time goes between a manager's last sound and the answer."""

from __future__ import annotations

from typing import NamedTuple

from trainer.live.open_turn import OpenTurn


class TurnTimes(NamedTuple):
    """What was waited for before an answer, in seconds of silence."""

    waited_s: float
    """The silence that was right for this turn."""
    answered_s: float
    """The silence when the answer was handed over to be spoken."""
    words_s: float
    """The silence when the words were there."""


def times_of(turn: OpenTurn) -> TurnTimes:
    """Return the times of a turn that is answered now."""
    return TurnTimes(turn.detector.wait_s, turn.silence_s, turn.words_at_s or 0.0)
