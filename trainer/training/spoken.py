"""Test turns after a real round trip: spoken by a voice, in a noisy room, heard by Whisper.

The heard words lie in ``models/corpus/heard.json``, so that measuring needs no hour of speaking;
``trainer measure --speak`` makes them anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from trainer.errors import InputError
from trainer.protocols import Classifier, SpeechToText, TextToSpeech
from trainer.training.agreement import CORPUS
from trainer.training.corpus import CorpusTurn, Talk
from trainer.training.figures import Figure
from trainer.training.judging import Found, Judged, drift, gold_of, turn_figures

FILE = CORPUS / "heard.json"
CONDITION = "spoken in noise"
COUNT = 120
WORDS = range(3, 61)  # of a turn: a shorter one is a nod, a longer one a speech
SEED = 29
SNR_DB = 15.0
VOICES = ("kokoro jf_alpha", "kokoro jm_kumo", "piper joe", "kokoro jf_gongitsune", "piper joe~+4")

Heard = Mapping[str, str]
"""What was heard of a turn, by ``turn_id``."""


def turn_id(item: CorpusTurn) -> str:
    """Name a turn by its words, so that words heard of an older wording are not taken for its."""
    return hashlib.sha256(item.turn.text.encode()).hexdigest()[:16]


def drawn(test: Sequence[Talk]) -> list[CorpusTurn]:
    """Draw the test turns that are spoken; those written as a recogniser writes are left out."""
    found = [
        item
        for talk in test
        for item in talk.turns
        if "asr" not in item.near and len(item.turn.text.split()) in WORDS
    ]
    order = np.random.default_rng(SEED).permutation(len(found))
    return [found[at] for at in sorted(order[:COUNT])]


def read_heard(path: Path = FILE) -> dict[str, str]:
    """Read what was heard.

    Raises:
        InputError: The file is not what ``speak`` writes.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): str(words) for key, words in found.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(
            f"{path}: cannot be read ({type(error).__name__}); run trainer measure --speak"
        ) from error


def speak(
    turns: Sequence[CorpusTurn],
    engines: Callable[[str], TextToSpeech],
    recogniser: SpeechToText,
    say: Callable[[str], None],
) -> dict[str, str]:
    """Speak turns in a noisy room and write down what the recogniser hears."""
    from trainer.audio.room import in_room
    from trainer.audio.wav import resample
    from trainer.types import MODEL_RATE_HZ

    loaded = {name: engines(name) for name in {each.split()[0] for each in VOICES}}
    heard = {}
    for at, item in enumerate(turns):
        engine, voice = VOICES[at % len(VOICES)].split()
        dry = resample(loaded[engine].synthesise(item.turn.text, voice), MODEL_RATE_HZ)
        clip = in_room(dry, np.random.default_rng((SEED, at)), snr_db=SNR_DB)
        heard[turn_id(item)] = recogniser.transcribe(clip).text
        say(f"{CONDITION}: {at + 1} of {len(turns)} turns")
    return heard


def write_heard(heard: Heard, path: Path = FILE) -> None:
    """Write what was heard, one turn a line."""
    path.write_text(json.dumps(heard, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def spoken_figures(classifier: Classifier, test: Sequence[Talk], heard: Heard) -> dict[str, Figure]:
    """Compute the turn figures of rubric 10 on the heard words, and how far scores drift.

    Raises:
        InputError: A drawn turn was not spoken.
    """
    items = drawn(test)
    if missing := [item for item in items if turn_id(item) not in heard]:
        raise InputError(
            f"{FILE}: {len(missing)} of {len(items)} turns are not in it: run trainer measure "
            "--speak"
        )
    bare = classifier.label([item.turn for item in items])
    turns = [replace(item.turn, text=heard[turn_id(item)]) for item in items]
    found = classifier.label(turns)
    before, after = (_judged(items, each) for each in (bare, found))
    return turn_figures(after) | drift(before, after)


def _judged(items: Sequence[CorpusTurn], answers: Sequence[Found]) -> list[Judged]:
    """Pair no segments: what was heard need not have the same words."""
    return [
        Judged(item.talk, item, [], gold_of(item), found, ())
        for item, found in zip(items, answers, strict=True)
    ]
