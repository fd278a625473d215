"""The real detector on human speech."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.human import human_clips
from trainer.audio.end_of_turn import SmartTurn
from trainer.audio.listen import Ending, listen, listen_to_recording
from trainer.audio.patience import SETTINGS, Patience
from trainer.audio.room import in_room
from trainer.audio.sources import WavSource
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import SileroVoiceActivity
from trainer.types import AudioClip

pytestmark = pytest.mark.model

ORATORY = "jfk"  # holds rhetorical pauses of a second, which only the patient preset sits out


@pytest.fixture(scope="module")
def models() -> tuple[SileroVoiceActivity, SmartTurn]:
    return SileroVoiceActivity(), SmartTurn()


def detector(
    models: tuple[SileroVoiceActivity, SmartTurn], patience: Patience
) -> AudioTurnDetector:
    return AudioTurnDetector(*models, SETTINGS[patience])


@pytest.mark.parametrize("patience", list(Patience))
def test_each_clip_is_one_turn_and_ends_within_its_patience(
    patience: Patience, models: tuple[SileroVoiceActivity, SmartTurn]
) -> None:
    settings = SETTINGS[patience]
    for name, clip in human_clips():
        if name == ORATORY and patience is not Patience.PATIENT:
            continue
        ears = detector(models, patience)
        with WavSource(clip) as source:
            turn = listen(source, ears)
            waited_s = ears.silence_s
            after = listen(source, ears)
        assert turn.why is Ending.ENDED, name
        assert turn.clip is not None, name
        assert turn.clip.duration_s == pytest.approx(clip.duration_s, abs=0.4), name
        assert after.clip is None, name
        assert settings.finished_wait_s <= waited_s + 0.02 <= settings.unfinished_wait_s + 0.1, name


def test_a_recording_with_pauses_comes_back_whole(
    models: tuple[SileroVoiceActivity, SmartTurn],
) -> None:
    clips = dict(human_clips())
    first, second = [clips[name].samples for name in sorted(clips) if name != ORATORY][:2]
    pause = np.zeros(4 * 16_000, np.float32)
    recording = AudioClip(np.concatenate((first, pause, second)), 16_000)
    turn = listen_to_recording(recording, detector(models, Patience.NORMAL))
    assert turn.clip is not None
    assert turn.clip.duration_s == pytest.approx(recording.duration_s, abs=0.4)
    assert turn.reopened == 1


def test_a_noisy_room_does_not_change_where_a_turn_lies(
    models: tuple[SileroVoiceActivity, SmartTurn],
) -> None:
    for name, clip in human_clips():
        noisy = in_room(clip, np.random.default_rng(2), snr_db=15, level_dbfs=-32)
        turn = listen_to_recording(noisy, detector(models, Patience.NORMAL))
        assert turn.clip is not None, name
        assert turn.clip.duration_s == pytest.approx(clip.duration_s, abs=0.5), name


def test_room_noise_alone_is_nobody_speaking(
    models: tuple[SileroVoiceActivity, SmartTurn],
) -> None:
    silent = AudioClip(np.zeros(160_000, np.float32), 16_000)
    noise = in_room(silent, np.random.default_rng(4), level_dbfs=-20, snr_db=0)
    assert listen_to_recording(noise, detector(models, Patience.NORMAL)).clip is None


def test_a_sentence_cut_off_sounds_less_finished_than_whole(
    models: tuple[SileroVoiceActivity, SmartTurn],
) -> None:
    pause = np.zeros(4800, np.float32)
    clips = dict(human_clips())
    whole = clips["sense_and_sensibility_01_austen_64kb-0870"].samples
    _, smart_turn = models
    ended = smart_turn.probability(np.concatenate((whole[: round(6.88 * 16_000)], pause)))
    cut = smart_turn.probability(np.concatenate((whole[: round(4.18 * 16_000)], pause)))
    assert ended > 0.9 and cut < 0.1
