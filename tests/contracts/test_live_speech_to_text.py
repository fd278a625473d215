"""The contract of LiveSpeechToText, held by the fake and by an engine in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.speech_to_text.sounds import clip_of, one_second_of_tone, recordings
from trainer.audio.sources import frames_of
from trainer.audio.wav import resample
from trainer.errors import ModelError
from trainer.protocols import LiveSpeechToText, RunningTranscript, SpeechToText
from trainer.speech_to_text.fake import ScriptedLiveSpeechToText, ScriptedSpeechToText
from trainer.speech_to_text.live import BackgroundSpeechToText
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, Samples, Transcript

SILENCE = np.zeros(FRAME_SAMPLES, np.float32)


class Failing:
    """An engine that raises until it is mended."""

    name = "failing"

    def __init__(self) -> None:
        self.broken = True

    def transcribe(
        self,
        clip: AudioClip,
        *,
        language: str = "en",
        prompt: str = "",
        draft: Transcript | None = None,
    ) -> Transcript:
        if self.broken:
            raise ModelError("the weights are gone")
        return Transcript((), language, self.name)


@cache
def whisper() -> SpeechToText:
    from trainer.speech_to_text.whisper import WhisperSpeechToText

    return WhisperSpeechToText.load("tiny.en")


class Subject(NamedTuple):
    """A recogniser to be made for turns of known words, and a clip that it hears words in."""

    recogniser: Callable[[Sequence[str]], LiveSpeechToText]
    spoken: Callable[[Path], AudioClip]


@pytest.fixture(
    params=[
        pytest.param("fake"),
        pytest.param("background"),
        pytest.param("tiny.en", marks=pytest.mark.speech),
    ]
)
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    with ExitStack() as stack:

        def background(engine: SpeechToText) -> LiveSpeechToText:
            return stack.enter_context(BackgroundSpeechToText(engine))

        yield {
            "fake": Subject(ScriptedLiveSpeechToText, lambda _: one_second_of_tone()),
            "background": Subject(
                lambda words: background(ScriptedSpeechToText(words)),
                lambda _: one_second_of_tone(),
            ),
            "tiny.en": Subject(
                lambda _: background(whisper()), lambda folder: clip_of(recordings()[-1], folder)
            ),
        }[request.param]


@pytest.fixture
def frames(subject: Subject, tmp_path: Path) -> list[Samples]:
    return list(frames_of(resample(subject.spoken(tmp_path), MODEL_RATE_HZ)))


def say(turn: RunningTranscript, frames: Sequence[Samples]) -> None:
    for frame in frames:
        turn.feed(frame, speaking=True)


def pause(turn: RunningTranscript, count: int = 3) -> None:
    for _ in range(count):
        turn.feed(SILENCE, speaking=False)


def awaited(turn: RunningTranscript) -> Transcript:
    """Wait for the words of a pause, as a loop at a microphone does."""
    patience = threading.Event()
    for _ in range(600):
        if (words := turn.transcript_now()) is not None:
            return words
        patience.wait(0.05)
    raise AssertionError("no words in 30 s")


def test_the_words_are_there_during_the_pause_and_finish_gives_the_same(
    subject: Subject, frames: list[Samples]
) -> None:
    turn = subject.recogniser(["some words"]).begin()
    say(turn, frames)
    pause(turn)
    words = awaited(turn)
    assert len(words.text.split()) >= 2
    assert turn.finish() == words == turn.transcript_now()


def test_no_words_are_given_while_some_are_missing(subject: Subject, frames: list[Samples]) -> None:
    turn = subject.recogniser(["some", "words"]).begin()
    assert turn.transcript_now() is None
    say(turn, frames)
    assert turn.transcript_now() is None
    pause(turn)
    awaited(turn)
    say(turn, frames[:1])
    assert turn.transcript_now() is None


def test_a_turn_that_ends_without_a_pause_is_transcribed_when_it_is_finished(
    subject: Subject, frames: list[Samples]
) -> None:
    turn = subject.recogniser(["some words"]).begin()
    say(turn, frames)
    assert len(turn.finish().text.split()) >= 2


def test_a_turn_that_was_finished_can_go_on_and_is_then_whole(
    subject: Subject, frames: list[Samples]
) -> None:
    turn = subject.recogniser(["some words", "some words and some more"]).begin()
    half = len(frames) // 2
    say(turn, frames[:half])
    pause(turn)
    first = turn.finish()
    say(turn, frames[half:])
    pause(turn)
    second = turn.finish()
    assert second.text != first.text or first.text == "some words"
    assert len(second.text.split()) >= len(first.text.split())
    last = second.segments[-1].end_s
    assert last is not None
    assert last <= (len(frames) + 6) * FRAME_SAMPLES / MODEL_RATE_HZ


def test_language_name_and_turns_are_kept_apart(subject: Subject, frames: list[Samples]) -> None:
    recogniser = subject.recogniser(["some words", ""])
    one, other = recogniser.begin(language="en", prompt="Priya"), recogniser.begin()
    say(one, frames)
    pause(one)
    words = one.finish()
    assert words.engine == recogniser.name
    assert words.language == "en"
    pause(other)
    assert other.finish().segments == ()


def test_a_turn_in_which_nothing_was_said_has_no_words(subject: Subject) -> None:
    turn = subject.recogniser([""]).begin()
    assert turn.transcript_now() is None
    pause(turn, 40)
    assert turn.finish().segments == ()


def test_a_cancelled_turn_has_no_transcript_and_takes_no_more(
    subject: Subject, frames: list[Samples]
) -> None:
    recogniser = subject.recogniser(["never asked for", "some words"])
    turn = recogniser.begin()
    say(turn, frames)
    turn.cancel()
    turn.feed(SILENCE, speaking=False)
    with pytest.raises(RuntimeError, match="cancelled"):
        turn.finish()
    after = recogniser.begin()
    say(after, frames)
    assert after.finish().segments


def test_samples_may_be_used_again_by_whoever_fed_them(
    subject: Subject, frames: list[Samples]
) -> None:
    turn = subject.recogniser(["some words"]).begin()
    buffer = np.zeros(FRAME_SAMPLES, np.float32)
    for frame in frames:
        buffer[:] = frame
        turn.feed(buffer, speaking=True)
    buffer[:] = 0.0
    assert turn.finish().segments


@pytest.mark.parametrize("with_pause", [True, False], ids=["in the background", "at the end"])
def test_an_engines_error_is_raised_by_finish_and_asking_again_tries_again(
    with_pause: bool,
) -> None:
    engine = Failing()
    with BackgroundSpeechToText(engine) as recogniser:
        turn = recogniser.begin()
        turn.feed(SILENCE, speaking=True)
        if with_pause:
            pause(turn)
        with pytest.raises(ModelError, match="weights are gone"):
            turn.finish()
        assert turn.transcript_now() is None
        engine.broken = False
        assert turn.finish().segments == ()


def test_a_scripted_error_is_raised_by_finish() -> None:
    turn = ScriptedLiveSpeechToText([ModelError("the weights are gone")]).begin()
    say(turn, [SILENCE])
    pause(turn)
    assert turn.transcript_now() is None
    with pytest.raises(ModelError):
        turn.finish()
