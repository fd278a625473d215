from __future__ import annotations

import numpy as np
import pytest

from trainer.audio.end_of_turn import ScriptedEndOfTurn
from trainer.audio.listen import (
    LEAD_IN_S,
    QUIETEST_DBFS,
    TAIL_S,
    Ending,
    Heard,
    LostWhileListening,
    level_dbfs,
    listen,
    listen_to_recording,
)
from trainer.audio.patience import TurnSettings
from trainer.audio.sources import ScriptedSource, WavSource, silence
from trainer.audio.turn_detector import (
    AudioTurnDetector,
    ScriptedTurnDetector,
    lasting,
)
from trainer.audio.voice_activity import LoudnessVoiceActivity
from trainer.errors import DeviceError
from trainer.types import AudioClip, Samples, TurnState

FRAME = 0.032


def tone(seconds: float, amplitude: float = 0.3) -> AudioClip:
    times = np.arange(round(seconds * 16_000)) / 16_000
    return AudioClip((amplitude * np.sin(2 * np.pi * 220 * times)).astype(np.float32), 16_000)


def by_loudness(*opinions: float, longest_s: float = 120.0) -> AudioTurnDetector:
    return AudioTurnDetector(
        LoudnessVoiceActivity(), ScriptedEndOfTurn(opinions), TurnSettings(longest_s=longest_s)
    )


def joined(*clips: AudioClip) -> AudioClip:
    return AudioClip(np.concatenate([each.samples for each in clips]), 16_000)


def test_what_was_said_comes_back_with_a_little_air_around_it() -> None:
    with ScriptedSource([1.0, tone(2.0), 3.0]) as source:
        utterance = listen(source, by_loudness(0.9))
    assert utterance.why is Ending.ENDED
    assert utterance.clip is not None
    assert utterance.clip.duration_s == pytest.approx(LEAD_IN_S + 2.0 + TAIL_S, abs=2 * FRAME)
    assert utterance.speech_s == pytest.approx(2.0, abs=2 * FRAME)
    assert utterance.waited_s == pytest.approx(1.0, abs=FRAME)
    assert utterance.loudest_dbfs == pytest.approx(-13.5, abs=0.5)
    loud = np.nonzero(np.abs(utterance.clip.samples) > 0.01)[0]
    assert loud[0] / 16_000 == pytest.approx(LEAD_IN_S, abs=FRAME)


def test_speech_from_the_first_sample_on_loses_nothing() -> None:
    with ScriptedSource([tone(1.0), 3.0]) as source:
        utterance = listen(source, by_loudness(0.9))
    assert utterance.clip is not None
    np.testing.assert_array_equal(utterance.clip.samples[:16_000], tone(1.0).samples)


def test_a_long_wait_keeps_only_its_last_second() -> None:
    with ScriptedSource([28.0, tone(1.0), 3.0]) as source:
        utterance = listen(source, by_loudness(0.9))
    assert utterance.clip is not None
    assert utterance.clip.duration_s < 2.0
    assert utterance.waited_s == pytest.approx(28.0, abs=2 * FRAME)


def test_nobody_speaking_is_given_up_in_time() -> None:
    with ScriptedSource([60.0]) as source:
        utterance = listen(source, by_loudness(), give_up_s=5.0)
        assert source.frames_read * FRAME == pytest.approx(5.0, abs=FRAME)
    assert (utterance.clip, utterance.why) == (None, Ending.SILENCE)
    assert utterance.waited_s == pytest.approx(5.0, abs=FRAME)
    assert utterance.loudest_dbfs == QUIETEST_DBFS


def test_enter_ends_a_turn_at_once() -> None:
    heard: list[Heard] = []
    with ScriptedSource([0.5, tone(9.0)]) as source:
        utterance = listen(
            source, by_loudness(), on_frame=heard.append, end_now=lambda: len(heard) > 60
        )
    assert utterance.why is Ending.ENTER
    assert utterance.clip is not None
    assert utterance.clip.duration_s == pytest.approx(61 * FRAME - 0.5 + LEAD_IN_S, abs=2 * FRAME)


def test_enter_before_a_word_gives_no_clip() -> None:
    with ScriptedSource([5.0]) as source:
        utterance = listen(source, by_loudness(), end_now=lambda: True)
    assert (utterance.clip, utterance.why) == (None, Ending.ENTER)


def test_the_longest_turn_ends_with_all_that_was_said() -> None:
    with ScriptedSource([tone(20.0)]) as source:
        utterance = listen(source, by_loudness(longest_s=4.0))
    assert utterance.why is Ending.MAXIMUM
    assert utterance.clip is not None
    assert utterance.clip.duration_s == pytest.approx(4.0, abs=FRAME)


def test_a_source_that_ends_mid_turn_gives_what_was_said() -> None:
    with ScriptedSource([0.5, tone(1.5)]) as source:
        utterance = listen(source, by_loudness())
    assert utterance.why is Ending.SOURCE_ENDED
    assert utterance.speech_s == pytest.approx(1.5, abs=2 * FRAME)


