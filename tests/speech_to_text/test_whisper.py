"""Whisper is loaded by name, refuses what it cannot do in one line, and hears people."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.speech_to_text.sounds import Said, clip, clip_of, noise, recordings, spoken_by_machine
from trainer.audio.wav import read_clip, resample
from trainer.errors import AudioInputError, ModelError, TrainerError, UsageError
from trainer.speech_to_text import whisper as engine
from trainer.speech_to_text.whisper import MODEL_NAMES, WhisperSpeechToText
from trainer.speech_to_text.word_errors import WordErrors, word_errors
from trainer.types import MODEL_RATE_HZ, AudioClip

load = cache(WhisperSpeechToText.load)

either_model = pytest.mark.parametrize("model", ["base", "tiny.en"])


def one_line(error: pytest.ExceptionInfo[TrainerError]) -> str:
    assert "\n" not in str(error.value)
    return str(error.value)


# Loading.


@pytest.mark.parametrize("name", ["bass", "", "whisper-base", "/tmp/base.pt", "BASE"])
def test_an_unknown_model_is_refused_at_once_with_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError) as error:
        WhisperSpeechToText.load(name)
    assert (
        "there are base, tiny.en, which are installed, and by download tiny, base.en"
        in one_line(error)
    )
    assert "torch" not in sys.modules or "whisper" in sys.modules  # nothing heavy was loaded for it


@pytest.mark.model
def test_the_known_names_are_openai_whispers() -> None:
    import whisper

    assert list(MODEL_NAMES) == whisper.available_models()


@contextmanager
def a_proxy(*, answers: bool) -> Iterator[str]:
    """Listen on a port where nothing is ever answered, or where nobody listens any more."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if not answers:
            server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.model
@pytest.mark.parametrize("answers", [True, False], ids=["refused", "dead"])
def test_a_download_without_a_network_fails_fast_in_one_line(
    answers: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "DOWNLOAD_TIMEOUT_S", 0.3)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with a_proxy(answers=answers) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(ModelError, match="'small' is not on this machine") as error:
            WhisperSpeechToText.load("small")
    assert one_line(error).endswith("or choose base or tiny.en, which are installed")
    assert socket.getdefaulttimeout() is None


@pytest.mark.model
def test_threads_are_as_many_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    before = torch.get_num_threads()
    try:
        WhisperSpeechToText.load("tiny.en", threads=1)
        assert torch.get_num_threads() == 1
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
        monkeypatch.setattr(engine, "_usable_cores", lambda: 64)
        WhisperSpeechToText.load("tiny.en")
        assert torch.get_num_threads() == engine.MOST_THREADS
        monkeypatch.setenv("OMP_NUM_THREADS", "3")
        torch.set_num_threads(2)
        WhisperSpeechToText.load("tiny.en")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


# Refusing.


@pytest.mark.model
def test_a_forty_minute_clip_is_refused_before_anything_is_done() -> None:
    hours = AudioClip(np.broadcast_to(np.float32(0.1), 40 * 60 * 16_000), 16_000)
    with pytest.raises(AudioInputError, match=r"lasts 40\.0 minutes, expected at most 10") as error:
        load("tiny.en").transcribe(hours)
    assert "cut it into turns" in one_line(error)


@pytest.mark.model
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_samples_that_are_not_numbers_are_refused(bad: float) -> None:
    samples = noise(0.5, -30.0).astype(np.float32)
    samples[100] = bad
    with pytest.raises(AudioInputError, match="not numbers") as error:
        load("tiny.en").transcribe(AudioClip(samples, 16_000))
    one_line(error)


@pytest.mark.model
@pytest.mark.parametrize(
    ("model", "language", "found"),
    [
        ("tiny.en", "de", "whisper-tiny.en knows English only and the talk is in 'de'"),
        ("base", "xx", "whisper-base knows no language 'xx'"),
        ("base", "english", "knows no language 'english'; give its ISO 639-1 code"),
        ("base", "yue", "knows no language 'yue'"),  # only the large models do
        ("base", "", "knows no language ''"),
    ],
)
def test_a_language_it_does_not_know_is_refused_even_for_silence(
    model: str, language: str, found: str
) -> None:
    with pytest.raises(UsageError, match=found) as error:
        load(model).transcribe(clip(np.zeros(100)), language=language)
    one_line(error)


# Prompting.


