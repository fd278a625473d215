from __future__ import annotations

import numpy as np
import pytest

from tests.audio.human import human_clips
from trainer.audio.sources import frames_of, silence
from trainer.audio.voice_activity import (
    LoudnessVoiceActivity,
    ScriptedVoiceActivity,
    SileroVoiceActivity,
    VoiceActivity,
)
from trainer.types import FRAME_SAMPLES, AudioClip, Samples


def frame(value: float = 0.0) -> Samples:
    return np.full(FRAME_SAMPLES, value, np.float32)


def test_loudness_tells_a_tone_from_silence() -> None:
    voice = LoudnessVoiceActivity(threshold_dbfs=-40)
    assert [voice.probability(frame(v)) for v in (0.0, 0.009, 0.011, 0.5)] == [0, 0, 1, 1]


def test_the_script_is_given_out_and_what_was_heard_is_kept() -> None:
    voice = ScriptedVoiceActivity([0.1, 0.9])
    voice.reset()
    assert [voice.probability(frame(1)), voice.probability(frame(2))] == [0.1, 0.9]
    assert [each[0] for each in voice.frames] == [1, 2]
    assert voice.resets == 1
    with pytest.raises(RuntimeError, match="script ended after 2 frames"):
        voice.probability(frame())


@pytest.mark.parametrize("voice", [LoudnessVoiceActivity(), ScriptedVoiceActivity([0.0])])
@pytest.mark.parametrize("bad", [np.zeros(160, np.float32), np.zeros(512), np.zeros((1, 512))])
def test_anything_but_a_frame_is_refused(voice: VoiceActivity, bad: Samples) -> None:
    with pytest.raises(ValueError, match=r"float32 of shape \(512,\), found"):
        voice.probability(bad)


@pytest.fixture(scope="module")
def silero() -> SileroVoiceActivity:
    return SileroVoiceActivity()


def share_of_speech(silero: SileroVoiceActivity, clip: AudioClip) -> float:
    silero.reset()
    return float(np.mean([silero.probability(each) > 0.5 for each in frames_of(clip)]))


@pytest.mark.model
def test_human_speech_is_speech(silero: SileroVoiceActivity) -> None:
    for name, clip in human_clips():
        assert share_of_speech(silero, clip) > 0.6, name


@pytest.mark.model
def test_silence_noise_and_hum_are_not_speech(silero: SileroVoiceActivity) -> None:
    rng = np.random.default_rng(5)
    times = np.arange(48_000) / 16_000
    hiss = AudioClip((0.05 * rng.standard_normal(48_000)).astype(np.float32), 16_000)
    hum = AudioClip((0.2 * np.sin(2 * np.pi * 50 * times)).astype(np.float32), 16_000)
    assert [share_of_speech(silero, each) for each in (silence(3.0), hiss, hum)] == [0, 0, 0]


@pytest.mark.model
def test_reset_forgets_what_was_heard(silero: SileroVoiceActivity) -> None:
    _, clip = human_clips()[0]
    frames = list(frames_of(clip))[:60]

    def run() -> list[float]:
        silero.reset()
        return [silero.probability(each) for each in frames]

    assert run() == run()
