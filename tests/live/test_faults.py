"""Going on, interrupting and faults at a desk with real (virtual) devices: nothing said is lost."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.live.virtual_devices import VirtualDevices
from tests.practice.aloud_talk import ASK, LONGER, AloudTalk, Silent, SteadyVoice
from trainer.audio.duplex import Duplex
from trainer.errors import DeviceError
from trainer.live.desk import Stopped
from trainer.speech_to_text.fake import ScriptedWords
from trainer.types import AudioClip

pytestmark = pytest.mark.mic

RATE_HZ = 22_050


def tone(seconds: float, hertz: float) -> AudioClip:
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return AudioClip((0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32), RATE_HZ)


class ToneVoice(SteadyVoice):
    """A tone of three seconds for every line."""

    def synthesise(self, text: str, voice: str) -> AudioClip:
        return tone(3.0, 330.0)


class Timetable(Silent):
    """Does things at times after the start of the talk, then quits."""

    def __init__(self, *steps: tuple[float, Callable[[], object]], quit_s: float) -> None:
        super().__init__()
        self._steps = list(steps)
        self._quit_s = quit_s
        self._began_s: float | None = None

    def take(self) -> str | None:
        self._began_s = self._began_s or time.monotonic()
        now_s = time.monotonic() - self._began_s
        if self._steps and now_s > self._steps[0][0]:
            self._steps.pop(0)[1]()
        return "quit" if now_s > self._quit_s else None


def talk(folder: Path, words: list[ScriptedWords], keys: Timetable) -> AloudTalk:
    return AloudTalk(folder, Duplex(), words, keys=keys, voice=ToneVoice())


def test_a_turn_is_heard_and_answered_on_a_device(sound: VirtualDevices, tmp_path: Path) -> None:
    keys = Timetable((4.2, lambda: sound.say(tone(1.5, 220.0))), quit_s=9.0)
    held = talk(tmp_path, [ASK], keys)
    assert held.run() is Stopped.QUIT
    assert held.on_disk() == [ASK]
    assert held.times[0].answered_s == pytest.approx(0.4, abs=0.1)


def test_going_on_stops_the_salesperson_within_a_quarter_of_a_second(
    sound: VirtualDevices, sentence: AudioClip, tmp_path: Path
) -> None:
    # Speech, since echo cancellation takes a steady tone for noise.
    first = AudioClip(sentence.samples[: 2 * sentence.sample_rate_hz], sentence.sample_rate_hz)
    keys = Timetable((4.2, lambda: sound.say(first)), (8.0, lambda: sound.say(first)), quit_s=13.0)
    held = talk(tmp_path, [[ASK, LONGER]], keys)
    with sound.recording() as speaker, sound.recording("mic_feed.monitor") as manager:
        held.run()
    assert held.on_disk() == [LONGER]
    assert "goes on" in held.screen.told
    assert speaker.clip is not None and manager.clip is not None
    # Both recordings begin within a few hundredths of each other.
    second_part_s = _sounding(manager.clip, gap_s=1.5)[1][0]
    salesperson = _sounding(speaker.clip, gap_s=0.3)
    stopped_s = next(end for begin, end in salesperson if begin < second_part_s < end + 0.1)
    assert stopped_s - second_part_s < 0.25 + 0.1


def _sounding(clip: AudioClip, *, gap_s: float) -> list[tuple[float, float]]:
    """Return where there is sound, seconds, joined over shorter gaps."""
    loud = np.flatnonzero(np.abs(clip.samples) > 0.02) / clip.sample_rate_hz
    breaks = np.flatnonzero(np.diff(loud) > gap_s)
    return list(zip([loud[0], *loud[breaks + 1]], [*loud[breaks], loud[-1]], strict=True))


@pytest.mark.parametrize("fault", ["unplugged", "suspended"])
def test_a_microphone_that_goes_in_mid_turn_keeps_what_was_said(
    fault: str, sound: VirtualDevices, tmp_path: Path
) -> None:
    def go() -> None:
        if fault == "unplugged":
            sound.unplug("microphone")
        else:
            sound.suspend_microphone()

    keys = Timetable((4.2, lambda: sound.say(tone(4.0, 220.0))), (6.5, go), quit_s=14.0)
    held = talk(tmp_path, [ASK], keys)
    with pytest.raises(DeviceError, match="microphone"):
        held.run()
    assert held.on_disk() == [ASK]


def test_a_talk_goes_on_after_the_microphone_was_away_for_five_seconds(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    keys = Timetable(
        (4.2, lambda: sound.say(tone(4.0, 220.0))), (6.5, sound.suspend_microphone), quit_s=14.0
    )
    with pytest.raises(DeviceError, match="microphone"):
        talk(tmp_path, [ASK], keys).run()
    time.sleep(5.0)
    sound.suspend_microphone(False)
    keys = Timetable((4.2, lambda: sound.say(tone(1.5, 220.0))), quit_s=9.0)
    again = talk(tmp_path, [LONGER], keys)
    assert again.run() is Stopped.QUIT
    assert again.on_disk() == [ASK, LONGER]


def test_a_speaker_that_goes_in_mid_line_keeps_the_turn_before(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    def go() -> None:
        for name in ("microphone", "mic_feed", "speaker"):
            sound.unplug(name)

    keys = Timetable((4.2, lambda: sound.say(tone(1.5, 220.0))), (7.2, go), quit_s=14.0)
    held = talk(tmp_path, [ASK], keys)
    with pytest.raises(DeviceError, match="gone silent"):
        held.run()
    assert held.on_disk() == [ASK]


def test_a_second_program_on_the_same_devices_changes_nothing(
    sound: VirtualDevices, tmp_path: Path
) -> None:
    other = subprocess.Popen(
        ["parec", "--device=microphone", "--file-format=wav", str(tmp_path / "other.wav")],
        env=sound.environment,
    )
    try:
        keys = Timetable((4.2, lambda: sound.say(tone(1.5, 220.0))), quit_s=8.0)
        held = talk(tmp_path, [ASK], keys)
        assert held.run() is Stopped.QUIT
    finally:
        other.terminate()
        other.wait()
    assert held.on_disk() == [ASK]
