"""One talk: the flow from what was heard to what is answered, and taking turns back."""

from __future__ import annotations

import numpy as np

from tests.talks import small_session
from trainer.session import Session, typed
from trainer.types import MODEL_RATE_HZ, AudioClip

ASK = "open: How was the month for you?"


def said(session: Session, text: str) -> str:
    return session.answer(typed(text)).reply.text


def test_a_turn_carries_the_line_it_answers_its_scores_and_the_reply() -> None:
    session = small_session()
    opening = session.reply.text
    record = session.answer(typed(ASK))
    assert (record.number, record.attempt, record.said_before) == (1, 1, opening)
    assert (record.score.question_quality, record.score.agenda_neutrality) == (90, 100)
    assert session.reply == record.reply


def test_the_scorer_sees_the_last_two_lines_and_all_earlier_ones() -> None:
    session = small_session()
    replies = [session.reply.text]
    for _ in range(3):
        replies.append(said(session, ASK))
    turn = session._turn("now", session.reply)
    assert turn.said_before == tuple(replies[-2:])
    assert turn.earlier == tuple(replies[:-2])


def test_nothing_heard_changes_nothing_and_asks_again() -> None:
    session = small_session()
    before = session.reply
    first, second = session.unheard(), session.unheard()
    assert session.reply == before
    assert first.mind == before.mind
    assert first.text != second.text
    assert session.records == []


def test_a_retry_takes_the_turn_back_and_counts_as_another_attempt() -> None:
    session = small_session()
    session.answer(typed(ASK))
    told = session.answer(typed("tell: Ring them."))
    session.retry()
    assert session.reply.text == told.said_before
    again = session.answer(typed("reflect: It went quiet."))
    assert (again.number, again.attempt) == (2, 2)
    assert [record.text for record in session.kept] == [ASK, "reflect: It went quiet."]
    assert len(session.records) == 3
    assert session.reply.mind.told == 0


def test_a_retry_of_the_first_turn_goes_back_to_the_opening() -> None:
    session = small_session()
    opening = session.reply
    session.answer(typed("tell: Do it."))
    assert session.retry() == opening


def test_there_is_nothing_to_retry_or_correct_before_the_first_turn() -> None:
    session = small_session()
    assert session.retry() is None
    assert session.correct("words") is None


def test_a_correction_is_scored_instead_of_what_was_heard_and_keeps_both() -> None:
    session = small_session()
    session.answer(typed("tell: Do it."))
    record = session.correct(ASK)
    assert record is not None
    assert (record.heard.text, record.corrected, record.text) == ("tell: Do it.", ASK, ASK)
    assert record.score.question_quality == 90
    assert session.reply.mind.told == 0


def test_a_session_goes_on_from_its_records_as_if_it_had_never_stopped() -> None:
    whole, first = small_session(), small_session()
    for session in (whole, first):
        session.answer(typed(ASK))
        session.answer(typed("reflect: It went quiet."))
    resumed = small_session()
    resumed.records = list(first.records)
    assert resumed.answer(typed(ASK)) == whole.answer(typed(ASK))


def test_the_summary_counts_only_the_kept_attempts() -> None:
    session = small_session()
    session.answer(typed("tell: Do it."))
    session.retry()
    for _ in range(6):
        session.answer(typed(ASK))
    summary = session.summary(np.random.default_rng(0))
    assert summary.scored_turns == 6
    assert summary.agenda_neutrality is not None and summary.agenda_neutrality.value == 100


def test_under_five_scored_turns_there_is_no_score_of_the_talk() -> None:
    session = small_session()
    session.answer(typed(ASK))
    summary = session.summary(np.random.default_rng(0))
    assert summary.question_quality is None and summary.agenda_neutrality is None


def test_the_recogniser_is_told_the_names_and_terms() -> None:
    session = small_session(heard=[ASK])
    clip = AudioClip(np.zeros(MODEL_RATE_HZ, np.float32), MODEL_RATE_HZ)
    assert session.transcribe(clip).text == ASK
