from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.talks import small_scenario, small_session
from trainer.salesperson.ahead import lines_ahead
from trainer.salesperson.thinking import takes_time
from trainer.session import typed
from trainer.text_to_speech.ahead import LinesAhead
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.fake import FakeSpeech
from trainer.types import Line, Reply


def test_nothing_is_started_while_no_line_is_missing(tmp_path: Path) -> None:
    speech = CachedSpeech(FakeSpeech(), tmp_path)
    speech.synthesise("Hello.", "ann")
    ahead = LinesAhead(speech, "ann")
    ahead.prefer(["Hello."])
    assert ahead.running is False
    ahead.close()


def test_a_voice_that_cannot_speak_ahead_is_left_alone(tmp_path: Path) -> None:
    ahead = LinesAhead(CachedSpeech(FakeSpeech(), tmp_path), "ann")
    for _ in range(50):
        ahead.prefer(["Never spoken."])  # there is no engine called fake: the child ends at once
        time.sleep(0.1)
    assert ahead.running is False
    ahead.close()


@pytest.mark.speech
def test_lines_are_spoken_ahead_by_a_child_that_ends_by_itself(tmp_path: Path) -> None:
    from trainer.text_to_speech.choose import load

    speech = CachedSpeech(load("pyttsx3"), tmp_path)
    ahead = LinesAhead(speech, "male")
    ahead.prefer(["One.", "Two."])
    end = time.monotonic() + 60
    while ahead.running and time.monotonic() < end:
        time.sleep(0.05)
    assert speech.holds("One.", "male") and speech.holds("Two.", "male")
    ahead.close()


def test_lines_ahead_are_all_lines_not_said_likeliest_first() -> None:
    file = small_scenario().file
    session = small_session()
    before = lines_ahead(file, session.reply.mind)
    session.answer(typed("open: How was the month for you?"))
    after = lines_ahead(file, session.reply.mind)
    said = set(session.reply.mind.said)
    assert {line.id for line in after} == {line.id for line in before} - said
    topic = session.reply.mind.topic
    assert topic is not None
    first_of_topic = next(line for line in after if line.id.startswith("topics."))
    assert first_of_topic.id.split(".")[1] == topic
    assert before[-1].id.startswith("opening.") or len(file.opening) == 1


@pytest.mark.parametrize(
    ("line_id", "expected"),
    [
        ("topics.calls.1.1", False),
        ("topics.calls.2.1", True),
        ("ideas.block.lines.1", True),
        ("ideas.block.choose.1", True),
        ("ideas.block.commit.1", False),
        ("reactions.told.1", False),
        ("opening.1", False),
    ],
)
def test_time_is_taken_before_what_costs_something(line_id: str, expected: bool) -> None:
    mind = small_session().reply.mind
    assert takes_time(Reply((Line(line_id, "Well."),), mind)) is expected
