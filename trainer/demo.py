"""The demo's manager: turns spoken by a synthetic voice in a room, kept as recordings.

The demo hears only these recordings. A recording that is already there is left alone, so a person
can put their own voice in place of one and run the demo again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trainer.audio.room import in_room
from trainer.audio.wav import write_clip
from trainer.protocols import TextToSpeech

SCENARIO = "avoided_prospecting"
ENGINE = "kokoro"
VOICE = "jf_gongitsune"


@dataclass(frozen=True, slots=True)
class DemoTurn:
    """One manager turn as it is recorded: what, how loud, and in how much noise."""

    words: str
    level_dbfs: float
    snr_db: float


TURNS = (
    DemoTurn("Thanks for making the time. What would you like to leave with today?", -26, 25),
    DemoTurn("Why don't you just block two hours every morning and make the calls?", -20, 22),
    DemoTurn("Sorry, that was my idea, not yours. What makes those calls hard to start?", -32, 20),
    DemoTurn("So it's not the time, it's something about the first minute.", -26, 18),
    DemoTurn("What do you think is really behind that for you?", -36, 20),
    DemoTurn("You know these customers better than I do. What could you try?", -26, 15),
    DemoTurn("Which of those would you want to start with?", -22, 20),
    DemoTurn("How will you hold yourself to it, and how will you know it worked?", -30, 20),
)


@dataclass(frozen=True, slots=True)
class Recording:
    """A manager's turn on disk."""

    path: Path
    made: bool
    """False when it was there already."""


def record_manager(folder: Path, speech: TextToSpeech, *, seed: int = 7) -> Iterator[Recording]:
    """Speak every turn into a noisy room and write it down, one file a turn.

    Args:
        folder: Where the recordings lie; files found there are kept.
        speech: The manager's voice; not the one the salesperson speaks with.
        seed: Draws noise and room, so that the demo is the same every time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, turn in enumerate(TURNS, start=1):
        path = folder / f"{number:02d}.wav"
        rng = np.random.default_rng((seed, number))
        if not path.exists():
            dry = speech.synthesise(turn.words, VOICE)
            write_clip(path, in_room(dry, rng, level_dbfs=turn.level_dbfs, snr_db=turn.snr_db))
            yield Recording(path, made=True)
        else:
            yield Recording(path, made=False)
