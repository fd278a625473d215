"""Which point is made about a turn, and how often."""

from __future__ import annotations

import pytest

from trainer.feedback.choose import Tip, choose
from trainer.feedback.words import WORDINGS, wording
from trainer.scoring.score import not_scored, score_segments
from trainer.types import Flag, Kind, Label, LabelledSegment, Segment, TurnScore

L, F = Label, Flag


def turn(*labels: Label | tuple[Label, Flag], kind: Kind = Kind.COACHING) -> TurnScore:
    parts = [each if isinstance(each, tuple) else (each,) for each in labels]
    segments = tuple(
        LabelledSegment.certain(f"words number {n}", label, *flags)
        for n, (label, *flags) in enumerate(parts)
    )
    return score_segments(segments, kind)


@pytest.mark.parametrize(
    ("score", "tip"),
    [
        (turn(L.DIRECTION), Tip.DIRECTION),
        (turn(L.PRESSURE, L.DIRECTION), Tip.DIRECTION),
        (turn(L.DIRECTION, L.OPEN_QUESTION), Tip.DIRECTION),
        (turn(L.ADVICE, L.LEADING_QUESTION), Tip.ADVICE),
        (turn(L.ADVICE_QUESTION), Tip.ADVICE_QUESTION),
        (turn(L.LEADING_QUESTION), Tip.LEADING),
        (turn(L.RHETORICAL_QUESTION), Tip.RHETORICAL),
        (turn((L.FRAMING, F.TAKEOVER)), Tip.TAKEOVER),
        (turn(L.STORY), Tip.STORY),
        (turn(L.NARROWED_QUESTION), Tip.NARROWED),
        (turn(L.WHY_CHALLENGE), Tip.WHY),
        (turn(L.CLOSED_QUESTION), Tip.CLOSED),
        (turn(L.CLOSED_QUESTION, L.CLOSED_QUESTION), Tip.STACKING),
        (turn((L.OPEN_QUESTION, F.UPTAKE)), Tip.STRONG_UPTAKE),
        (turn(L.OPEN_QUESTION), Tip.STRONG_OPEN),
        (turn(L.REFLECTION), Tip.STRONG_LISTENING),
        (turn(L.AUTONOMY), Tip.STRONG_CHOICE),
        (turn(L.PERMISSION), Tip.STRONG_PERMISSION),
    ],
)
def test_the_most_valuable_point_is_chosen(score: TurnScore, tip: Tip) -> None:
    point = choose(score)
    assert point is not None and point.tip is tip


def test_a_strong_turn_gets_its_strength_named_and_nothing_to_mend() -> None:
    point = choose(turn(L.REFLECTION, (L.OPEN_QUESTION, F.UPTAKE)))
    assert point is not None and point.is_strength


def test_advice_with_leave_is_not_held_against_the_manager() -> None:
    point = choose(turn((L.ADVICE, F.LICENSED), (L.OPEN_QUESTION, F.FORWARD)))
    assert point is not None and point.tip is Tip.STRONG_OPEN


def test_the_same_tip_is_never_given_three_times_running() -> None:
    given: list[str] = []
    for _ in range(9):
        point = choose(turn(L.DIRECTION, L.LEADING_QUESTION), given=given)
        assert point is not None
        given.append(point.tip.value)
    assert all(len(set(given[i : i + 3])) > 1 for i in range(len(given) - 2))
    assert given[:3] == ["direction", "direction", "leading"]


def test_there_is_nothing_to_say_about_a_turn_that_was_not_scored() -> None:
    assert choose(not_scored("there were no words")) is None


@pytest.mark.parametrize("tip", list(Tip))
def test_every_point_has_words_about_the_wording_and_not_the_person(tip: Tip) -> None:
    for what, why in WORDINGS[tip]:
        assert what.endswith(".") and why.endswith(".")
        assert len(f"{what} {why}".split()) <= 32
        assert not any(
            word in f"{what} {why}".lower() for word in ("you are ", "you should", "bad ")
        )


def test_a_point_made_again_is_worded_another_way() -> None:
    ways = [wording(Tip.DIRECTION, used) for used in range(3)]
    assert len(set(ways)) == 3 and wording(Tip.DIRECTION, 3) == ways[0]


def test_a_low_turn_whose_labels_are_all_harmless_gets_the_likeliest_push_named() -> None:
    probs = {label: 0.0 for label in Label} | {L.INFORMATION: 0.52, L.DIRECTION: 0.48}
    torn = LabelledSegment(Segment("I need it by nine."), L.INFORMATION, frozenset(), probs)
    score = TurnScore((torn,), None, 52.0)
    point = choose(score)
    assert point is not None and point.tip is Tip.DIRECTION
