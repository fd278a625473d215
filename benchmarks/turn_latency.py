"""How soon, and how rightly, a spoken turn is answered aloud.

    .venv/bin/python -m benchmarks.turn_latency [--turns N] [--json FILE]

Synthetic managers speak in real time into a virtual microphone, in room noise 15 dB under their
voice that never stops; every third turn holds a pause for thought of 0.8 to 2 s. The real desk
answers on a virtual speaker. Both sides are recorded, and the time from the manager's last sample
to the speaker's first is read off the recordings (two recorders of one server: about 10 ms).

- waiting: the silence that is right for such a turn; recognising, deciding: what more it took
  until the words and the answer were there; speaking: the rest, devices included.
- cut off: the salesperson is heard before a paused turn has ended. Re-opened: all the same it has
  one answer, on all of its words.
- missed: no answer within 12 s.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.manager_turns import MANAGERS, PAUSED, WHOLE
from benchmarks.taps import Tap, onsets
from tests.live.virtual_devices import VirtualDevices, in_this_process, virtual_devices
from trainer import build
from trainer.audio.duplex import Duplex
from trainer.audio.room import SPEECH_LEVEL_DBFS, in_room
from trainer.audio.wav import resample
from trainer.live.desk import Activity
from trainer.live.keys import Keys
from trainer.live.practice import Practice
from trainer.live.turn_times import TurnTimes
from trainer.records.store import SessionFolder
from trainer.scenario.load import find
from trainer.speech_to_text.word_errors import word_errors
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.choose import load
from trainer.types import MODEL_RATE_HZ, AudioClip, Reply, Samples, Transcript, TurnRecord

SCENARIO = "avoided_prospecting"
SNR_DB = 15.0
MISSED_S = 12.0
RIGHT_WORDS = 0.34  # word error rate up to which a turn counts as heard whole
_QUIET = 0.01


@dataclass(slots=True)
class Turn:
    """One manager turn: what is said, and what came of it."""

    text: str
    clip: AudioClip
    ends_s: tuple[float, ...]
    """Where each part's last sample lies in the clip."""
    began_s: float = 0.0
    said_s: float = 0.0
    times: list[TurnTimes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    went_on: int = 0
    asked: int = 0
    cpu_s: float = 0.0
    total_s: float | None = None
    early: int = 0

    @property
    def paused(self) -> bool:
        """Whether it holds a pause for thought."""
        return len(self.ends_s) > 1

    @property
    def whole(self) -> bool:
        """Whether its answer was on all of its words."""
        rate = word_errors(self.text, self.heard[-1]).rate if self.heard else None
        # A turn of one word is wrong by 100% with one word; it counts by having words at all.
        return rate is not None and (rate <= RIGHT_WORDS or len(self.text.split()) < 3)


def make_turns(count: int, rng: np.random.Generator) -> list[Turn]:
    """Synthesise turns, every third one with a pause."""
    voices = {engine: CachedSpeech(load(engine)) for engine, _ in MANAGERS}
    turns = []
    for number in range(count):
        texts = PAUSED if number % 3 == 2 else WHOLE
        text = texts[(number // 3 if number % 3 == 2 else number - number // 3) % len(texts)]
        engine, voice = MANAGERS[number % len(MANAGERS)]
        parts = [
            bare(resample(voices[engine].synthesise(part.strip(), voice), MODEL_RATE_HZ).samples)
            for part in text.split("|")
        ]
        turns.append(_joined(text.replace(" |", ""), parts, rng))
    return turns


def bare(samples: Samples) -> Samples:
    """Return a voice without the silence around it."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    return samples[loud[0] : loud[-1] + 1]


def _joined(text: str, parts: list[Samples], rng: np.random.Generator) -> Turn:
    sound, ends = [parts[0]], [len(parts[0])]
    for part in parts[1:]:
        pause = np.zeros(round(rng.uniform(0.8, 2.0) * MODEL_RATE_HZ), np.float32)
        sound += [pause, part]
        ends.append(ends[-1] + len(pause) + len(part))
    dry = AudioClip(np.concatenate(sound), MODEL_RATE_HZ)
    clip = in_room(dry, rng, snr_db=None)
    return Turn(text, clip, tuple(end / MODEL_RATE_HZ for end in ends))


def noise(seconds: float, rng: np.random.Generator) -> AudioClip:
    """Make room noise SNR_DB under the managers' voices."""
    count = round(seconds * MODEL_RATE_HZ)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum /= np.sqrt(1.0 + (np.fft.rfftfreq(count, 1.0 / MODEL_RATE_HZ) / 500.0) ** 2)
    samples = np.fft.irfft(spectrum, count)
    level = 10.0 ** ((SPEECH_LEVEL_DBFS - SNR_DB) / 20.0) / np.sqrt(np.mean(np.square(samples)))
    return AudioClip((samples * level).astype(np.float32), MODEL_RATE_HZ)


class Managers(Keys):
    """Says the next turn when the desk listens, and quits when all are said; also the screen."""

    def __init__(self, turns: list[Turn], devices: VirtualDevices, rng: np.random.Generator):
        self.closed = False
        self.current: Turn | None = None
        self._turns = list(turns)
        self._devices = devices
        self._rng = rng
        self._answered = threading.Event()
        self._answered.set()
        self._cpu_s = _cpu_s()
        self._listening_at = 0.0
        self._lock = threading.Lock()

    def take(self) -> str | None:
        """Say the next turn a while after the salesperson has ended; quit after the last."""
        now = time.monotonic()
        turn = self.current
        if turn is not None and not self._answered.is_set():
            if now > turn.began_s + turn.clip.duration_s + MISSED_S:
                self._answered.set()  # missed: go on with the next
            return None
        if not self._listening_at or now < self._listening_at + 1.2:
            return None
        if turn is not None:
            turn.cpu_s, self._cpu_s = _cpu_s() - self._cpu_s, _cpu_s()
        if not self._turns:
            return "quit"
        self.current = turn = self._turns.pop(0)
        self._answered.clear()
        turn.began_s = now
        self._devices.say(turn.clip)
        return None

    @property
    def left(self) -> bool:
        """Whether there is more to say."""
        return bool(self._turns)

    def doing(self, activity: Activity) -> None:
        """Note when the desk begins to listen."""
        self._listening_at = time.monotonic() if activity is Activity.LISTENING else 0.0

    def note_times(self, times: TurnTimes) -> None:
        """Note where the time went."""
        if self.current is not None:
            self.current.times.append(times)

    def salesperson(self, reply: Reply) -> None:
        """Show nothing."""

    def manager(self, heard: Transcript) -> None:
        """Show nothing."""

    def scored(self, record: TurnRecord, before: TurnRecord | None) -> None:
        """Note what was answered."""
        if self.current is not None:
            self.current.heard.append(record.text)
            self._answered.set()

    def goes_on(self) -> None:
        """Note that the turn was re-opened."""
        if self.current is not None:
            self.current.went_on += 1
            self._answered.clear()

    def interrupted(self) -> None:
        """Show nothing."""

    def tell(self, line: str) -> None:
        """Note that the turn was asked about."""
        if self.current is not None and line.startswith(("Not surely", "Nothing was")):
            self.current.asked += 1
            self._answered.set()


def _cpu_s() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, -1))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def run(count: int, seed: int) -> list[Turn]:
    """Hold talks until all turns are said."""
    rng = np.random.default_rng(seed)
    turns = make_turns(count, rng)
    scenario = find(SCENARIO)
    recogniser = build.speech_to_text()
    spoken = build.spoken_by(scenario)
    encoder, scorer = build.sentence_encoder(), build.classifier()
    with virtual_devices() as devices, in_this_process(devices):
        devices.say(noise(60.0 + 25.0 * count, rng))
        managers = Managers(turns, devices, rng)
        with (
            Tap("mic_feed.monitor", devices.environment) as said,
            Tap("speaker.monitor", devices.environment) as heard,
        ):
            seed_of_talk = 0
            while managers.left:
                seed_of_talk += 1
                session = build.session(
                    scenario,
                    recogniser=recogniser,
                    seed=seed_of_talk,
                    encoder=encoder,
                    scorer=scorer,
                )
                desk = build.aloud_desk(
                    scenario,
                    Duplex(),
                    recogniser,
                    spoken,
                    managers,
                    show=managers.doing,
                    on_turn=managers.note_times,
                )
                with tempfile.TemporaryDirectory() as folder, desk:
                    (Path(folder) / "turns.jsonl").touch()
                    Practice(
                        session, SessionFolder(Path(folder)), ears=desk, mouth=desk, screen=managers
                    ).run()
            time.sleep(0.5)
            for turn in turns:
                measure(turn, said, heard)
    return turns


def measure(turn: Turn, said: Tap, heard: Tap) -> None:
    """Read off the recordings when the turn was said and when it was answered."""
    if not turn.began_s:
        return
    turn.said_s = said.find(
        turn.clip, turn.began_s - 0.2, turn.began_s + turn.clip.duration_s + 1.0
    )
    end_s = turn.said_s + turn.ends_s[-1]
    within = heard.between(turn.said_s + turn.ends_s[0], end_s)
    turn.early = len(onsets(within))
    after = heard.between(end_s - 0.05, end_s + MISSED_S)
    begun = [at for at in onsets(after) if at > 0.05] or onsets(after)
    if begun:
        turn.total_s = begun[0] - 0.05


def row(turn: Turn) -> dict[str, Any]:
    """Return a turn's figures."""
    last = turn.times[-1] if turn.times else None
    parts: dict[str, float | None] = dict.fromkeys(PARTS)
    if last is not None and turn.total_s is not None:
        ready_s = max(last.waited_s, last.words_s)
        parts = {
            "waiting": min(last.waited_s, last.answered_s),
            "recognising": max(0.0, last.words_s - last.waited_s),
            "deciding": max(0.0, last.answered_s - ready_s),
            "speaking": turn.total_s - last.answered_s,
        }
    return {
        "text": turn.text,
        "paused": turn.paused,
        "total": turn.total_s,
        **parts,
        "cut_off": turn.paused and turn.early > 0,
        "re_opened": turn.went_on,
        "answers": len(turn.heard) - turn.went_on,
        "whole": turn.whole,
        "asked": turn.asked,
        "missed": not turn.heard and not turn.asked,
        "heard": turn.heard,
        "cpu_s": turn.cpu_s,
        "times": [asdict_tuple(times) for times in turn.times],
    }


PARTS = ("waiting", "recognising", "deciding", "speaking")


def asdict_tuple(times: TurnTimes) -> dict[str, float]:
    """Return named figures of a named tuple."""
    return {name: round(value, 3) for name, value in times._asdict().items()}


def report(rows: list[dict[str, Any]]) -> None:
    """Print the figures."""
    print(f"{'':<22}{'p50':>7}{'p95':>7}   seconds")
    for name, kind in (("no pause", False), ("with a pause", True)):
        some = [r for r in rows if r["paused"] is kind and r["total"] is not None]
        for part in ("total", *PARTS):
            values = [r[part] for r in some if r[part] is not None]
            if values:
                p50, p95 = np.percentile(values, [50, 95])
                print(f"{name if part == 'total' else '  ' + part:<22}{p50:>7.2f}{p95:>7.2f}")
        but = [r["total"] - r["waiting"] for r in some if r["total"] and r["waiting"] is not None]
        if but:
            p50, p95 = np.percentile(but, [50, 95])
            print(f"{'  all but waiting':<22}{p50:>7.2f}{p95:>7.2f}")
    paused = [r for r in rows if r["paused"]]
    cut = [r for r in paused if r["cut_off"]]
    print(
        f"cut off: {len(cut)} of {len(paused)} paused turns; whole all the same: "
        f"{sum(r['whole'] and r['answers'] == 1 for r in cut)} of {len(cut)}"
    )
    print(
        f"one answer on all the words: "
        f"{sum(r['answers'] == 1 and r['whole'] for r in rows)} of {len(rows)}; "
        f"asked about: {sum(r['asked'] > 0 for r in rows)}; "
        f"missed: {sum(r['missed'] for r in rows)}"
    )
    print(f"CPU seconds a turn, talk and all: {np.mean([r['cpu_s'] for r in rows]):.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"peak memory: {peak:.2f} GB, largest child {child:.2f} GB")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    rows = [row(turn) for turn in run(arguments.turns, arguments.seed)]
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    for each in rows:
        if each["missed"] or each["answers"] != 1 or not each["whole"] or each["cut_off"]:
            print(
                json.dumps({k: each[k] for k in ("text", "heard", "cut_off", "answers", "times")})
            )
    report(rows)


if __name__ == "__main__":
    main()
