"""The contract of SpeechToText, held by the fake and by both installed models."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.speech_to_text.sounds import clip, clip_of, one_second_of_tone, recordings
from trainer.audio.wav import resample
from trainer.protocols import SpeechToText
from trainer.speech_to_text.fake import ScriptedSpeechToText
from trainer.types import AudioClip, Transcript

RATES_HZ = (8_000, 16_000, 44_100, 48_000)


class Subject(NamedTuple):
    """An engine to be made for clips with known words, and a clip that it hears words in."""

    engine: Callable[[Sequence[str]], SpeechToText]
    spoken: Callable[[Path], AudioClip]


@cache
def whisper(name: str) -> SpeechToText:
    from trainer.speech_to_text.whisper import WhisperSpeechToText

    return WhisperSpeechToText.load(name)


def human(folder: Path) -> AudioClip:
    return clip_of(recordings()[-1], folder)


@pytest.fixture(
    params=[
        pytest.param(Subject(ScriptedSpeechToText, lambda _: one_second_of_tone()), id="fake"),
        pytest.param(
            Subject(lambda _: whisper("base"), human), id="base", marks=pytest.mark.speech
        ),
        pytest.param(
            Subject(lambda _: whisper("tiny.en"), human), id="tiny.en", marks=pytest.mark.speech
        ),
    ]
)
def subject(request: pytest.FixtureRequest) -> Subject:
    chosen: Subject = request.param
    return chosen


@pytest.fixture
def spoken(subject: Subject, tmp_path: Path) -> AudioClip:
    return subject.spoken(tmp_path)


def heard(subject: Subject, sound: AudioClip, words: str = "some words") -> Transcript:
    return subject.engine([words]).transcribe(sound)


def test_it_has_a_name_that_its_transcripts_carry(subject: Subject, spoken: AudioClip) -> None:
    engine = subject.engine(["some words"])
    assert engine.name
    assert engine.transcribe(spoken).engine == engine.name


def test_words_come_as_segments_within_the_clip_and_in_order(
    subject: Subject, spoken: AudioClip
) -> None:
    segments = heard(subject, spoken).segments
    assert segments
    at_s = 0.0
    for segment in segments:
        assert segment.text.strip()
        assert segment.start_s is not None
        assert segment.end_s is not None
        assert at_s <= segment.start_s <= segment.end_s <= spoken.duration_s
        at_s = segment.start_s


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_any_sample_rate_is_understood(subject: Subject, spoken: AudioClip, rate_hz: int) -> None:
    transcript = heard(subject, resample(spoken, rate_hz))
    assert len(transcript.text.split()) >= 2
    assert transcript.segments[-1].end_s is not None
    assert transcript.segments[-1].end_s <= spoken.duration_s + 0.01


def test_a_clip_without_words_has_no_segments(subject: Subject) -> None:
    for samples in (np.zeros(0), np.zeros(1_600), np.zeros(16_000)):
        transcript = heard(subject, clip(samples), words="")
        assert transcript.segments == ()
        assert transcript.text == ""


def test_the_language_is_the_one_it_was_given(subject: Subject, spoken: AudioClip) -> None:
    engine = subject.engine(["some words"])
    assert engine.transcribe(spoken, language="en").language == "en"


def test_the_same_clip_gives_the_same_transcript(subject: Subject, spoken: AudioClip) -> None:
    engine = subject.engine(["some words", "some words"])
    prompt = "Marianne, Elinor"
    assert engine.transcribe(spoken, prompt=prompt) == engine.transcribe(spoken, prompt=prompt)


def test_the_clip_is_left_as_it_was(subject: Subject, spoken: AudioClip) -> None:
    before = spoken.samples.copy()
    spoken.samples.flags.writeable = False
    try:
        heard(subject, spoken)
    finally:
        spoken.samples.flags.writeable = True
    np.testing.assert_array_equal(spoken.samples, before)


def test_how_sure_it_is_is_known_in_numbers_or_not_at_all(
    subject: Subject, spoken: AudioClip
) -> None:
    confidence = heard(subject, spoken).confidence
    if confidence is not None:
        assert 0.0 <= confidence.no_speech_prob <= 1.0
        assert -20.0 < confidence.avg_logprob <= 0.0
        assert 0.0 < confidence.compression_ratio < 20.0


def test_nothing_of_what_was_said_is_printed_or_logged(
    subject: Subject,
    spoken: AudioClip,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine = subject.engine(["some words"])
    capfd.readouterr()
    with caplog.at_level(logging.DEBUG):
        engine.transcribe(spoken, prompt="Marianne")
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
