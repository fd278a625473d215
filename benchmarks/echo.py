"""Whether the trainer hears itself, and whether it hears a manager over itself.

    .venv/bin/python -m benchmarks.echo [--levels DB…] [--lines N] [--interruptions N] [--json F]

The speaker is fed back into the microphone 60 ms late at each level, in room noise that never
stops. The real desk speaks, through the real voice, echo canceller and recogniser, in real time.

- own voice: lines are spoken with nobody else in the room. A stop is a line that broke off, even if
  it went on; a turn is one that was begun or answered.
- interruptions: a synthetic manager speaks over a line, and the time from their first sound to the
  speaker's last is read off recordings of both.
- words: what was written down of them, against the same turns said in silence. "Throughout" is the
  harder case: the line goes on to its end under all of the manager's words.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.manager_turns import MANAGERS, WHOLE
from benchmarks.taps import Tap
from benchmarks.turn_latency import bare, noise
from tests.live.virtual_devices import VirtualDevices, in_this_process, virtual_devices
from trainer import build
from trainer.audio.duplex import Duplex
from trainer.audio.room import in_room
from trainer.audio.wav import resample
from trainer.live.aloud import AloudDesk
from trainer.live.desk import Activity, Command, Heard
from trainer.live.keys import Keys
from trainer.protocols import SpeechToText
from trainer.scenario.lines import lines_by_id
from trainer.scenario.load import find
from trainer.session import Session
from trainer.speech_to_text.word_errors import word_errors
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.choose import load
from trainer.types import MODEL_RATE_HZ, AudioClip, Line, Reply

SCENARIO = "avoided_prospecting"
LEVELS_DB = (-10.0, -20.0)
QUIET_S = 1.5  # listened to after a line: an echo's end may begin a turn too
PROMPT_S = 0.25  # within which an interruption stops the salesperson
_FEWEST_WORDS = 6
_SOUNDING = 0.004


class WatchedDuplex(Duplex):
    """The real device, noting when a line that was playing is broken off."""

    def __init__(self) -> None:
        super().__init__()
        self.stops: list[float] = []

    def stop(self) -> int:
        """Stop, and note when."""
        if self.is_playing:
            self.stops.append(time.monotonic())
        return super().stop()


class Cues(Keys):
    """Types "help", which changes nothing, as the cue to go on.

    It comes once the desk has listened to silence for long enough, or, stepping, after each frame.
    """

    def __init__(self) -> None:
        self.closed = False
        self.listening_at: float | None = None
        self.stepping = False
        self._frame_taken = False

    def show(self, activity: Activity) -> None:
        """Note when the desk begins to listen."""
        self.listening_at = time.monotonic() if activity is Activity.LISTENING else None

    def take(self) -> str | None:
        """Type when it is time."""
        if self.stepping:
            self._frame_taken = not self._frame_taken
            return None if self._frame_taken else "help"
        if self.listening_at is None or time.monotonic() < self.listening_at + QUIET_S:
            return None
        self.listening_at = time.monotonic()
        return "help"


@dataclass(slots=True)
class Interruption:
    """One turn said over a line, and the same in silence."""

    text: str
    over: str = ""
    silent: str = ""
    throughout: str = ""
    stopped_s: float | None = None
    """From the manager's first sound to the speaker's last."""


@dataclass(slots=True)
class Figures:
    """What came of one level of echo."""

    level_db: float
    lines: int = 0
    stops: int = 0
    turns: int = 0
    interruptions: list[Interruption] = field(default_factory=list)


class Trial:
    """One desk at one level of echo."""

    def __init__(self, devices: VirtualDevices, recogniser: SpeechToText, session: Session) -> None:
        scenario = session.scenario
        spoken = build.spoken_by(scenario)
        self.device = WatchedDuplex()
        self.cues = Cues()
        self.desk: AloudDesk = build.aloud_desk(
            scenario, self.device, recogniser, spoken, self.cues, show=self.cues.show
        )
        self._devices = devices
        self._recogniser = recogniser
        self._session = session
        self._voice = spoken

    def hear(self) -> list[Heard]:
        """Listen until nothing has been heard for a while; return what came before."""
        came: list[Heard] = []
        while True:
            heard = self.desk.hear(self._session, lambda clip: None)
            if heard.command is not Command.HELP:
                came.append(heard)
            elif self.desk.is_idle:
                return came

    def speak(self, *lines: Line) -> None:
        """Begin to say lines."""
        for line in lines:
            self._voice.engine.synthesise(line.text, self._voice.voice)
        self.cues.listening_at = None
        self.desk.say(Reply(lines, self._session.reply.mind))

    def own_voice(self, lines: Sequence[Line], figures: Figures) -> None:
        """Say lines with nobody else in the room."""
        for line in lines:
            before = len(self.device.stops)
            self.speak(line)
            came = self.hear()
            figures.lines += 1
            figures.stops += len(self.device.stops) > before
            figures.turns += any(heard.command is None for heard in came)
            print(f"    {figures}", file=sys.stderr)

    def words_in(self, came: Sequence[Heard]) -> str:
        """Return the last turn's words."""
        texts = [heard.transcript.text for heard in came if heard.transcript is not None]
        return texts[-1] if texts else ""

    def in_silence(self, clip: AudioClip) -> str:
        """Have a turn said with the salesperson silent."""
        self.cues.listening_at = None
        self._devices.say(clip)
        while not (came := self.hear()):
            pass
        return self.words_in(came)

    def interrupted(
        self, clip: AudioClip, lines: Sequence[Line], after_s: float, said: Tap, heard: Tap
    ) -> tuple[str, float | None]:
        """Have a turn said over a line; return its words and how soon the line stopped."""
        self.speak(*lines)
        self.cues.stepping = True
        while self.device.played_s < after_s or not self.device.is_playing:
            self.desk.hear(self._session, lambda clip: None)
        self.cues.stepping = False
        began_s = time.monotonic()
        self._devices.say(clip)
        came = self.hear()
        self.hear()
        at_s = said.find(clip, began_s - 0.2, began_s + 1.5)
        return self.words_in(came), stopped_after(heard, at_s)

    def throughout(self, clip: AudioClip, line: AudioClip) -> str:
        """Have a turn said over a line that does not stop; return what is written down of it."""
        self.device.play(line)
        frames = []
        said = False
        while self.device.is_playing:
            frame = self.device.read()
            assert frame is not None
            if not said and self.device.played_s > 1.0:
                self._devices.say(clip)
                said = True
            if said:
                frames.append(frame)
        for _ in range(MODEL_RATE_HZ // 512):
            frame = self.device.read()
            assert frame is not None
            frames.append(frame)
        return self._recogniser.transcribe(AudioClip(np.concatenate(frames), MODEL_RATE_HZ)).text


def stopped_after(heard: Tap, at_s: float) -> float | None:
    """Return how long after a moment the speaker falls silent for a while; None if it does not."""
    sound = np.flatnonzero(np.abs(heard.between(at_s, at_s + 3.0)) > _SOUNDING)
    gaps = np.flatnonzero(np.diff(sound) > 0.6 * MODEL_RATE_HZ)
    if not len(sound):
        return 0.0
    last = sound[gaps[0]] if len(gaps) else sound[-1]
    stopped_s = float(last) / MODEL_RATE_HZ
    return stopped_s if stopped_s < 2.3 else None


def managers() -> Iterator[Interruption]:
    """Yield turns of more than a few words."""
    yield from (Interruption(text) for text in WHOLE if len(text.split()) >= _FEWEST_WORDS)


def run(level_db: float, line_count: int, count: int, seed: int) -> Figures:
    """Measure one level."""
    rng = np.random.default_rng(seed)
    scenario = find(SCENARIO)
    recogniser = build.speech_to_text()
    session = build.session(scenario, recogniser=recogniser, seed=seed)
    lines = [line for line in lines_by_id(scenario.file) if len(line.text.split()) > 5]
    longest = sorted(lines, key=lambda line: -len(line.text))
    figures = Figures(level_db)
    turns = [each for each, _ in zip(managers(), range(count), strict=False)]
    clips = [_said(turn.text, number, rng) for number, turn in enumerate(turns)]
    with virtual_devices() as devices, in_this_process(devices):
        devices.loop_back(volume=f"{level_db}dB")
        devices.say(noise(30.0 * (line_count + 3 * count) + 120.0, rng))
        trial = Trial(devices, recogniser, session)
        with (
            Tap("mic_feed.monitor", devices.environment) as said,
            Tap("speaker.monitor", devices.environment) as heard,
            trial.desk,
        ):
            trial.own_voice([lines[n % len(lines)] for n in range(line_count)], figures)
            for number, (turn, clip) in enumerate(zip(turns, clips, strict=True)):
                turn.silent = trial.in_silence(clip)
                over = [longest[(2 * number + n) % 20] for n in range(2)]
                after_s = float(rng.uniform(0.8, 3.0))
                turn.over, turn.stopped_s = trial.interrupted(clip, over, after_s, said, heard)
                turn.throughout = trial.throughout(clip, _line(trial, over))
                print(f"    {turn}", file=sys.stderr)
                figures.interruptions.append(turn)
    return figures


def _said(text: str, number: int, rng: np.random.Generator) -> AudioClip:
    engine, voice = MANAGERS[number % len(MANAGERS)]
    spoken = CachedSpeech(load(engine)).synthesise(text, voice)
    dry = AudioClip(bare(resample(spoken, MODEL_RATE_HZ).samples), MODEL_RATE_HZ)
    return in_room(dry, rng, snr_db=None)


def _line(trial: Trial, lines: Sequence[Line]) -> AudioClip:
    spoken = trial._voice
    clips = [spoken.engine.synthesise(line.text, spoken.voice) for line in lines]
    return AudioClip(np.concatenate([clip.samples for clip in clips]), clips[0].sample_rate_hz)


def report(figures: Figures) -> None:
    """Print one level's figures."""
    turns = figures.interruptions
    print(f"echo at {figures.level_db:.0f} dB")
    print(
        f"  own voice: {figures.turns} turns begun and {figures.stops} stops "
        f"in {figures.lines} lines"
    )
    if not turns:
        return
    stopped = [turn.stopped_s for turn in turns if turn.stopped_s is not None]
    prompt = sum(each <= PROMPT_S for each in stopped)
    print(
        f"  interruptions: {len(stopped)} of {len(turns)} stopped the line, {prompt} within "
        f"{PROMPT_S} s; p50 {np.median(stopped):.2f} s, latest {max(stopped):.2f} s"
    )
    for name in ("silent", "over", "throughout"):
        pairs = [word_errors(turn.text, getattr(turn, name)) for turn in turns]
        errors, words = sum(each.errors for each in pairs), sum(each.words for each in pairs)
        print(f"  words, {name}: {100 * errors / words:.1f}% wrong of {words}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--levels", type=float, nargs="+", default=LEVELS_DB, metavar="DB")
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--interruptions", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = []
    for level_db in arguments.levels:
        figures = run(level_db, arguments.lines, arguments.interruptions, arguments.seed)
        found.append(figures)
        report(figures)
    if arguments.json:
        rows = [asdict(figures) for figures in found]
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