def test_a_device_lost_mid_turn_gives_what_was_said_with_the_error() -> None:
    lost = DeviceError("the microphone has gone")
    with (
        ScriptedSource([0.5, tone(1.5), lost]) as source,
        pytest.raises(LostWhileListening, match="the microphone has gone") as raised,
    ):
        listen(source, by_loudness())
    assert raised.value.__cause__ is lost
    assert isinstance(raised.value, DeviceError)
    assert raised.value.utterance.why is Ending.DEVICE_LOST
    assert raised.value.utterance.speech_s == pytest.approx(1.5, abs=2 * FRAME)


def test_a_device_lost_before_a_word_carries_no_clip() -> None:
    with (
        ScriptedSource([DeviceError("gone")]) as source,
        pytest.raises(LostWhileListening) as raised,
    ):
        listen(source, by_loudness())
    assert raised.value.utterance.clip is None


def test_the_meter_sees_every_frame_with_its_level_and_state() -> None:
    heard: list[Heard] = []
    with ScriptedSource([0.64, tone(0.96, 1.0), 3.0]) as source:
        listen(source, by_loudness(0.9), on_frame=heard.append)
        assert len(heard) == source.frames_read
    assert heard[0] == Heard(QUIETEST_DBFS, TurnState.WAITING)
    assert heard[40].level_dbfs == pytest.approx(-3.0, abs=0.2)
    assert heard[40].state is TurnState.SPEAKING
    assert heard[-1].state is TurnState.ENDED


def test_each_pause_offers_what_was_said_so_far() -> None:
    offered: list[AudioClip] = []
    with ScriptedSource([0.5, tone(1.0), 1.0, tone(1.0), 3.0]) as source:
        listen(source, by_loudness(0.1, 0.1, 0.9), on_pause=offered.append)
    assert [each.duration_s for each in offered] == pytest.approx([1.5, 3.5], abs=0.1)


def test_frames_a_source_uses_again_are_not_mixed_up() -> None:
    class OneBuffer(ScriptedSource):
        def read(self) -> Samples | None:
            frame = super().read()
            if frame is None:
                return None
            buffer[:] = frame
            return buffer

    buffer = np.zeros(512, np.float32)
    with OneBuffer([tone(1.0), 2.0]) as source:
        utterance = listen(source, by_loudness(0.9))
    assert utterance.clip is not None
    np.testing.assert_array_equal(utterance.clip.samples[:16_000], tone(1.0).samples)


def test_a_turn_can_follow_a_turn_on_the_same_open_source() -> None:
    with WavSource(joined(tone(1.0), silence(1.5), tone(2.0))) as source:
        detector = by_loudness(0.9, 0.9)
        first, second = listen(source, detector), listen(source, detector)
    assert first.speech_s == pytest.approx(1.0, abs=2 * FRAME)
    assert second.speech_s == pytest.approx(2.0, abs=2 * FRAME)


def test_a_recording_with_thinking_pauses_is_one_turn() -> None:
    recording = joined(
        silence(2.0), tone(1.0), silence(4.0), tone(0.15), silence(1.0), tone(1.0), silence(3.0)
    )
    utterance = listen_to_recording(recording, by_loudness(0.9, 0.9, 0.9))
    assert utterance.clip is not None
    assert utterance.clip.duration_s == pytest.approx(7.15 + LEAD_IN_S + TAIL_S, abs=3 * FRAME)
    assert utterance.reopened == 2
    assert utterance.why is Ending.ENDED
    assert utterance.speech_s == pytest.approx(2.15, abs=6 * FRAME)


def test_a_recording_cut_off_in_speech_is_kept_to_its_last_sample() -> None:
    recording = joined(silence(0.5), tone(1.23))
    utterance = listen_to_recording(recording, by_loudness())
    assert utterance.clip is not None
    assert utterance.why is Ending.SOURCE_ENDED
    assert utterance.reopened == 0
    assert utterance.clip.duration_s >= LEAD_IN_S + 1.23


def test_a_recording_longer_than_the_longest_turn_is_kept_whole() -> None:
    utterance = listen_to_recording(tone(10.0), by_loudness(longest_s=3.0))
    assert utterance.clip is not None
    assert utterance.clip.duration_s == pytest.approx(10.0, abs=FRAME)
    assert utterance.reopened == 3


def test_a_silent_recording_has_no_clip() -> None:
    utterance = listen_to_recording(silence(3.0), by_loudness())
    assert (utterance.clip, utterance.reopened) == (None, 0)


def test_an_empty_recording_has_no_clip() -> None:
    assert listen_to_recording(silence(0.0), by_loudness()).clip is None


def test_listening_works_with_any_detector() -> None:
    parts = ((TurnState.WAITING, 0.64), (TurnState.SPEAKING, 0.96), (TurnState.ENDED, 0.032))
    detector = ScriptedTurnDetector(state for part in parts for state in lasting(*part))
    with ScriptedSource([9.0]) as source:
        utterance = listen(source, detector)
    assert detector.resets == 1
    assert utterance.speech_s == pytest.approx(0.96, abs=FRAME)


def test_levels_are_in_decibels_below_full_scale() -> None:
    assert level_dbfs(np.ones(512, np.float32)) == 0.0
    assert level_dbfs(np.full(512, 0.1, np.float32)) == pytest.approx(-20.0, abs=1e-4)
    assert level_dbfs(np.zeros(512, np.float32)) == QUIETEST_DBFS
    assert level_dbfs(np.zeros(0, np.float32)) == QUIETEST_DBFS
