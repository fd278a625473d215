"""What the sound at a desk is like: the way from speaker to microphone, and the manager's level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trainer.audio import devices
from trainer.audio.duplex import LATENCY_S
from trainer.audio.echo import LineUp, Reference
from trainer.audio.echo_path import Echo, find_echo, returned_db
from trainer.audio.listen import QUIETEST_DBFS, level_dbfs
from trainer.audio.microphone import Capture
from trainer.audio.speaker import Playout
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import VoiceActivity
from trainer.audio.wav import resample
from trainer.protocols import AudioSource, DuplexDevice
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, Samples, TurnState

LATEST_ECHO_S = 1.0  # Bluetooth speakers were said to be up to half a second late
SPOKEN_S = 3.0
MUTED_DBFS = -90.0
LOW_DBFS = -45.0  # speech under this is lost in most rooms
CLIPPING = 0.98  # of full scale
_CLIPPED_SAMPLES = 8  # one cut peak has several; a click has fewer
_ROOM_S = 0.5
_MOSTLY = 0.15  # part of the frames that hold speech when somebody speaks


@dataclass(frozen=True, slots=True)
class EchoPath:
    """The way from speaker to microphone at one desk."""

    delay_s: float | None
    """How much later than handed over it is heard; None where nothing comes back."""
    returned_db: float | None


def measure_path(
    microphone: str | int | None, speaker: str | int | None, clip: AudioClip
) -> EchoPath:
    """Play a clip and listen for it; nobody should speak meanwhile.

    Raises:
        DeviceError: One of the two is missing or went away.
    """
    heard, played = _play_and_hear(microphone, speaker, clip)
    latest = round(LATEST_ECHO_S * MODEL_RATE_HZ)
    echo: Echo = find_echo(heard, np.concatenate((np.zeros(latest, np.float32), played)))
    if not echo.is_there:
        return EchoPath(None, None)
    return EchoPath(echo.delay_s, returned_db(heard, played, echo.delay_s))


def _play_and_hear(
    microphone: str | int | None, speaker: str | int | None, clip: AudioClip
) -> tuple[Samples, Samples]:
    """Return what was heard and, beside it, what was handed over to be played."""
    playout = Playout(devices.find_device(speaker, "speaker"), latency_s=LATENCY_S)
    try:
        capture = Capture(
            devices.find_device(microphone, "microphone"),
            stamp=lambda: playout.position,
            latency_s=LATENCY_S,
        )
        try:
            return _hear(capture, playout, clip)
        finally:
            capture.close()
    finally:
        playout.close()


def _hear(capture: Capture, playout: Playout, clip: AudioClip) -> tuple[Samples, Samples]:
    reference, line_up = Reference(), LineUp()
    heard: list[Samples] = []
    count = end = 0
    room = round(_ROOM_S * MODEL_RATE_HZ)
    started: int | None = None
    last = round((2 * _ROOM_S + clip.duration_s + LATEST_ECHO_S) * MODEL_RATE_HZ)
    while count < last:
        block, handed_over = capture.next_block()
        playout.refuse_stalled()
        heard.append(block)
        count += len(block)
        end = line_up.place(count, round(handed_over / playout.rate_hz * MODEL_RATE_HZ))
        if started is None and count >= room:
            started = playout.begin(resample(clip, playout.rate_hz).samples, clip)
            place = round(started / playout.rate_hz * MODEL_RATE_HZ)
            reference.add(place, resample(clip, MODEL_RATE_HZ).samples)
    return np.concatenate(heard), reference.between(end - count, end)


def hears_itself(device: DuplexDevice, detector: AudioTurnDetector, clip: AudioClip) -> bool:
    """Play a clip on an open device as a talk does; say whether it would have stopped for itself.

    Nobody should speak meanwhile.

    Raises:
        DeviceError: Microphone or speaker went away.
    """
    detector.reset()
    detector.over = True
    device.play(clip)
    after = round(_ROOM_S * MODEL_RATE_HZ / FRAME_SAMPLES)
    while device.is_playing or after > 0:
        after -= not device.is_playing
        frame = device.read()
        if frame is None:
            break
        if device.echo.is_own_voice:
            frame = np.zeros_like(frame)
        if detector.update(frame) is not TurnState.WAITING:
            device.stop()
            return True
    return False


def record(source: AudioSource) -> AudioClip:
    """Record SPOKEN_S from an open source.

    Raises:
        DeviceError: It went away.
    """
    frames = [source.read() for _ in range(round(SPOKEN_S * MODEL_RATE_HZ / FRAME_SAMPLES))]
    samples = np.concatenate([frame for frame in frames if frame is not None])
    return AudioClip(samples, MODEL_RATE_HZ)


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a manager came in."""

    loudest_dbfs: float
    spoke: bool
    clips: bool

    @property
    def trouble(self) -> str | None:
        """What is wrong with it and what to do, in plain words; None when it is good."""
        if self.loudest_dbfs <= MUTED_DBFS:
            return "gives only silence; unmute it in the system's sound settings"
        if self.clips:
            return (
                "is too loud: your voice is cut off at the top; turn the microphone's level down "
                "in the system's sound settings, or move away from it a little"
            )
        if self.spoke and self.loudest_dbfs < LOW_DBFS:
            return (
                "is too quiet to be understood well; turn the microphone's level up in the "
                "system's sound settings, or move closer"
            )
        return None


def judge_level(clip: AudioClip, voice: VoiceActivity) -> Level:
    """Judge a recording of somebody asked to speak."""
    samples = resample(clip, MODEL_RATE_HZ).samples
    whole = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    voice.reset()
    spoken = np.array([voice.probability(frame) >= 0.5 for frame in whole], dtype=bool)
    spoke = bool(len(spoken)) and float(np.mean(spoken)) >= _MOSTLY
    heard = whole[spoken] if spoke else whole
    levels = [level_dbfs(frame) for frame in heard]
    clipped = int(np.sum(np.abs(clip.samples) >= CLIPPING))
    return Level(max(levels, default=QUIETEST_DBFS), spoke=spoke, clips=clipped >= _CLIPPED_SAMPLES)
