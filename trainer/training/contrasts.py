"""Contrast tests: what must move a score, and what must not.

Filler must not lift neutrality, the same words must score differently when the idea is the other
person's, and the same thing said in other words must score the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from trainer.errors import InputError
from trainer.protocols import Classifier
from trainer.training.agreement import CORPUS
from trainer.training.corpus import CorpusTurn, Talk
from trainer.training.figures import Figure, share
from trainer.training.judging import scores_of
from trainer.types import ManagerTurn

PARAPHRASES = CORPUS / "paraphrases.txt"
OWNERS = CORPUS / "owners.txt"
FILLED = ("Mm, okay. ", " Right.")
ALIKE = 10.0  # points two wordings of one thing may differ
LIFTED = 1.0  # points of neutrality that rounding may add
SWAPPED = 5.0  # points of neutrality that a change of owner must make


class Pair(NamedTuple):
    """Two turns to compare."""

    one: ManagerTurn
    other: ManagerTurn


def read_paraphrases(path: Path = PARAPHRASES) -> list[Pair]:
    """Read pairs of wordings: an ``S:`` line, then ``A:`` and ``B:``.

    Raises:
        InputError: A line is not in the format.
    """
    return [
        Pair(ManagerTurn(said["A"], (said["S"],)), ManagerTurn(said["B"], (said["S"],)))
        for said in _blocks(path, "SAB")
    ]


def read_owner_swaps(path: Path = OWNERS) -> list[Pair]:
    """Read the same words after two lines: ``T:`` names the idea, ``N:`` does not, then ``M:``.

    Returns:
        Pairs of which the first is on the salesperson's own idea.

    Raises:
        InputError: A line is not in the format.
    """
    return [
        Pair(ManagerTurn(said["M"], (said["T"],)), ManagerTurn(said["M"], (said["N"],)))
        for said in _blocks(path, "TNM")
    ]


def _blocks(path: Path, keys: str) -> Iterator[dict[str, str]]:
    """Yield the lines by key; the last key ends a block, the others stand until said anew."""
    said: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        key, colon, words = line.partition(": ")
        if key not in keys or not colon:
            wanted = ", ".join(f"'{each}: '" for each in keys)
            raise InputError(f"{path}:{number}: expected a line that starts with one of {wanted}")
        said[key] = words.strip()
        if key == keys[-1]:
            yield dict(said)


def paraphrases_alike(classifier: Classifier, pairs: Sequence[Pair]) -> Figure:
    """Say in what share of the pairs neither score differs by more than 10 points."""
    answers = classifier.label([turn for pair in pairs for turn in pair])
    items = [_bare(turn) for pair in pairs for turn in pair]
    scores = [scores_of(found, item) for found, item in zip(answers, items, strict=True)]
    held = []
    for (quality, neutrality), (other_quality, other) in zip(
        scores[::2], scores[1::2], strict=True
    ):
        held.append(abs(neutrality - other) <= ALIKE and _near(quality, other_quality))
    return share([str(at) for at, _ in enumerate(held)], held)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= ALIKE


def _bare(turn: ManagerTurn) -> CorpusTurn:
    return CorpusTurn("", turn, (), frozenset(), 0)


def owner_swaps(classifier: Classifier, pairs: Sequence[Pair]) -> Figure:
    """Say in what share of the pairs neutrality is higher when the idea is the other person's."""
    answers = classifier.label([turn for pair in pairs for turn in pair])
    items = [_bare(turn) for pair in pairs for turn in pair]
    scores = [scores_of(found, item)[1] for found, item in zip(answers, items, strict=True)]
    held = [a >= b + SWAPPED for a, b in zip(scores[::2], scores[1::2], strict=True)]
    return share([str(at) for at, _ in enumerate(held)], held)


def filler_never_lifts(classifier: Classifier, talks: Sequence[Talk]) -> Figure:
    """Say in what share of turns neutral filler leaves neutrality within a point, or lower."""
    items = [item for talk in talks for item in talk.turns]

    def neutrality(before: str, after: str) -> list[float]:
        turns = [replace(item.turn, text=f"{before}{item.turn.text}{after}") for item in items]
        answers = classifier.label(turns)
        return [scores_of(found, item)[1] for found, item in zip(answers, items, strict=True)]

    bare, filled = neutrality("", ""), neutrality(*FILLED)
    held = [after <= before + LIFTED for before, after in zip(bare, filled, strict=True)]
    return share([item.talk for item in items], held)