@pytest.mark.model
@pytest.mark.parametrize(
    ("prompt", "language", "sentence"),
    [
        ("", "en", None),
        (" , ,", "en", None),
        ("Priya", "en", "A talk between colleagues about Priya."),
        (" Priya ,Kestrel\n CRM,", "en", "A talk between colleagues about Priya, Kestrel CRM."),
        ("Priya, Nordwind", "de", "Priya, Nordwind."),
    ],
)
def test_names_are_put_into_a_sentence(prompt: str, language: str, sentence: str | None) -> None:
    assert load("base")._spoken_prompt(prompt, language) == sentence


@pytest.mark.model
@either_model
def test_of_too_many_names_the_first_are_kept(model: str) -> None:
    names = [f"Halvorsen{number}" for number in range(200)]
    sentence = load(model)._spoken_prompt(", ".join(names), "en")
    assert sentence is not None
    kept = sentence.removeprefix("A talk between colleagues about ").removesuffix(".").split(", ")
    assert kept == names[: len(kept)]
    assert 20 < len(kept) < 100


@pytest.mark.speech
def test_a_prompted_name_is_spelled_as_it_was_prompted(tmp_path: Path) -> None:
    said = read_clip(spoken_by_machine("How does Halvorsen feel about it?", tmp_path / "a.wav"))
    assert "Halvorsen" in load("base").transcribe(said, prompt="Priya, Halvorsen").text


# Hearing.


@pytest.mark.speech
@pytest.mark.parametrize(("model", "most"), [("base", 0.05), ("tiny.en", 0.1)])
def test_people_are_understood(model: str, most: float, tmp_path: Path) -> None:
    total = WordErrors(0, 0)
    for said in recordings():
        heard = load(model).transcribe(clip_of(said, tmp_path))
        total += word_errors(said.words, heard.text)
    limit = most if recordings()[0].path else 0.4  # a machine's voice is harder
    assert total.rate is not None
    assert total.rate <= limit


@pytest.mark.speech
@either_model
@pytest.mark.parametrize("said", recordings(), ids=lambda said: Path(said.name).stem[-10:])
def test_a_clear_speaker_is_heard_with_confidence(model: str, said: Said, tmp_path: Path) -> None:
    confidence = load(model).transcribe(clip_of(said, tmp_path)).confidence
    assert confidence is not None
    assert confidence.no_speech_prob < 0.3
    assert confidence.avg_logprob > -0.8
    assert confidence.compression_ratio < 2.0


@pytest.mark.speech
@either_model
def test_a_turn_longer_than_whispers_window_is_heard_to_its_end(model: str, tmp_path: Path) -> None:
    pause = np.zeros(8_000, np.float32)
    parts = []
    for said in recordings():
        parts += [resample(clip_of(said, tmp_path), MODEL_RATE_HZ).samples, pause]
    while sum(map(len, parts)) <= 31 * MODEL_RATE_HZ:
        parts.insert(0, pause)
    turn = clip(np.concatenate(parts))
    heard = load(model).transcribe(turn, prompt="John Dashwood, Marianne")
    words = " ".join(said.words for said in recordings())
    assert (word_errors(words, heard.text).rate or 0.0) < 0.25
    last = heard.segments[-1].end_s
    assert last is not None
    assert turn.duration_s - 3.0 < last <= turn.duration_s


@pytest.mark.speech
@pytest.mark.parametrize("beyond", [0, 79, 80, 96, 159])
def test_a_clip_that_ends_inside_a_frame_of_the_spectrogram_comes_to_an_end(
    beyond: int, tmp_path: Path
) -> None:
    spoken = clip_of(recordings()[-1], tmp_path)
    samples = resample(spoken, MODEL_RATE_HZ).samples
    cut = AudioClip(samples[: len(samples) // 160 * 160 - 160 + beyond], MODEL_RATE_HZ)
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(load("tiny.en").transcribe, cut).result(timeout=120)
    assert len(heard.text.split()) > 3


@pytest.mark.speech
def test_threads_may_transcribe_together(tmp_path: Path) -> None:
    clips = [clip_of(said, tmp_path) for said in recordings()[:3]] * 2
    alone = [load("tiny.en").transcribe(each) for each in clips]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(load("tiny.en").transcribe, clips))
    assert together == alone


@pytest.mark.speech
def test_the_random_numbers_of_others_are_left_alone_and_make_no_difference(
    tmp_path: Path,
) -> None:
    import torch

    babble = clip(noise(1.0, -30.0, 1.0))
    said = clip_of(recordings()[0], tmp_path)
    transcripts = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        before = torch.random.get_rng_state()
        transcripts.append([load("tiny.en").transcribe(each) for each in (babble, said)])
        assert torch.equal(torch.random.get_rng_state(), before)
    assert transcripts[0] == transcripts[1]
