"""The quick network computes what Whisper's own does, and clips of every length are heard."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.speech_to_text.sounds import clip, clip_of, noise, recordings
from trainer.audio.room import in_room
from trainer.audio.wav import resample
from trainer.speech_to_text import carrier, listening
from trainer.speech_to_text.arithmetic import EXACT, Arithmetic, of_this_processor
from trainer.speech_to_text.quick_decoder import QuickDecoder, QuickEncoder
from trainer.speech_to_text.whisper import WhisperSpeechToText
from trainer.speech_to_text.word_errors import word_errors
from trainer.text_to_speech import choose
from trainer.types import MODEL_RATE_HZ, AudioClip

TOKENS = [50258, 50259, 50359, 50364, 400, 370]
load = cache(WhisperSpeechToText.load)


@cache
def base() -> Any:
    import whisper

    return whisper.load_model(str(carrier.checkpoint("base")), device="cpu")


@pytest.mark.model
@pytest.mark.parametrize(
    ("arithmetic", "most"), [(EXACT, 0.001), (Arithmetic(bfloat16=True, int8_weights=False), 0.1)]
)
def test_encoder_and_decoder_compute_what_openai_whispers_do(
    arithmetic: Arithmetic, most: float
) -> None:
    import torch

    model = base()
    with torch.inference_mode():
        mel = torch.from_numpy(np.random.default_rng(1).standard_normal((1, 80, 3000)) * 0.3)
        own = model.encoder(mel.float())
        features = QuickEncoder(model, arithmetic)(mel.float())
        assert float((features - own).abs().mean() / own.abs().mean()) < most
        decoder = QuickDecoder(model, EXACT)
        decoding = decoder.begin(own)
        stepwise = [decoder.logits([token], decoding, last=1)[0] for token in TOKENS]
        wanted = model.decoder(torch.tensor([TOKENS]), own)[0]
        assert float((torch.stack(stepwise) - wanted).abs().max()) < 0.01
        decoding.forget_after(2)
        at_once = decoder.logits(TOKENS[2:], decoding, last=4)
        assert float((at_once - wanted[2:]).abs().max()) < 0.01


@pytest.mark.model
def test_what_is_fast_here_is_tried_out_once_and_is_right() -> None:
    import torch

    found = of_this_processor()
    assert found is of_this_processor()
    if found.int8_weights:
        with torch.inference_mode():
            model = base()
            features = torch.zeros(1, 300, model.dims.n_audio_state)
            both = [QuickDecoder(model, each) for each in (EXACT, Arithmetic(False, True))]
            exact, short = (
                each.logits(TOKENS, each.begin(features), last=1)[0].softmax(-1) for each in both
            )
            assert float((exact - short).abs().sum()) < 0.3


@pytest.mark.speech
@pytest.mark.parametrize("seconds", [29.0, 29.98, 30.0, 30.02, 31.0])
def test_no_word_is_lost_at_the_edge_of_whispers_window(seconds: float, tmp_path: Path) -> None:
    said = recordings()[-1]
    spoken = resample(clip_of(said, tmp_path), MODEL_RATE_HZ).samples
    quiet = noise(seconds, -65.0).astype(np.float32)
    quiet[-len(spoken) :] += spoken
    heard = load("base").transcribe(clip(quiet))
    assert (word_errors(said.words, heard.text).rate or 0.0) <= 0.4


@pytest.mark.speech
def test_a_third_of_a_second_has_a_word_or_two_at_most(tmp_path: Path) -> None:
    spoken = resample(clip_of(recordings()[-1], tmp_path), MODEL_RATE_HZ).samples
    for start in (4_000, 12_000, 20_000):
        piece = AudioClip(spoken[start : start + 4_800].copy(), MODEL_RATE_HZ)
        assert len(load("base").transcribe(piece, prompt="Priya, Kestrel").text.split()) <= 3


@pytest.mark.speech
@pytest.mark.parametrize("silence_s", [0.4, 0.7])
def test_a_short_sentence_before_a_silence_is_written_once(
    silence_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a window no longer than the clip Whisper writes this one two or three times.
    monkeypatch.setattr(listening, "LEAST_FRAMES", 0)
    text = "Tell me more about that."
    spoken = resample(choose.load("kokoro").synthesise(text, "jm_kumo"), MODEL_RATE_HZ).samples
    loud = np.flatnonzero(np.abs(spoken) > 0.01)
    sides = (4_800, round(silence_s * MODEL_RATE_HZ))
    turn = in_room(
        clip(np.pad(spoken[loud[0] : loud[-1] + 1], sides)), np.random.default_rng(1), snr_db=15.0
    )
    names = "Joel Verhagen, Lakeshore Pump and Seal, Halverson, Denny, Bev, Cody, Lorna, Don"
    assert word_errors(text, load("base").transcribe(turn, prompt=names).text).errors == 0
