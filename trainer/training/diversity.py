"""Check that the corpus is varied: openings, near-duplicates, words that give a label away.

    python -m trainer.training.diversity [CORPUS_FOLDER]

Exits with 1 when a threshold is passed.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trainer.protocols import Encoder
from trainer.scoring.own_words import content_stems
from trainer.scoring.words import spoken
from trainer.training.agreement import CORPUS
from trainer.training.corpus import GoldSegment, Talk, corpus_files, read_corpus
from trainer.training.disturb import plain
from trainer.types import Label

OPENING_WORDS = 3
NEAR = 0.95  # cosine of two segments that say the same
NEAR_WORDS = 5  # shorter segments ("What else?") may come again

MOST_ONE_OPENING = 0.02  # of the turns
MOST_SHARED_OPENINGS = 0.35  # of the turns begin as some other turn does
MOST_NEAR = 0.03  # of the segments
MOST_ONE_WORD = 0.25  # of a label's segments


@dataclass(frozen=True, slots=True)
class Check:
    """One measure of sameness with the most it may be."""

    name: str
    value: float
    most: float

    @property
    def passed(self) -> bool:
        """Whether the corpus is varied enough."""
        return self.value <= self.most


def openings(talks: Sequence[Talk]) -> list[Check]:
    """Count turns that begin with the same words."""
    heads = Counter(
        " ".join(plain(item.turn.text).split()[:OPENING_WORDS])
        for talk in talks
        for item in talk.turns
    )
    turns = sum(heads.values())
    shared = sum(count for count in heads.values() if count > 1)
    return [
        Check(
            "turns with the most frequent opening", max(heads.values()) / turns, MOST_ONE_OPENING
        ),
        Check("turns that share an opening", shared / turns, MOST_SHARED_OPENINGS),
    ]


def near_duplicates(golds: Sequence[GoldSegment], encoder: Encoder) -> Check:
    """Find segments that say almost the same as another one of their label."""
    by_label: dict[Label, list[str]] = defaultdict(list)
    for gold in golds:
        if len(gold.text.split()) >= NEAR_WORDS:
            by_label[gold.label].append(gold.text)
    near = 0
    for texts in by_label.values():
        vectors = encoder.encode(texts)
        alike = vectors @ vectors.T
        np.fill_diagonal(alike, 0)
        near += int((alike.max(1) >= NEAR).sum())
    return Check("segments near another of their label", near / max(1, len(golds)), MOST_NEAR)


def telling_words(golds: Sequence[GoldSegment]) -> list[Check]:
    """Give, for each label, the share of its segments that hold its most frequent content word."""
    checks = []
    for label in Label:
        stems = [content_stems(spoken(g.text).tokens) for g in golds if g.label is label]
        counts = Counter(stem for each in stems for stem in each)
        if counts:
            top = counts.most_common(1)[0][1] / len(stems)
            checks.append(Check(f"{label.value} with its commonest word", top, MOST_ONE_WORD))
    return checks


def checks_of(talks: Sequence[Talk], encoder: Encoder) -> list[Check]:
    """Run every check."""
    golds = [gold for talk in talks for item in talk.turns for gold in item.segments]
    return [*openings(talks), near_duplicates(golds, encoder), *telling_words(golds)]


def main() -> None:
    """Print every check; exit with 1 when one fails."""
    from trainer.salesperson.encoder import MiniLmEncoder

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    checks = checks_of(read_corpus(corpus_files(folder)), MiniLmEncoder())
    for check in checks:
        mark = "ok  " if check.passed else "FAIL"
        print(f"{mark} {check.name:45} {check.value:6.3f}  at most {check.most:g}")
    sys.exit(0 if all(check.passed for check in checks) else 1)


if __name__ == "__main__":
    main()
