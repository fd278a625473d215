"""Part the talks into train, dev and test, and hold the test talks to a hash.

Talks that share a manager's words (both sides of an owner swap) stay together, so that nothing
in the test was seen in training. Each writer gives the same shares.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from trainer.errors import InputError
from trainer.training.corpus import Talk
from trainer.training.disturb import plain

FILE = "split.json"
TEST_SHARE = 0.15  # of each writer's manager turns
DEV_SHARE = 0.12
SEED = "practice-1"
SHARED_WORDS = 5  # shorter segments ("What else?") tie no talks together
ALIKE = 0.6  # shared words over all words of two segments, from which their talks stay together


class Part(StrEnum):
    """What a talk is used for."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


_KEPT_FROM_TRAINING = (Part.TEST, Part.DEV, Part.TRAIN)
_NONE: Mapping[str, Part] = MappingProxyType({})


class Split(NamedTuple):
    """The talks of each part, in the corpus's order."""

    train: list[Talk]
    dev: list[Talk]
    test: list[Talk]


def draw(talks: Sequence[Talk], frozen: Mapping[str, Part] = _NONE) -> dict[str, Part]:
    """Give each talk a part; the same talks always get the same.

    Args:
        talks: All talks.
        frozen: Parts that stand already, by talk; a talk that shares words with one of them goes
            where that one is.
    """
    by_writer: dict[str, list[list[Talk]]] = defaultdict(list)
    parts = dict(frozen)
    for tied in _tied(talks):
        standing = [frozen[talk.id] for talk in tied if talk.id in frozen]
        if standing:
            part = min(standing, key=_KEPT_FROM_TRAINING.index)
            parts.update((talk.id, part) for talk in tied if talk.id not in frozen)
        else:
            by_writer[tied[0].id[0]].append(tied)
    for bundles in by_writer.values():
        turns = sum(len(talk.turns) for tied in bundles for talk in tied)
        done = 0
        for tied in sorted(bundles, key=lambda each: _draw_number(each[0].id)):
            share = done / turns
            part = Part.TRAIN
            if share < TEST_SHARE + DEV_SHARE:
                part = Part.TEST if share < TEST_SHARE else Part.DEV
            parts.update((talk.id, part) for talk in tied)
            done += sum(len(talk.turns) for talk in tied)
    return parts


def _draw_number(name: str) -> str:
    return hashlib.sha256(f"{SEED}:{name}".encode()).hexdigest()


def _tied(talks: Sequence[Talk]) -> list[list[Talk]]:
    """Bundle talks that share a long enough segment."""
    leader = {talk.id: talk.id for talk in talks}

    def lead(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    said = [(talk.id, words) for talk in talks for words in _long_segments(talk)]
    for at, (name, words) in enumerate(said):
        for other, others in said[:at]:
            if len(words & others) >= ALIKE * len(words | others):
                leader[lead(name)] = lead(other)
    bundles: dict[str, list[Talk]] = defaultdict(list)
    for talk in talks:
        bundles[lead(talk.id)].append(talk)
    return list(bundles.values())


def _long_segments(talk: Talk) -> list[frozenset[str]]:
    found = []
    for item in talk.turns:
        for gold in item.segments:
            words = frozenset(plain(gold.text).split())
            if len(words) >= SHARED_WORDS:
                found.append(words)
    return found


def fingerprint(talks: Iterable[Talk]) -> str:
    """Hash the words, labels and flags of talks, so that a changed test is noticed."""
    digest = hashlib.sha256()
    for talk in talks:
        digest.update(f"{talk.id} {talk.kind}\n".encode())
        for item in talk.turns:
            said = "\n".join((*item.turn.earlier, *item.turn.said_before))
            digest.update(f"{said}\n".encode())
            for gold in item.segments:
                digest.update(f"{gold.label} {sorted(gold.flags)} {gold.text}\n".encode())
    return digest.hexdigest()


def freeze(talks: Sequence[Talk], path: Path) -> None:
    """Write the split down; writers that are in it already keep theirs, new ones are drawn."""
    parts = draw(talks, _standing(talks, path))
    named = {
        part.value: [talk.id for talk in talks if parts[talk.id] is part]
        for part in (Part.DEV, Part.TEST)
    }
    test = [talk for talk in talks if parts[talk.id] is Part.TEST]
    written = {"test_sha256": fingerprint(test), **named}
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def _standing(talks: Sequence[Talk], path: Path) -> dict[str, Part]:
    """Read the parts of the writers who are in the split already."""
    if not path.is_file():
        return {}
    named = json.loads(path.read_text(encoding="utf-8"))
    listed = {name: part for part in (Part.DEV, Part.TEST) for name in named[part.value]}
    writers = {name[0] for name in listed}
    return {talk.id: listed.get(talk.id, Part.TRAIN) for talk in talks if talk.id[0] in writers}


def read_split(talks: Sequence[Talk], path: Path) -> Split:
    """Part the talks as frozen; what is in neither list trains.

    Raises:
        InputError: The split cannot be read, or the test talks are not the frozen ones.
    """
    try:
        frozen = json.loads(path.read_text(encoding="utf-8"))
        dev, test = set(frozen["dev"]), set(frozen["test"])
        expected = str(frozen["test_sha256"])
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise InputError(f"{path}: cannot be read ({type(exc).__name__}); restore it") from exc
    split = Split(
        [talk for talk in talks if talk.id not in dev | test],
        [talk for talk in talks if talk.id in dev],
        [talk for talk in talks if talk.id in test],
    )
    if (found := fingerprint(split.test)) != expected:
        raise InputError(
            f"{path}: the test talks have SHA-256 {found[:12]}…, expected {expected[:12]}…; "
            "restore them, or freeze a new split and train again"
        )
    return split
