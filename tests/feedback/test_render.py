"""Scores and feedback as a manager reads them."""

from __future__ import annotations

from trainer.feedback.render import change_line, feedback_lines, score_line, shortened
from trainer.scoring.score import not_scored, score_segments
from trainer.types import Feedback, Kind, Label, LabelledSegment


def one(label: Label) -> LabelledSegment:
    return LabelledSegment.certain("What happened?", label)


def torn() -> LabelledSegment:
    probs = {label: 0.0 for label in Label}
    probs |= {Label.CLOSED_QUESTION: 0.6, Label.LEADING_QUESTION: 0.4}
    return LabelledSegment(one(Label.SOCIAL).segment, Label.CLOSED_QUESTION, frozenset(), probs)


def test_both_scores_are_shown_and_never_merged() -> None:
    score = score_segments((one(Label.OPEN_QUESTION),))
    assert score_line(score, Kind.COACHING) == "question quality 85 · agenda neutrality 100"


def test_a_turn_without_a_question_says_so() -> None:
    score = score_segments((one(Label.REFLECTION),))
    expected = "no question in this turn · agenda neutrality 100"
    assert score_line(score, Kind.COACHING) == expected


def test_each_kind_names_its_second_score() -> None:
    score = score_segments((one(Label.OPEN_QUESTION),), Kind.ENROLLMENT)
    assert "agenda openness" in score_line(score, Kind.ENROLLMENT)


def test_a_doubtful_score_is_a_band_with_its_reason() -> None:
    line = score_line(score_segments((torn(),)), Kind.COACHING)
    assert line.endswith("agenda neutrality 70-90 (may sound like a leading question)")


def test_a_turn_that_was_not_scored_says_why() -> None:
    assert score_line(not_scored("there were no words"), Kind.COACHING) == (
        "not scored: there were no words"
    )


def test_feedback_reads_as_quote_point_example_and_invitation() -> None:
    feedback = Feedback(
        "direction",
        "Ring them today.",
        "This hands over a task.",
        "The thinking stays with you.",
        "What options do you see?",
        85,
        True,
    )
    assert feedback_lines(feedback) == [
        '"Ring them today." This hands over a task. The thinking stays with you.',
        'For example: "What options do you see?"',
        "Say it again now, your way: type retry.",
    ]


def test_another_attempt_shows_its_gain() -> None:
    before = score_segments((one(Label.LEADING_QUESTION),))
    after = score_segments((one(Label.OPEN_QUESTION),))
    assert change_line(before, after, Kind.COACHING) == (
        "Against your last attempt: question quality 15 to 85 (+70), "
        "agenda neutrality 49 to 100 (+51)."
    )


def test_a_long_quote_is_cut_at_a_word() -> None:
    assert shortened("one two three four", most_words=3) == "one two three …"
