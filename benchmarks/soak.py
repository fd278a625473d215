"""Many talks in a row in one process: memory stays flat, no thread and no file is left behind.

    .venv/bin/python -m benchmarks.soak [--talks N]

Real models and voices, a desk on which time passes as fast as it can be read. Each talk has three
spoken turns. Memory is what the process holds after each talk; the first tenth of the talks is
for warming up, and the last tenth is compared with the tenth after it.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import threading
from pathlib import Path

from benchmarks.manager_turns import MANAGERS, WHOLE
from trainer import build
from trainer.audio.scripted_duplex import ScriptedDuplex
from trainer.live.desk import Activity
from trainer.live.keys import Keys
from trainer.live.practice import Practice
from trainer.protocols import Encoder
from trainer.records.store import FORMAT, SessionInfo, Store
from trainer.scenario.load import Scenario, find
from trainer.text_to_speech.cache import CachedSpeech
from trainer.text_to_speech.choose import load
from trainer.types import AudioClip, Reply, Transcript, TurnRecord

SCENARIO = "avoided_prospecting"
TURNS = 3
FLAT = 0.05


class Nobody(Keys):
    """Types nothing, and shows nothing."""

    def __init__(self) -> None:
        self.closed = False

    def take(self) -> str | None:
        """Return nothing."""
        return None

    def doing(self, activity: Activity) -> None:
        """Show nothing."""

    def salesperson(self, reply: Reply) -> None:
        """Show nothing."""

    def manager(self, heard: Transcript) -> None:
        """Show nothing."""

    def scored(self, record: TurnRecord, before: TurnRecord | None) -> None:
        """Show nothing."""

    def goes_on(self) -> None:
        """Show nothing."""

    def interrupted(self) -> None:
        """Show nothing."""

    def tell(self, line: str) -> None:
        """Show nothing."""


def resident_mb() -> float:
    """Return what the process holds in memory; Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def open_files() -> int:
    """Return how many files, pipes and sockets are open; Linux only."""
    return len(os.listdir("/proc/self/fd"))


class Talks:
    """Everything that is loaded once."""

    def __init__(self) -> None:
        self.scenario: Scenario = find(SCENARIO)
        self.recogniser = build.speech_to_text()
        self.spoken = build.spoken_by(self.scenario)
        self.encoder: Encoder = build.sentence_encoder()
        engine, voice = MANAGERS[0]
        speech = CachedSpeech(load(engine))
        self.clips: list[AudioClip] = [speech.synthesise(text, voice) for text in WHOLE[:12]]

    def hold(self, number: int, store: Store) -> int:
        """Hold one talk and return its turns."""
        session = build.session(
            self.scenario, recogniser=self.recogniser, seed=number, encoder=self.encoder
        )
        sound: list[AudioClip | float] = [8.0]
        for turn in range(TURNS):
            sound += [self.clips[(number * TURNS + turn) % len(self.clips)], 15.0]
        nobody = Nobody()
        desk = build.aloud_desk(
            self.scenario,
            ScriptedDuplex(sound),
            self.recogniser,
            self.spoken,
            nobody,
            show=nobody.doing,
        )
        folder = store.begin(_info(self.scenario, number))
        with desk:
            Practice(session, folder, ears=desk, mouth=desk, screen=nobody).run()
        return len(folder.records())


def _info(scenario: Scenario, number: int) -> SessionInfo:
    return SessionInfo(
        id=f"soak-{number}",
        format=FORMAT,
        scenario=scenario.id,
        scenario_path=str(scenario.path),
        scenario_sha256=scenario.sha256,
        title=scenario.file.title,
        kind=scenario.file.kind.value,
        started="2026-01-01T00:00:00+00:00",
        seed=number,
        scorer="rules-1",
        speech_to_text=None,
        text_to_speech=None,
        voice=None,
    )


def main() -> int:
    """Run from the command line; 1 when something grows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--talks", type=int, default=100)
    talks = parser.parse_args().talks
    held = Talks()
    memory, threads, files, turns = [], [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for number in range(talks):
            turns += held.hold(number, store)
            gc.collect()
            memory.append(resident_mb())
            threads.append(threading.active_count())
            files.append(open_files())
    print("MB after each talk:", " ".join(f"{each:.0f}" for each in memory))
    tenth = max(1, talks // 10)
    early = statistics.median(memory[tenth : 2 * tenth] or memory[:1])
    late = statistics.median(memory[-tenth:])
    growth = late / early - 1
    print(f"talks {talks}, turns {turns}")
    print(f"memory {early:.0f} MB early, {late:.0f} MB late: {growth:+.1%}")
    print(f"threads {threads[tenth - 1]} to {threads[-1]}, files {files[tenth - 1]} to {files[-1]}")
    leaked = threads[-1] > threads[tenth - 1] or files[-1] > files[tenth - 1]
    return int(abs(growth) > FLAT or leaked)


if __name__ == "__main__":
    sys.exit(main())
