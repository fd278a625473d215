"""Speak managers' turns of the corpus with synthetic voices in rooms, for benchmarks to listen to.

    .venv/bin/python benchmarks/synthetic_turns.py

The turns are drawn from ``models/corpus`` with a fixed seed, each spoken by one of VOICES and put
into one of ROOMS. They are made once, in the user's cache, with a transcripts.jsonl like that of
recordings of people: file, text, terms (the proper names of the whole talk, as a scenario would
list them), voice and room. A run that was cut off goes on where it was. About fifteen minutes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from trainer.audio.room import in_room
from trainer.audio.wav import resample, write_clip
from trainer.paths import PROJECT, cache_dir
from trainer.protocols import TextToSpeech
from trainer.text_to_speech.choose import load
from trainer.training.corpus import Talk, corpus_files, read_corpus
from trainer.types import MODEL_RATE_HZ

CORPUS = PROJECT / "models" / "corpus"
COUNT = 200
SEED = 21
WORDS = range(3, 61)  # of a turn: a shorter one is a nod, a longer one a speech
MOST_TERMS = 20
VERSION = 1  # raise it when turns, voices or rooms change

VOICES = (
    *("kokoro jf_alpha", "kokoro jf_gongitsune", "kokoro jf_nezumi~-3", "kokoro jm_kumo~+3"),
    *("kokoro jm_kumo", "kokoro jf_gongitsune+jm_kumo", "kokoro jf_tebukuro:0.3+jm_kumo:0.7"),
    *("piper joe", "piper joe~+3", "piper joe~+5@1.15", "piper joe~-3@0.95"),
)
"""Engine and voice; the turns go through them in turn."""


class Room(NamedTuple):
    """Where a turn is spoken; None is no noise at all."""

    name: str
    snr_db: float | None
    reverb_s: float


ROOMS = (
    Room("dry", None, 0.0),
    Room("office", 20.0, 0.3),
    Room("fan", 12.0, 0.4),
    Room("hall", 15.0, 0.8),
    Room("street", 9.0, 0.4),
)

_NAME = re.compile(r"(?<![.?!…:\"“] )(?<!^)\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
_NO_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December Easter Christmas English".split()
)


class Turn(NamedTuple):
    """What is to be spoken."""

    text: str
    terms: tuple[str, ...]


def names_in(talk: Talk) -> tuple[str, ...]:
    """List the proper names of a talk, of both sides, in the order they come."""
    lines = [line for item in talk.turns for line in (*item.turn.said_before, item.turn.text)]
    found = dict.fromkeys(name for line in lines for name in _NAME.findall(line))
    return tuple(name for name in found if name not in _NO_NAMES)[:MOST_TERMS]


def chosen_turns(talks: Iterable[Talk]) -> list[Turn]:
    """Draw the turns; those written as a recogniser would write them are left out."""
    found = [
        Turn(item.turn.text, names_in(talk))
        for talk in talks
        for item in talk.turns
        if "asr" not in item.near and len(item.turn.text.split()) in WORDS
    ]
    order = np.random.default_rng(SEED).permutation(len(found))
    return [found[at] for at in order[:COUNT]]


def folder_of(turns: Iterable[Turn]) -> Path:
    """Return where these turns are kept, by what they are made of."""
    made_of = repr((VERSION, list(turns), VOICES, ROOMS)).encode()
    return cache_dir() / "benchmarks" / f"turns-{hashlib.sha256(made_of).hexdigest()[:16]}"


def made() -> Path:
    """Make what is not there yet and return the folder."""
    turns = chosen_turns(read_corpus(corpus_files(CORPUS)))
    folder = folder_of(turns)
    listed = folder / "transcripts.jsonl"
    if listed.is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    engines = {name: load(name) for name in dict.fromkeys(each.split()[0] for each in VOICES)}
    rows = [_spoken(number, turn, folder, engines) for number, turn in enumerate(turns)]
    # Last: the list is there when all recordings are.
    listed.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return folder


def _spoken(
    number: int, turn: Turn, folder: Path, engines: Mapping[str, TextToSpeech]
) -> dict[str, object]:
    engine, voice = VOICES[number % len(VOICES)].split()
    # Not in step with the voices: each is heard in every room.
    room = ROOMS[number // len(VOICES) % len(ROOMS)]
    path = folder / f"{number:03}.wav"
    if not path.is_file():
        dry = resample(engines[engine].synthesise(turn.text, voice), MODEL_RATE_HZ)
        rng = np.random.default_rng((SEED, number))
        write_clip(path, in_room(dry, rng, snr_db=room.snr_db, reverb_s=room.reverb_s))
        print(f"\r{number + 1} of {COUNT} turns spoken", end="", flush=True)
    return {
        "file": path.name,
        "text": turn.text,
        "terms": turn.terms,
        "voice": VOICES[number % len(VOICES)],
        "room": room.name,
    }


if __name__ == "__main__":
    print(made())
