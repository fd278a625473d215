"""Measure the rules on labelled talks: on given segments, end to end, and as a recogniser writes.

    .venv/bin/python benchmarks/rules_on_corpus.py models/corpus/c models/corpus/d

Prints one table: each figure with its bootstrap 95% interval over talks. "plain" is the same text
lower-cased without punctuation. End to end, each gold segment is compared with the predicted
segment that shares most of its words. Only figures are printed, never a sentence.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.labels import group_of
from trainer.scoring.rules import RulesClassifier
from trainer.training.corpus import CorpusTurn, Talk, corpus_files, read_corpus
from trainer.types import Group, Label, LabelledSegment, ManagerTurn

RESAMPLES = 1000
SEED = 7
ASKING = frozenset(
    {Label.OPEN_QUESTION, Label.SPECIFIC_QUESTION, Label.CLOSED_QUESTION, Label.NARROWED_QUESTION}
    | {Label.PERMISSION, Label.WHY_CHALLENGE, Label.LEADING_QUESTION, Label.ADVICE_QUESTION}
    | {Label.RHETORICAL_QUESTION}
)
GROUPS = tuple(Group)
_MARKS = re.compile(r"[.,;:!?…—–\"“”()]+")


class Pair(NamedTuple):
    """A gold segment beside the predicted one, as what the figures need."""

    gold: Label
    guess: Label
    gold_group: Group
    guess_group: Group


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its bootstrap 95% interval."""

    value: float
    low: float
    high: float


def plainly(text: str) -> str:
    """Write a text as a recogniser without punctuation and capitals would."""
    return " ".join(_MARKS.sub(" ", text.lower()).split())


def _pairs_given(classifier: RulesClassifier, item: CorpusTurn, *, plain: bool) -> list[Pair]:
    texts = [plainly(each.text) if plain else each.text for each in item.segments]
    if not all(texts):
        return []
    turn = replace(item.turn, text=" ".join(texts))
    return _paired(item, list(classifier.label_segments(turn, texts)))


def _pairs_end_to_end(classifier: RulesClassifier, item: CorpusTurn, *, plain: bool) -> list[Pair]:
    texts = [plainly(each.text) if plain else each.text for each in item.segments]
    [found] = classifier.label([replace(item.turn, text=" ".join(texts))])
    owner = [at for at, each in enumerate(found) for _ in each.segment.text.split()]
    chosen: list[LabelledSegment] = []
    start = 0
    for text in texts:
        mine = owner[start : start + len(text.split())]
        start += len(text.split())
        if not mine:
            return []
        chosen.append(found[max(set(mine), key=lambda at: (mine.count(at), -at))])
    return _paired(item, chosen)


def _paired(item: CorpusTurn, found: Sequence[LabelledSegment]) -> list[Pair]:
    return [
        Pair(
            gold.label,
            guess.label,
            group_of(LabelledSegment.certain(gold.text, gold.label, *gold.flags)),
            group_of(guess),
        )
        for gold, guess in zip(item.segments, found, strict=True)
    ]


def accuracy(pairs: Sequence[Pair]) -> float:
    """Return the share of segments with the gold label."""
    return sum(pair.gold is pair.guess for pair in pairs) / max(len(pairs), 1)


def kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa over the seven headline groups."""
    table: NDArray[np.float64] = np.zeros((len(GROUPS), len(GROUPS)))
    for pair in pairs:
        table[GROUPS.index(pair.gold_group), GROUPS.index(pair.guess_group)] += 1
    table /= max(table.sum(), 1)
    chance = float(table.sum(0) @ table.sum(1))
    return (float(np.trace(table)) - chance) / (1 - chance) if chance < 1 else 0.0


def f1(of: Callable[[Pair], tuple[bool, bool]]) -> Callable[[Sequence[Pair]], float]:
    """Return a function that computes F1 of a yes/no reading of the pairs."""

    def figure(pairs: Sequence[Pair]) -> float:
        marks = [of(pair) for pair in pairs]
        both = sum(gold and guess for gold, guess in marks)
        either = sum(gold + guess for gold, guess in marks)
        return 2 * both / either if either else 0.0

    return figure


STEERING = (Group.STEERING_QUESTION, Group.STEERING_STATEMENT)
FIGURES: dict[str, Callable[[Sequence[Pair]], float]] = {
    "label accuracy": accuracy,
    "7-group kappa": kappa,
    "question F1": f1(lambda pair: (pair.gold in ASKING, pair.guess in ASKING)),
    "open F1": f1(
        lambda pair: (pair.gold is Label.OPEN_QUESTION, pair.guess is Label.OPEN_QUESTION)
    ),
    "steering F1": f1(lambda pair: (pair.gold_group in STEERING, pair.guess_group in STEERING)),
}


def with_interval(
    by_talk: Sequence[Sequence[Pair]], figure: Callable[[Sequence[Pair]], float]
) -> Figure:
    """Return a figure with its interval from resampling whole talks."""
    chance = np.random.default_rng(SEED)
    values = []
    for _ in range(RESAMPLES):
        drawn = chance.integers(0, len(by_talk), len(by_talk))
        values.append(figure([pair for at in drawn for pair in by_talk[at]]))
    low, high = np.quantile(values, (0.025, 0.975))
    return Figure(figure([pair for pairs in by_talk for pair in pairs]), float(low), float(high))


def measure(talks: Sequence[Talk]) -> None:
    """Print the table for some talks."""
    classifier = RulesClassifier()
    turns = sum(len(talk.turns) for talk in talks)
    count = sum(len(item.segments) for talk in talks for item in talk.turns)
    print(f"{classifier.name}: {len(talks)} talks, {turns} turns, {count} segments\n")
    columns = {
        "given segments": (_pairs_given, False),
        "given, plain": (_pairs_given, True),
        "end to end": (_pairs_end_to_end, False),
        "end to end, plain": (_pairs_end_to_end, True),
    }
    found = {
        name: [
            [pair for item in talk.turns for pair in pairs(classifier, item, plain=plain)]
            for talk in talks
        ]
        for name, (pairs, plain) in columns.items()
    }
    print(f"{'':16}" + "".join(f"{name:>23}" for name in columns))
    for name, figure in FIGURES.items():
        cells = (with_interval(by_talk, figure) for by_talk in found.values())
        print(
            f"{name:16}"
            + "".join(f"{c.value:>10.3f} ({c.low:.3f}-{c.high:.3f})"[:23].rjust(23) for c in cells)
        )


def measure_annomi(path: Path) -> None:
    """Print question-or-not on AnnoMI turns, which no rule was written on."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    classifier = RulesClassifier()
    print(f"\n{path.name}: {len(rows)} turns, question or not")
    for name, change in (("as written", str), ("plain", plainly)):
        before = [(row["said_before"],) if row["said_before"] else () for row in rows]
        turns = [
            ManagerTurn(change(row["text"]), said) for row, said in zip(rows, before, strict=True)
        ]
        guesses = [any(each.label in ASKING for each in found) for found in classifier.label(turns)]
        golds = [bool(row["question"]) for row in rows]
        both = sum(gold and guess for gold, guess in zip(golds, guesses, strict=True))
        precision, recall = both / max(sum(guesses), 1), both / max(sum(golds), 1)
        score = 2 * both / max(sum(guesses) + sum(golds), 1)
        print(f"  {name:12} F1 {score:.3f}  precision {precision:.3f}  recall {recall:.3f}")


def main() -> None:
    """Read arguments and print."""
    parser = argparse.ArgumentParser(description="Measure the rules on labelled talks.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--annomi", type=Path, help="AnnoMI turns, one JSON object a line")
    options = parser.parse_args()
    files = [file for folder in options.folders for file in corpus_files(folder)]
    measure(read_corpus(files))
    if options.annomi is not None:
        measure_annomi(options.annomi)


if __name__ == "__main__":
    main()
