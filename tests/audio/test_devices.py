"""Devices, microphone and speaker over a stand-in for sounddevice."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from tests.audio.fake_sounddevice import FakeSound, card
from trainer.audio import devices, pulse
from trainer.audio.devices import Device, find_device, list_devices
from trainer.audio.microphone import Capture, Microphone
from trainer.audio.speaker import RecordingSink, Speaker
from trainer.errors import DeviceError
from trainer.types import FRAME_SAMPLES, AudioClip, Samples

CARDS = [card("Headset", 1, 2, 16_000), card("Webcam Mic", 2, 0), card("HDMI 1", 0, 2)]
Install = Callable[[FakeSound], FakeSound]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    def with_sound(sound: FakeSound) -> FakeSound:
        monkeypatch.setattr(devices, "sound_library", lambda: sound)
        return sound

    monkeypatch.setattr(pulse, "hears_itself", lambda: False)
    monkeypatch.setattr(devices, "STALL_S", 0.3)
    monkeypatch.setattr(devices, "OPENING_S", 0.5)
    return with_sound


def sine(seconds: float, rate_hz: int, hz: float = 300.0) -> Samples:
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return (0.4 * np.sin(2 * np.pi * hz * times)).astype(np.float32)


def blocks_of(samples: Samples, count: int) -> list[Samples]:
    return [samples[i : i + count] for i in range(0, len(samples) - count + 1, count)]


def test_devices_are_listed_with_their_defaults(install: Install) -> None:
    install(FakeSound(CARDS, default=(1, 2)))
    assert list_devices()[1] == Device(1, "Webcam Mic", "Fake", 2, 0, 48_000, True, False)
    assert [each.is_default_speaker for each in list_devices()] == [False, False, True]


def test_a_machine_without_devices_lists_none(install: Install) -> None:
    install(FakeSound([], default=(-1, -1)))
    assert list_devices() == ()


@pytest.mark.parametrize(
    ("wanted", "role", "index"),
    [
        (None, "microphone", 1),
        ("head", "microphone", 0),
        (0, "speaker", 0),
        ("HDMI 1", "speaker", 2),
    ],
)
def test_a_device_is_found_by_default_name_or_index(
    wanted: str | int | None, role: devices.Role, index: int, install: Install
) -> None:
    install(FakeSound([*CARDS, card("HDMI 12", 0, 2)], default=(1, 2)))
    assert find_device(wanted, role).index == index


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("Yeti", "no microphone is called 'Yeti'; there are 0 'Headset', 1 'Webcam Mic'; choose"),
        ("e", "2 microphones match 'e'; there are 0 'Headset', 1 'Webcam Mic'; choose one by"),
        (2, "no microphone is called '2'"),
    ],
)
def test_a_device_that_is_not_there_or_not_clear_is_refused(
    wanted: str | int, message: str, install: Install
) -> None:
    install(FakeSound(CARDS))
    with pytest.raises(DeviceError, match=message):
        find_device(wanted, "microphone")


def test_without_a_default_the_first_able_device_is_taken(install: Install) -> None:
    install(FakeSound(CARDS, default=(-1, -1)))
    assert find_device(None, "speaker").index == 0


def test_no_microphone_says_what_to_do(install: Install) -> None:
    install(FakeSound([card("HDMI", 0, 2)], default=(-1, 0)))
    with pytest.raises(DeviceError, match=r"no microphone was found; plug one in .* --typed"):
        Microphone().__enter__()


def test_a_missing_portaudio_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(DeviceError, match="apt install libportaudio2"):
        list_devices()


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_the_microphone_gives_frames_at_the_models_rate(rate_hz: int, install: Install) -> None:
    blocks = blocks_of(sine(1.2, rate_hz), rate_hz // 50)
    sound = install(FakeSound([card("Mic", 1, 0, rate_hz)], blocks=blocks))
    with Microphone() as microphone:
        frames = [microphone.read() for _ in range(30)]
    heard = np.concatenate([each for each in frames if each is not None])
    assert all(each is not None and each.shape == (FRAME_SAMPLES,) for each in frames)
    assert heard.dtype == np.float32
    np.testing.assert_allclose(heard[500:], sine(0.96, 16_000)[500:], atol=0.01)
    assert sound.closed == 1
    assert microphone.overflows == 0


def test_a_device_that_insists_on_two_channels_gets_them(install: Install) -> None:
    blocks = blocks_of(sine(0.2, 48_000), 960)
    cards = [card("Stereo", 2, 0)]
    sound = install(FakeSound(cards, blocks=blocks, refused_channels=(1,)))
    with Microphone() as microphone:
        assert microphone.read() is not None
    assert sound.opened[0]["channels"] == 2


def test_a_microphone_that_stalls_has_gone(install: Install) -> None:
    install(FakeSound([card("Mic", 1)], blocks=blocks_of(sine(0.1, 48_000), 960)))
    with Microphone() as microphone:
        assert microphone.read() is not None
        with pytest.raises(DeviceError, match="the microphone 'Mic' has gone silent; plug it in"):
            while True:
                microphone.read()


def test_a_microphone_whose_stream_ends_has_gone(install: Install) -> None:
    install(FakeSound([card("Mic", 1)], ends=True))
    with Microphone() as microphone, pytest.raises(DeviceError, match="has gone silent"):
        microphone.read()


def test_a_microphone_that_became_the_speakers_monitor_has_gone(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(FakeSound([card("Mic", 1)], blocks=blocks_of(sine(3.0, 48_000), 960)))
    answers = iter([False, True])
    monkeypatch.setattr(pulse, "hears_itself", lambda: next(answers))
    frames = 0
    with Microphone() as microphone, pytest.raises(DeviceError, match="has gone silent"):
        while microphone.read() is not None:
            frames += 1
    assert frames * 0.032 == pytest.approx(0.6, abs=0.1)


def test_a_speakers_monitor_is_no_microphone(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = install(FakeSound([card("Mic", 1)]))
    monkeypatch.setattr(pulse, "hears_itself", lambda: True)
    with pytest.raises(DeviceError, match="no microphone was found"):
        Microphone().__enter__()
    assert sound.closed == 1


def test_a_reader_that_is_too_slow_loses_sound_and_knows_how_often(install: Install) -> None:
    install(FakeSound([card("Mic", 1)], blocks=blocks_of(sine(11.0, 48_000), 480)))
    with Microphone() as microphone:
        pass  # closing waits for the fake's thread
    assert microphone.overflows == 100


def test_an_overflow_of_the_device_is_counted(install: Install) -> None:
    install(FakeSound([card("Mic", 1)]))
    capture = Capture(find_device(None, "microphone"))
    capture._take(np.zeros((960, 1), np.float32), 960, None, SimpleNamespace(input_overflow=1))
    capture.close()
    assert capture.overflows == 1


def test_a_busy_device_says_so(install: Install) -> None:
    sound = install(FakeSound([card("Mic", 1, 1)], refused_start=True))
    with pytest.raises(DeviceError, match=r"'Mic' cannot be opened \(Device unavailable\); plug"):
        Microphone().__enter__()
    with pytest.raises(DeviceError, match="the speaker 'Mic' cannot be opened"):
        Speaker().play(AudioClip(sine(0.1, 16_000), 16_000))
    assert sound.closed == 2


def test_a_closed_microphone_cannot_be_read(install: Install) -> None:
    with pytest.raises(ValueError, match="inside its with block"):
        Microphone().read()


def played(sound: FakeSound) -> Samples:
    return np.concatenate(sound.played)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 48_000])
def test_the_speaker_plays_the_whole_clip_between_silences(rate_hz: int, install: Install) -> None:
    sound = install(FakeSound([card("Out", 0, 2)]))
    clip = AudioClip(sine(0.5, rate_hz), rate_hz)
    assert Speaker().play(clip) == pytest.approx(0.5, abs=1e-3)
    loud = np.nonzero(np.abs(played(sound)) > 0.05)[0]
    assert (loud[-1] - loud[0]) / 48_000 == pytest.approx(0.5, abs=0.005)
    assert not played(sound)[-960:].any()
    assert np.abs(np.diff(played(sound))).max() < 0.02


def test_a_stopped_clip_fades_out_and_says_how_far_it_came(install: Install) -> None:
    sound = install(FakeSound([card("Out", 0, 2)]))
    seconds = Speaker().play(
        AudioClip(sine(60.0, 48_000), 48_000), stop=lambda: len(sound.played) > 100
    )
    loud = np.nonzero(np.abs(played(sound)) > 0.01)[0]
    assert seconds == pytest.approx((loud[-1] - loud[0]) / 48_000, abs=0.02)
    assert 0.9 < seconds < 20.0
    assert np.abs(np.diff(played(sound))).max() < 0.02


@pytest.mark.parametrize(("takes", "ends"), [(3, False), (40, False), (40, True)])
def test_a_speaker_that_stalls_or_ends_has_gone(takes: int, ends: bool, install: Install) -> None:
    install(FakeSound([card("Out", 0, 2)], takes=takes, ends=ends))
    with pytest.raises(DeviceError, match="the speaker 'Out' has gone silent"):
        Speaker().play(AudioClip(sine(5.0, 48_000), 48_000))


def test_an_empty_clip_is_played_at_once(install: Install) -> None:
    install(FakeSound([card("Out", 0, 2)]))
    assert Speaker().play(AudioClip(np.zeros(0, np.float32), 16_000)) == 0.0


def test_the_recording_sink_keeps_what_was_played_and_stops_where_told() -> None:
    sink = RecordingSink(None, 0.25)
    clip = AudioClip(sine(1.0, 16_000), 16_000)
    assert [sink.play(clip), sink.play(clip), sink.play(clip)] == [1.0, 0.25, 1.0]
    assert sink.play(clip, stop=lambda: True) == 0.0
    assert [len(each.samples) for each in sink.played] == [16_000, 4_000, 16_000, 0]


LISTING = """Source Output #7
\tDriver: protocol-native.c
\tSource: 3
\tMute: no
\tProperties:
\t\tapplication.name = "ALSA plug-in [python]"
\t\tapplication.process.id = "4711"
Source Output #9
\tSource: 0
\tProperties:
\t\tapplication.process.id = "42"
"""


@pytest.mark.parametrize(
    ("process", "sources"), [(4711, {"3"}), (42, {"0"}), (471, set()), (1, set())]
)
def test_the_sources_a_process_records_are_read_from_pactl(process: int, sources: set[str]) -> None:
    assert pulse.sources_used(LISTING, process) == sources


@pytest.mark.parametrize(
    ("name", "expected"), [("speaker.monitor", True), ("alsa_input.pci", False)]
)
def test_only_a_monitor_is_the_own_voice(
    name: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(pactl: str, *question: str) -> str:
        return LISTING if question[-1] == "source-outputs" else f"3\t{name}\tmodule.c\tIDLE\n"

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "getpid", lambda: 4711)
    monkeypatch.setattr(pulse, "_ask", ask)
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    assert pulse.hears_itself() is expected
    monkeypatch.setenv("PULSE_SOURCE", name)
    assert pulse.hears_itself() is False


def test_without_pactl_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert pulse.hears_itself() is False
