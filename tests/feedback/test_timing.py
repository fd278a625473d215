"""When the manager hears about a turn: every time, faded, or at the end."""

from __future__ import annotations

import pytest

from tests.talks import LabelsByCue, small_scenario
from trainer.feedback.timing import is_due
from trainer.records.report import point_lines
from trainer.salesperson.encoder import WordEncoder
from trainer.salesperson.policy import ScenarioSalesperson
from trainer.session import Engines, Session, typed
from trainer.types import FeedbackTime, Kind, TurnScore

GOOD, SLIP = TurnScore((), 90.0, 100.0), TurnScore((), 10.0, 40.0)
UNSCORED = TurnScore((), None, None, not_scored_because="there were only fillers")


def due(*scores: TurnScore, when: FeedbackTime = FeedbackTime.FADED) -> list[bool]:
    return [is_due(when, score, scores[:at]) for at, score in enumerate(scores)]


def test_faded_feedback_comes_less_often_while_the_turns_are_good() -> None:
    assert [at for at, told in enumerate(due(*[GOOD] * 16), start=1) if told] == [1, 2, 4, 8, 16]


def test_faded_feedback_is_back_when_a_turn_slips_and_right_after_it() -> None:
    assert due(GOOD, GOOD, GOOD, SLIP, GOOD, GOOD, GOOD) == [
        True,
        True,
        False,
        True,
        True,
        True,
        False,
    ]


def test_who_slips_every_time_is_told_every_time() -> None:
    assert all(due(*[SLIP] * 6))


def test_turns_that_were_not_scored_neither_count_nor_break_a_run() -> None:
    assert due(GOOD, UNSCORED, GOOD, UNSCORED, GOOD)[2::2] == [True, False]


@pytest.mark.parametrize(("when", "told"), [(FeedbackTime.EVERY, True), (FeedbackTime.END, False)])
def test_every_turn_or_none_until_the_end(when: FeedbackTime, told: bool) -> None:
    assert due(GOOD, SLIP, GOOD, when=when) == [told] * 3


def session(when: FeedbackTime) -> Session:
    scenario = small_scenario()
    salesperson = ScenarioSalesperson(scenario.file, WordEncoder(), seed=0)
    return Session(scenario, Engines(None, LabelsByCue(), salesperson), feedback=when)


def test_what_is_kept_back_is_in_the_record_and_told_at_the_end() -> None:
    talk = session(FeedbackTime.END)
    record = talk.answer(typed("tell: Ring them today."))
    assert record.feedback is not None and record.feedback_now is None
    lines = point_lines(talk.kept, Kind.COACHING)
    assert lines[0].startswith("Turn 1 (question quality 0") and "Ring them today." in lines[1]
    assert not any("retry" in line for line in lines)


def test_what_was_told_at_once_is_not_told_again_at_the_end() -> None:
    talk = session(FeedbackTime.EVERY)
    assert talk.answer(typed("tell: Ring them today.")).feedback_now is not None
    assert point_lines(talk.kept, Kind.COACHING) == []
