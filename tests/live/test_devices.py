"""Microphone and speaker on a real sound server."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from tests.live.virtual_devices import VirtualDevices
from trainer.audio.devices import list_devices, refresh_devices
from trainer.audio.end_of_turn import SmartTurn
from trainer.audio.listen import Ending, Heard, LostWhileListening, listen
from trainer.audio.microphone import Microphone
from trainer.audio.room import speech_rms
from trainer.audio.speaker import Speaker
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import SileroVoiceActivity
from trainer.errors import DeviceError
from trainer.types import AudioClip, TurnState

pytestmark = pytest.mark.mic


@pytest.fixture(scope="module")
def detector() -> AudioTurnDetector:
    return AudioTurnDetector(SileroVoiceActivity(), SmartTurn())


class Script:
    """Does something at the first frame, and something else after some speech."""

    def __init__(
        self, sound: VirtualDevices, clip: AudioClip, after_speech: tuple[str, float] | None = None
    ) -> None:
        self._sound = sound
        self._clip = clip
        self._after = after_speech
        self._frames = 0
        self._speaking = 0
        self.loudest_dbfs = -100.0

    def __call__(self, heard: Heard) -> None:
        self._frames += 1
        self.loudest_dbfs = max(self.loudest_dbfs, heard.level_dbfs)
        if self._frames == 1:
            self._sound.say(self._clip)
        self._speaking += heard.state is TurnState.SPEAKING
        if self._after is not None and self._speaking * 0.032 > self._after[1]:
            what, self._after = self._after[0], None
            if what == "suspend":
                self._sound.suspend_microphone()
            else:
                self._sound.unplug(what)


def tone(seconds: float, rate_hz: int = 22_050) -> AudioClip:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return AudioClip((0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32), rate_hz)


def loud_s(clip: AudioClip, threshold: float = 0.05) -> float:
    """Return the seconds from the first to the last loud sample."""
    loud = np.nonzero(np.abs(clip.samples) > threshold)[0]
    return float(loud[-1] - loud[0]) / clip.sample_rate_hz if len(loud) else 0.0


def test_a_spoken_sentence_is_heard_as_one_turn(
    sound: VirtualDevices, detector: AudioTurnDetector, sentence: AudioClip
) -> None:
    script = Script(sound, sentence)
    with Microphone() as microphone:
        utterance = listen(microphone, detector, on_frame=script, give_up_s=15)
    assert utterance.why is Ending.ENDED
    assert utterance.clip is not None
    assert utterance.clip.duration_s == pytest.approx(sentence.duration_s, abs=0.6)
    said = speech_rms(sentence.samples, sentence.sample_rate_hz)
    heard = speech_rms(utterance.clip.samples, utterance.clip.sample_rate_hz)
    assert heard == pytest.approx(said, rel=0.15)
    assert microphone.overflows == 0
    assert script.loudest_dbfs == pytest.approx(utterance.loudest_dbfs)


def test_nobody_speaking_is_given_up(sound: VirtualDevices, detector: AudioTurnDetector) -> None:
    with Microphone() as microphone:
        utterance = listen(microphone, detector, give_up_s=1.0)
    assert (utterance.clip, utterance.why) == (None, Ending.SILENCE)
    assert utterance.waited_s == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("loss", ["microphone", "mic_feed", "suspend"])
def test_a_microphone_lost_mid_turn_keeps_what_was_said(
    loss: str, sound: VirtualDevices, detector: AudioTurnDetector, sentence: AudioClip
) -> None:
    script = Script(sound, sentence, after_speech=(loss, 1.5))
    with Microphone() as microphone, pytest.raises(LostWhileListening, match="has gone") as raised:
        listen(microphone, detector, on_frame=script, give_up_s=15)
    assert "\n" not in str(raised.value)
    utterance = raised.value.utterance
    assert utterance.why is Ending.DEVICE_LOST
    assert utterance.clip is not None
    assert 1.3 < utterance.speech_s < sentence.duration_s


def test_without_a_microphone_the_speaker_is_not_taken_for_one(
    empty_server: VirtualDevices,
) -> None:
    empty_server.plug_in_speaker()
    with pytest.raises(DeviceError, match="no microphone was found; plug one in"), Microphone():
        pass


def test_with_no_device_at_all_microphone_and_speaker_say_what_to_do(
    empty_server: VirtualDevices, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DeviceError, match=r"microphone .*plug it in"), Microphone():
        pass
    with pytest.raises(DeviceError, match=r"speaker .*plug it in"):
        Speaker().play(tone(0.1))
    assert capfd.readouterr().err == ""


def test_without_a_sound_server_there_is_one_clear_line(
    sound: VirtualDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{sound.folder}/nobody")
    refresh_devices()
    with pytest.raises(DeviceError, match=r"microphone .*plug (it|one) in"), Microphone():
        pass


def test_an_unknown_device_name_lists_the_known_ones(sound: VirtualDevices) -> None:
    with pytest.raises(DeviceError, match=r"no microphone is called 'Yeti'; there are .*pulse"):
        Microphone("Yeti").__enter__()


def test_the_microphone_can_be_opened_turn_after_turn(
    sound: VirtualDevices, detector: AudioTurnDetector
) -> None:
    microphone = Microphone("pulse")
    for _ in range(3):
        with microphone:
            frame = microphone.read()
            assert frame is not None and frame.shape == (512,)


def test_a_clip_is_heard_at_the_speaker_whole(sound: VirtualDevices) -> None:
    with sound.recording() as recording:
        assert Speaker().play(tone(2.0)) == pytest.approx(2.0)
    assert recording.clip is not None
    assert loud_s(recording.clip) == pytest.approx(2.0, abs=0.02)
    assert np.abs(recording.clip.samples).max() == pytest.approx(0.3, rel=0.1)


def test_a_looped_back_speaker_is_heard_by_the_microphone(sound: VirtualDevices) -> None:
    sound.loop_back(volume="50%")
    with sound.recording("microphone") as recording:
        Speaker().play(tone(1.0))
    assert recording.clip is not None
    assert loud_s(recording.clip, 0.01) == pytest.approx(1.0, abs=0.1)
    assert 0.01 < np.abs(recording.clip.samples).max() < 0.2


def test_a_clip_that_is_stopped_ends_soon_and_without_a_click(sound: VirtualDevices) -> None:
    started = time.monotonic()
    asked: list[float] = []

    def stop() -> bool:
        asked.append(time.monotonic())
        return asked[-1] - started > 0.8

    with sound.recording() as recording:
        played_s = Speaker().play(tone(5.0), stop=stop)
        stopped_s = time.monotonic() - started
    assert recording.clip is not None
    assert stopped_s < 1.6
    assert max(np.diff(asked)) < 0.05
    assert loud_s(recording.clip) == pytest.approx(played_s, abs=0.03)
    steepest = 0.3 * 2 * np.pi * 440 / recording.clip.sample_rate_hz
    assert np.abs(np.diff(recording.clip.samples)).max() < 1.3 * steepest


def test_a_speaker_lost_mid_line_is_noticed(sound: VirtualDevices) -> None:
    def pull_the_plug() -> None:
        for name in ("microphone", "mic_feed", "speaker"):
            sound.unplug(name)

    timer = threading.Timer(0.7, pull_the_plug)
    timer.start()
    with pytest.raises(DeviceError, match="the speaker 'default' has gone"):
        Speaker().play(tone(10.0))
    timer.join()


def test_a_speaker_plugged_in_again_works(sound: VirtualDevices) -> None:
    sound.unplug("speaker")
    sound.plug_in_speaker()
    assert Speaker().play(tone(0.3)) == pytest.approx(0.3)


def test_the_devices_are_listed_with_their_defaults(sound: VirtualDevices) -> None:
    found = {each.name: each for each in list_devices()}
    assert {"default", "pulse"} <= set(found)
    assert found["default"].is_default_microphone and found["default"].is_default_speaker
    assert found["default"].rate_hz >= 8_000
