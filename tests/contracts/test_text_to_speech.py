"""The contract of TextToSpeech, held by the fake and by every real engine."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, Protocol, cast

import numpy as np
import pytest

from trainer.errors import UsageError
from trainer.protocols import SpeechToText, TextToSpeech
from trainer.text_to_speech import choose
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.fake import FakeSpeech
from trainer.types import AudioClip

LINE = "I have been calling people all week, and nobody wants to talk about it."
CHARACTERS_PER_S = (8.0, 25.0)  # from a very slow speaker to a hurried one
STARTS_WITHIN_S = 0.3
AUDIBLE = 0.02  # a sample above this is sound

load = cache(choose.load)  # weights are read once for the whole run


class Request(Protocol):
    """The part of pytest's fixture request that is used."""

    param: Callable[[], TextToSpeech]


@pytest.fixture(
    params=[
        pytest.param(FakeSpeech, id="fake"),
        pytest.param(lambda: CachedSpeech(FakeSpeech()), id="cached fake"),
        pytest.param(lambda: load("piper"), id="piper", marks=pytest.mark.speech),
        pytest.param(lambda: load("kokoro"), id="kokoro", marks=pytest.mark.speech),
        pytest.param(lambda: load("pyttsx3"), id="pyttsx3", marks=pytest.mark.speech),
    ]
)
def engine(request: Request) -> TextToSpeech:
    return request.param()


@cache  # Kokoro takes seconds over it
def first_clip(engine: Any) -> AudioClip:
    clip: AudioClip = engine.synthesise(LINE, engine.voices()[0])
    return clip


@pytest.fixture
def clip(engine: TextToSpeech) -> AudioClip:
    return first_clip(cast(Hashable, engine))


def test_it_says_who_it_is(engine: TextToSpeech) -> None:
    assert engine.name in ("fake", "piper", "kokoro", "pyttsx3")
    assert engine.version
    assert engine.voices()
    assert len(set(engine.voices())) == len(engine.voices())


def test_the_clip_is_mono_speech_within_bounds(clip: AudioClip) -> None:
    assert clip.sample_rate_hz in (16_000, 22_050, 24_000, 44_100, 48_000)
    assert clip.samples.dtype == np.float32
    assert np.isfinite(clip.samples).all()
    assert 0.1 < float(np.abs(clip.samples).max()) < 0.99


def test_it_is_as_loud_as_every_other_engine(clip: AudioClip) -> None:
    loudness = float(np.sqrt(np.mean(np.square(clip.samples))))
    assert 0.05 < loudness < 0.15


def test_it_starts_speaking_at_once(clip: AudioClip) -> None:
    first = int(np.flatnonzero(np.abs(clip.samples) > AUDIBLE)[0])
    assert first / clip.sample_rate_hz < STARTS_WITHIN_S


def test_it_takes_as_long_as_a_person_would(clip: AudioClip) -> None:
    slowest, fastest = CHARACTERS_PER_S
    assert len(LINE) / fastest < clip.duration_s < len(LINE) / slowest


def test_the_same_line_in_the_same_voice_is_the_same_sound(
    engine: TextToSpeech, clip: AudioClip
) -> None:
    engine.synthesise("Something else in between.", engine.voices()[0])
    again = engine.synthesise(LINE, engine.voices()[0])
    assert np.array_equal(again.samples, clip.samples)


def test_another_line_is_another_sound(engine: TextToSpeech, clip: AudioClip) -> None:
    other = engine.synthesise("Short one.", engine.voices()[0])
    assert other.duration_s < clip.duration_s / 2


def test_speed_changes_the_length_and_pitch_does_not(engine: TextToSpeech, clip: AudioClip) -> None:
    voice = engine.voices()[0]
    slow = engine.synthesise(LINE, f"{voice}@0.8")
    high = engine.synthesise(LINE, f"{voice}~+2")
    assert slow.duration_s / clip.duration_s == pytest.approx(1 / 0.8, rel=0.1)
    assert high.duration_s / clip.duration_s == pytest.approx(1.0, rel=0.1)


def test_an_unknown_voice_is_refused_with_the_list(engine: TextToSpeech) -> None:
    voice = engine.voices()[0]
    with pytest.raises(
        UsageError, match=f"no voice '{voice}x', did you mean .* there are"
    ) as found:
        engine.synthesise(LINE, f"{voice}x")
    assert voice in str(found.value)


