"""The rubric's worked cases, with the labels given: the arithmetic alone."""

from __future__ import annotations

import pytest

from trainer.scoring.score import score_segments
from trainer.types import Flag, Label, LabelledSegment

L, F = Label, Flag


def seg(label: Label, *flags: Flag, text: str = "words") -> LabelledSegment:
    return LabelledSegment.certain(text, label, *flags)


CASES: list[tuple[str, tuple[LabelledSegment, ...], float | None, float]] = [
    ("the real obstacle", (seg(L.OPEN_QUESTION, F.ABOUT_PERSON),), 90, 100),
    ("tell me more", (seg(L.OPEN_QUESTION),), 85, 100),
    (
        "reflection, then what they make of it",
        (seg(L.REFLECTION), seg(L.OPEN_QUESTION, F.UPTAKE, F.ABOUT_PERSON)),
        100,
        100,
    ),
    ("who signs", (seg(L.SPECIFIC_QUESTION),), 60, 100),
    ("did they reply", (seg(L.CLOSED_QUESTION),), 45, 100),
    ("tag on their own material", (seg(L.CLOSED_QUESTION, F.TAG),), 45, 87),
    ("narrowed", (seg(L.NARROWED_QUESTION),), 45, 74),
    ("why, blaming", (seg(L.WHY_CHALLENGE, F.BLAME),), 20, 74),
    ("why about the world", (seg(L.OPEN_QUESTION, F.ABOUT_PERSON),), 90, 100),
    ("leading", (seg(L.LEADING_QUESTION),), 15, 49),
    ("advice in a question", (seg(L.ADVICE_QUESTION),), 10, 40),
    ("advice pressed in a question", (seg(L.ADVICE_QUESTION, F.PUSH),), 10, 32),
    ("polite order", (seg(L.DIRECTION),), 0, 15),
    ("rhetorical", (seg(L.RHETORICAL_QUESTION),), 5, 57),
    ("permission", (seg(L.PERMISSION),), None, 100),
    (
        "licensed options, choice left, open ask",
        (
            seg(L.ADVICE, F.LICENSED),
            seg(L.AUTONOMY),
            seg(L.OPEN_QUESTION, F.ABOUT_PERSON),
        ),
        90,
        85,
    ),
    ("advice they asked for", (seg(L.ADVICE, F.ASKED), seg(L.OPEN_QUESTION, F.FORWARD)), 90, 92),
    ("story", (seg(L.STORY),), 0, 66),
    ("reflection", (seg(L.REFLECTION),), None, 100),
    ("slanted reflection", (seg(L.REFLECTION, F.SLANT),), None, 74),
    ("what to leave with", (seg(L.OPEN_QUESTION, F.OWNERSHIP, F.FORWARD),), 95, 100),
    ("takeover", (seg(L.FRAMING, F.TAKEOVER),), None, 57),
    (
        "three stacked",
        (
            seg(L.OPEN_QUESTION, F.FORWARD, text="What's your plan?"),
            seg(L.OPEN_QUESTION, text="How will you start?"),
            seg(L.SPECIFIC_QUESTION, text="Who'll help?"),
        ),
        55,
        100,
    ),
    ("order, then open", (seg(L.DIRECTION), seg(L.OPEN_QUESTION)), 85, 15),
    ("token autonomy beside an order", (seg(L.AUTONOMY), seg(L.DIRECTION)), 0, 15),
    ("their own idea pressed", (seg(L.DIRECTION, F.THEIRS),), 0, 40),
    ("guess", (seg(L.CLOSED_QUESTION, F.GUESS),), 45, 87),
    ("presupposition", (seg(L.LEADING_QUESTION),), 15, 49),
]


@pytest.mark.parametrize(
    ("segments", "quality", "neutrality"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_arithmetic_gives_the_rubrics_numbers(
    segments: tuple[LabelledSegment, ...], quality: float | None, neutrality: float
) -> None:
    score = score_segments(segments)
    if quality is None:
        assert score.question_quality is None
    else:
        assert score.question_quality is not None
        assert round(score.question_quality) == pytest.approx(quality, abs=0.51)
    assert score.agenda_neutrality is not None
    assert score.agenda_neutrality == pytest.approx(neutrality, abs=0.51)


def test_neutral_padding_never_washes_out_an_instruction() -> None:
    bare = score_segments((seg(L.DIRECTION),))
    padded = score_segments((seg(L.SOCIAL), seg(L.REFLECTION), seg(L.DIRECTION), seg(L.SOCIAL)))
    assert padded.agenda_neutrality == bare.agenda_neutrality


def test_doubt_between_two_steering_labels_does_not_hide_that_it_steers() -> None:
    probs = {label: 0.0 for label in Label} | {L.LEADING_QUESTION: 0.5, L.ADVICE_QUESTION: 0.5}
    torn = LabelledSegment(seg(L.SOCIAL).segment, L.LEADING_QUESTION, frozenset(), probs)
    score = score_segments((torn,)).agenda_neutrality
    assert score is not None and 40 <= score <= 49


def test_a_long_tail_after_the_question_costs_ten() -> None:
    tail = seg(L.INFORMATION, text=" ".join(["word"] * 13))
    assert score_segments((seg(L.OPEN_QUESTION), tail)).question_quality == 75


def test_answering_your_own_question_costs_twenty_five() -> None:
    assert score_segments((seg(L.OPEN_QUESTION, F.SELF_ANSWER),)).question_quality == 60


def test_putting_the_same_question_again_costs_half_of_a_second_question() -> None:
    first = seg(L.OPEN_QUESTION, text="what worries you about the renewal")
    again = seg(L.OPEN_QUESTION, text="I mean what worries you in that renewal")
    other = seg(L.OPEN_QUESTION, text="how is the new rep settling")
    assert score_segments((first, again)).question_quality == 81
    assert score_segments((first, other)).question_quality == 77
