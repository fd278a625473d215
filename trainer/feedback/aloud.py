"""Feedback as a coach says it aloud: short enough to be listened to, the better line first."""

from __future__ import annotations

from trainer.types import Feedback

LONGEST_S = 12.0  # nobody listens longer between two turns


def said_aloud(feedback: Feedback) -> tuple[str, ...]:
    """Return ways to say it, the fullest first; the first that is short enough is said."""
    example = f'For example: "{feedback.rewrite}"' if feedback.rewrite else ""
    again = "Say it again, your way." if feedback.invite_retry else ""
    ways = (
        (feedback.what, feedback.why, example, again),
        (feedback.what, example, again),
        (feedback.what, example),
        (example or feedback.what,),
    )
    return tuple(dict.fromkeys(" ".join(part for part in way if part) for way in ways))
