"""Nothing is written down that nobody said, prompted or not."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.speech_to_text.sounds import NO_SPEECH, at_level, clip, clip_of, noise, recordings
from trainer.audio.wav import resample
from trainer.speech_to_text.decoded import Decoded, is_silent, was_said
from trainer.speech_to_text.whisper import WhisperSpeechToText
from trainer.speech_to_text.word_errors import word_errors
from trainer.types import MODEL_RATE_HZ, Samples

NAMES = "Siobhan, Kestrel CRM, Northwynd, Priya, MEDDPICC, Halvorsen, QBR"

load = cache(WhisperSpeechToText.load)

either_model = pytest.mark.parametrize("model", ["base", "tiny.en"])


@pytest.mark.parametrize(
    ("text", "no_speech_prob", "avg_logprob", "said"),
    [
        ("What happened then?", 0.02, -0.3, True),
        ("Yes.", 0.56, -0.9, True),
        ("What happened then?", 0.14, -1.0, True),
        ("you", 0.93, -0.8, False),
        ("Thank you.", 0.78, -1.2, False),
        ("Kestrel CRM, Northwynd, Priya", 0.87, -0.2, False),
        ("stitching Ber Theo", 0.40, -4.6, False),
        (".", 0.10, -0.6, False),
        (" ... ♪", 0.10, -0.6, False),
        ("", 0.10, -0.6, False),
    ],
)
def test_words_count_when_somebody_spoke_and_whisper_can_tell_what(
    text: str, no_speech_prob: float, avg_logprob: float, said: bool
) -> None:
    assert was_said(Decoded(text, 0.0, 1.0, no_speech_prob, avg_logprob, 1.0)) is said


@pytest.mark.parametrize(
    ("samples", "silent"),
    [
        (np.zeros(0, np.float32), True),
        (np.zeros(100, np.float32), True),
        (np.full(100, 0.3, np.float32), True),
        (np.array([0.3, 0.3 + 1 / 32768] * 50, np.float32), True),
        (np.array([0, 8 / 32768] * 50, np.float32), False),
    ],
)
def test_silence_is_a_converter_at_rest(samples: Samples, silent: bool) -> None:
    assert is_silent(samples) is silent


@pytest.mark.speech
@either_model
@pytest.mark.parametrize("sound", NO_SPEECH)
def test_the_names_that_are_expected_are_not_heard_in(sound: str, model: str) -> None:
    heard = load(model).transcribe(clip(NO_SPEECH[sound]()), prompt=NAMES)
    assert heard.segments == ()
    assert heard.text == ""
    assert heard.confidence is None


@pytest.mark.speech
@either_model
@pytest.mark.parametrize("sound", ["a room", "a click", "breathing"])
def test_no_words_are_heard_in(sound: str, model: str) -> None:
    assert load(model).transcribe(clip(NO_SPEECH[sound]())).segments == ()


def sentence(tmp_path_factory: pytest.TempPathFactory, level_db: float = -25.0) -> Samples:
    shortest = min(recordings(), key=lambda said: len(said.words))
    spoken = clip_of(shortest, tmp_path_factory.mktemp("spoken"))
    return at_level(resample(spoken, MODEL_RATE_HZ).samples, level_db).astype(np.float32)


def words() -> str:
    return min(recordings(), key=lambda said: len(said.words)).words


@pytest.mark.speech
@either_model
@pytest.mark.parametrize("level_db", [-20.0, -50.0, -70.0])
def test_a_quiet_speaker_is_heard(
    model: str, level_db: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    heard = load(model).transcribe(clip(sentence(tmp_path_factory, level_db)))
    assert (word_errors(words(), heard.text).rate or 0.0) <= 0.4


@pytest.mark.speech
@either_model
@pytest.mark.parametrize(
    ("seconds", "prompt"), [(4.0, NAMES), (15.0, ""), (27.0, NAMES), (45.0, NAMES)]
)
def test_a_long_silence_after_the_words_adds_none(
    model: str, seconds: float, prompt: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spoken = sentence(tmp_path_factory)
    room = noise(len(spoken) / MODEL_RATE_HZ + seconds, -55.0, 0.5)
    room[: len(spoken)] += spoken
    heard = load(model).transcribe(clip(room), prompt=prompt)
    assert len(heard.text.split()) <= len(words().split()) + 2
    assert (word_errors(words(), heard.text).rate or 0.0) <= 0.4