def test_a_voice_that_is_no_name_is_refused(engine: TextToSpeech) -> None:
    with pytest.raises(UsageError, match="is not of the form"):
        engine.synthesise(LINE, "+@")


@pytest.mark.parametrize("text", ["", "   \n", "…", "?!"])
def test_a_line_without_words_is_refused(engine: TextToSpeech, text: str) -> None:
    with pytest.raises(UsageError, match="nothing to speak"):
        engine.synthesise(text, engine.voices()[0])


@pytest.mark.parametrize(
    "text",
    [
        "No.",
        "Hmm.",
        "[[h@'loU]] *and* <break/> €1,200 & 10% — “yes”… 👍 1:1?",
        "Noor, Siobhán, Łukasz und Zoë; 東京.",
        "-v en --help",
        "One. Two! Three? Four; five: six — seven… eight.",
    ],
)
def test_odd_lines_are_spoken(engine: TextToSpeech, text: str) -> None:
    clip = engine.synthesise(text, engine.voices()[0])
    assert clip.duration_s > 0.15
    assert float(np.abs(clip.samples).max()) <= 0.96


def test_a_long_speech_is_spoken_whole(engine: TextToSpeech) -> None:
    text = " ".join([LINE] * 8)  # more than Kokoro takes in one piece
    clip = engine.synthesise(text, engine.voices()[0])
    slowest, fastest = CHARACTERS_PER_S
    assert len(text) / fastest < clip.duration_s < len(text) / slowest


def test_nothing_is_printed_and_nothing_spoken_is_logged(
    engine: TextToSpeech,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(UsageError):
        engine.synthesise("The renewal is stuck.", "nobody")
    engine.synthesise("The renewal is stuck.", engine.voices()[0])
    assert capfd.readouterr() == ("", "")
    assert not [record for record in caplog.records if "renewal" in record.getMessage()]


# Listening, with the product's own recogniser.

WRITTEN_SHORT = "We were 10% below target in Q3, and the CFO & I agreed on €40k by Friday."
SPOKEN_LONG = "we were 10% below target in q3 and the cfo and i agreed on 40000 euros by friday"
FIGURES = {
    "The budget is $1.5M.": r"1\.5 ?(m\b|million)",
    "We talked in our weekly 1:1 at 3:30.": r"(one|1)(-|[- ](to|on)[- ])(one|1) at 3.?30",
}
VOICES_HEARD = pytest.mark.parametrize(
    ("engine_name", "voice"),
    [
        ("piper", "joe"),
        ("piper", "joe~+3"),
        ("kokoro", "jf_alpha"),
        ("kokoro", "jm_kumo"),
        ("kokoro", "jf_nezumi:0.3+jm_kumo:0.7"),
    ],
)
# openai-whisper leaves its vocabulary and its table of spellings open.
WHISPER_LEAVES_FILES_OPEN = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@cache
def whisper() -> SpeechToText:
    from trainer.speech_to_text.whisper import WhisperSpeechToText

    recogniser: SpeechToText = WhisperSpeechToText.load("base")
    return recogniser


def words(text: str) -> str:
    """Return the words as Whisper's own normaliser writes them."""
    from whisper.normalizers import EnglishTextNormalizer

    return str(EnglishTextNormalizer()(text))


@pytest.mark.speech
@pytest.mark.model
@WHISPER_LEAVES_FILES_OPEN
@VOICES_HEARD
@pytest.mark.parametrize(("said", "meant"), [(LINE, LINE), (WRITTEN_SHORT, SPOKEN_LONG)])
def test_whisper_hears_the_words(engine_name: str, voice: str, said: str, meant: str) -> None:
    import jiwer

    heard = whisper().transcribe(load(engine_name).synthesise(said, voice)).text
    assert jiwer.wer(words(meant), words(heard)) < 0.1, heard


@pytest.mark.speech
@pytest.mark.model
@WHISPER_LEAVES_FILES_OPEN
@VOICES_HEARD
@pytest.mark.parametrize("said", FIGURES)
def test_whisper_hears_the_figures(engine_name: str, voice: str, said: str) -> None:
    heard = whisper().transcribe(load(engine_name).synthesise(said, voice)).text
    assert re.search(FIGURES[said], heard, re.IGNORECASE), heard
