"""A talk held aloud with scripted words, on a scripted desk or on a real device."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.practice.test_practice import RecordingScreen
from tests.talks import small_session
from trainer.audio.end_of_turn import EndOfTurn
from trainer.audio.scripted_duplex import ScriptedDuplex
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import LoudnessVoiceActivity, VoiceActivity
from trainer.errors import DeviceError
from trainer.live.aloud import AloudDesk
from trainer.live.at_once import WorkingAtOnce
from trainer.live.cast import Cast, Coach
from trainer.live.desk import Stopped
from trainer.live.keys import Keys
from trainer.live.practice import Practice
from trainer.live.turn_times import TurnTimes
from trainer.live.voice import Clips
from trainer.protocols import DuplexDevice, TextToSpeech
from trainer.records.store import SessionFolder
from trainer.scenario.model import Thinking
from trainer.speech_to_text.fake import ScriptedLiveSpeechToText, ScriptedWords
from trainer.types import AudioClip, Confidence, DuplexMode, Samples

ASK = "open: How was the month for you?"
LONGER = "open: How was the month for you and what stood out?"
TELL = "tell: Ring them."
LINE_S = 3.0


def said(seconds: float) -> AudioClip:
    return AudioClip(np.full(round(seconds * 16_000), 0.2, np.float32), 16_000)


class Sure(EndOfTurn):
    """Always hears a finished turn."""

    def probability(self, samples: Samples) -> float:
        return 0.9


class SteadyVoice(TextToSpeech):
    """Takes three seconds for every line."""

    name = version = "steady"

    def voices(self) -> tuple[str, ...]:
        return ("only",)

    def synthesise(self, text: str, voice: str) -> AudioClip:
        return said(LINE_S)


class AloudTalk:
    """A talk with scripted sound and words, and everything to look at afterwards."""

    def __init__(
        self,
        folder: Path,
        device: DuplexDevice,
        words: Sequence[ScriptedWords],
        *,
        keys: Keys | None = None,
        voice_activity: VoiceActivity | None = None,
        voice: TextToSpeech | None = None,
        confidence: Confidence | None = None,
        give_up_s: float = 300.0,
        thinking: Thinking | None = None,
        coached: bool = False,
    ) -> None:
        self.folder = SessionFolder(folder)
        (folder / "turns.jsonl").touch()
        self.session = small_session(records=self.folder.records())
        self.screen = RecordingScreen()
        self.device = device
        self.recogniser = ScriptedLiveSpeechToText(words, confidence=confidence)
        self.times: list[TurnTimes] = []
        workers = WorkingAtOnce(self.recogniser)
        self.desk = AloudDesk(
            self.device,
            AudioTurnDetector(voice_activity or LoudnessVoiceActivity(), Sure()),
            workers,
            Cast(
                clips := Clips(voice or SteadyVoice(), workers.speaking),
                "only",
                thinking=thinking,
                coach=Coach(clips, "coach") if coached else None,
            ),
            keys or Silent(),
            show=self.screen.doing,
            on_turn=self.times.append,
            give_up_s=give_up_s,
        )

    def run(self) -> Stopped:
        practice = Practice(
            self.session, self.folder, ears=self.desk, mouth=self.desk, screen=self.screen
        )
        with self.desk:
            return practice.run()

    def on_disk(self) -> list[str]:
        return [record.text for record in self.folder.records()]


class Silent(Keys):
    """Nobody types."""

    def __init__(self) -> None:
        self.closed = False

    def take(self) -> str | None:
        return None


class ScriptedTalk(AloudTalk):
    """The same on a scripted desk."""

    device: ScriptedDuplex

    def __init__(
        self,
        folder: Path,
        sound: Sequence[AudioClip | float | DeviceError],
        words: Sequence[ScriptedWords],
        *,
        mode: DuplexMode = DuplexMode.OPEN,
        typed: str = "",
        confidence: Confidence | None = None,
        give_up_s: float = 300.0,
        thinking: Thinking | None = None,
        coached: bool = False,
        voice: TextToSpeech | None = None,
    ) -> None:
        super().__init__(
            folder,
            ScriptedDuplex(sound, mode=mode),
            words,
            keys=Keys(io.StringIO(typed)) if typed else None,
            confidence=confidence,
            give_up_s=give_up_s,
            thinking=thinking,
            coached=coached,
            voice=voice,
        )

    def played_s(self) -> list[float]:
        return [round(clip.duration_s, 1) for clip in self.device.played]
