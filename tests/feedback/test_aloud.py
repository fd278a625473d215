from __future__ import annotations

from trainer.feedback.aloud import said_aloud
from trainer.types import Feedback

FULL = Feedback(
    tip="leading",
    quote="That was rushed, wasn't it?",
    what="Your answer is inside the question.",
    why="They can only agree.",
    rewrite="How did it go for you?",
    rewrite_score=90.0,
    invite_retry=True,
)


def test_the_fullest_way_has_everything_but_the_managers_own_words() -> None:
    fullest = said_aloud(FULL)[0]
    assert fullest == (
        'Your answer is inside the question. They can only agree. For example: "How did it go '
        'for you?" Say it again, your way.'
    )


def test_each_way_is_shorter_and_the_better_line_goes_last() -> None:
    ways = said_aloud(FULL)
    lengths = [len(way) for way in ways]
    assert lengths == sorted(lengths, reverse=True) and len(set(lengths)) == 4
    assert ways[-1] == 'For example: "How did it go for you?"'


def test_a_strength_has_no_example() -> None:
    praise = Feedback(
        "strong_open", "What?", "You asked openly.", "They can think.", None, None, False
    )
    assert said_aloud(praise) == ("You asked openly. They can think.", "You asked openly.")
