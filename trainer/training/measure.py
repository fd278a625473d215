"""One table of every figure on the frozen test and outside data, beside the baselines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from trainer import paths
from trainer.errors import InputError
from trainer.protocols import Classifier
from trainer.scoring.classifier import TrainedClassifier
from trainer.scoring.rules import RulesClassifier
from trainer.training.agreement import CORPUS, group
from trainer.training.baselines import NearestPrototype, OneLine
from trainer.training.contrasts import (
    filler_never_lifts,
    owner_swaps,
    paraphrases_alike,
    read_owner_swaps,
    read_paraphrases,
)
from trainer.training.corpus import Talk, corpus_files, read_corpus
from trainer.training.disturb import plain
from trainer.training.examples import examples_of, vocabulary_of
from trainer.training.external import measure_external
from trainer.training.figures import Figure, kappa, pearson, share
from trainer.training.judging import (
    CONDITIONS,
    drift,
    gold_of,
    judge,
    near_misses,
    scores_of,
    segment_figures,
    turn_figures,
)
from trainer.training.second_pass import FILE as SECOND_PASS
from trainer.training.second_pass import SecondLabel, labelled_twice, read_second_pass, segment_id
from trainer.training.split import FILE as SPLIT
from trainer.training.split import read_split
from trainer.training.spoken import CONDITION as SPOKEN
from trainer.training.spoken import Heard, read_heard, spoken_figures
from trainer.types import LabelledSegment

OUTSIDE = paths.PROJECT.parent / "shared" / "data" / "measure"
GATES: Mapping[str, tuple[float, bool]] = {
    "question F1, turns": (0.95, True),
    "open F1, turns": (0.85, True),
    "closed F1, turns": (0.75, True),
    "steering F1, turns": (0.85, True),
    "7-group kappa": (0.70, True),
    "neutrality r": (0.80, True),
    "quality r": (0.80, True),
    "median neutrality drift": (5.0, False),
    "median quality drift": (5.0, False),
    "AnnoMI question F1": (0.95, True),
    "AnnoMI open F1": (0.80, True),
    "AnnoMI closed F1": (0.70, True),
    "filler never lifts": (1.0, True),
    "owner swaps move": (1.0, True),
    "paraphrases alike": (0.90, True),
}
"""Rubric 10 and the issue's reach: the bound, and whether more is better."""

CEILING = "second pass"
FALL = 0.01  # a figure may lose so much to rounding on another processor
POINTS_FALL = 0.5  # the same for a drift, in points of the scores
Figures = dict[str, Figure]
Table = dict[str, dict[str, Figures]]
"""Scorer, condition, figure."""


def scorers(train: Sequence[Talk]) -> list[Classifier]:
    """Return the trained scorer and every baseline.

    Raises:
        ModelError: A model is missing.
    """
    from trainer.salesperson.encoder import MiniLmEncoder

    prototypes = NearestPrototype(MiniLmEncoder(), train)
    return [TrainedClassifier(), RulesClassifier(), prototypes, OneLine()]


def measure(
    *,
    corpus: Path = CORPUS,
    outside: Path = OUTSIDE,
    heard: Heard | None = None,
    only: str | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Table:
    """Measure the trained scorer and every baseline.

    Args:
        corpus: Where the labelled talks lie.
        outside: The folder of outside data; left out where it is not.
        heard: What was heard of the spoken test turns; None reads what lies in the corpus.
        only: Measure this scorer alone.
        say: Hears what is being measured.

    Raises:
        InputError: The corpus is damaged, or its test talks are not the frozen ones.
        ModelError: A model is missing.
    """
    talks = read_corpus(corpus_files(corpus))
    split = read_split(talks, corpus / SPLIT)
    second = read_second_pass(corpus / SECOND_PASS)
    vocabulary = vocabulary_of(examples_of(split.train, {}))
    heard = read_heard() if heard is None else heard
    table: Table = {CEILING: {CONDITIONS[0]: ceiling(split.test, second)}}
    for scorer in scorers(split.train):
        if only not in (None, scorer.name):
            continue
        say(scorer.name)
        table[scorer.name] = _conditions(scorer, split.test, vocabulary, outside)
        table[scorer.name][SPOKEN] = spoken_figures(scorer, split.test, heard)
    return table


def _conditions(
    scorer: Classifier, test: Sequence[Talk], vocabulary: Sequence[str], outside: Path
) -> dict[str, Figures]:
    """Measure one scorer on the test as written and disturbed."""
    found = {}
    first = None
    for condition in CONDITIONS:
        judged = judge(scorer, test, condition, vocabulary)
        figures = turn_figures(judged) | segment_figures(judged)
        if first is None:
            first = judged
            figures |= {f"near-miss {k}": v for k, v in near_misses(judged).items()}
            figures["filler never lifts"] = filler_never_lifts(scorer, test)
            figures["owner swaps move"] = owner_swaps(scorer, read_owner_swaps())
            figures["paraphrases alike"] = paraphrases_alike(scorer, read_paraphrases())
        else:
            figures |= drift(first, judged)
        if condition != CONDITIONS[2]:
            change = str if condition == CONDITIONS[0] else plain
            figures |= measure_external(scorer, outside, change)
        found[condition] = figures
    return found


def fallen(table: Table, path: Path) -> list[str]:
    """Compare with the figures written before; name each that became worse, and by how much.

    Figures of data that is not here now are not compared.

    Raises:
        InputError: The figures written before cannot be read.
    """
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read; run trainer measure") from error
    worse = []
    for scorer, conditions in table.items():
        for condition, figures in conditions.items():
            old = before.get(scorer, {}).get(condition, {})
            for name, figure in figures.items():
                if name not in old:
                    continue
                drifts = "drift" in name
                lost = (figure.value - old[name]["value"]) * (1 if drifts else -1)
                if lost > (POINTS_FALL if drifts else FALL):
                    worse.append(
                        f"{scorer}, {condition}: {name}: {figure.value:.3f}, "
                        f"was {old[name]['value']:.3f}"
                    )
    return worse


def ceiling(test: Sequence[Talk], second: Mapping[str, SecondLabel]) -> Figures:
    """Compare the second pass with the writers on the test: what a person reaches."""
    pairs = labelled_twice(test, second)
    of = [talk.id for talk in test for _ in labelled_twice([talk], second)]
    figures = {
        "7-group kappa": kappa(
            of, [group(p.writer) for p in pairs], [group(p.blind) for p in pairs]
        ),
        "19-label kappa": kappa(
            of, [p.writer.label for p in pairs], [p.blind.label for p in pairs]
        ),
        "label accuracy": share(of, [p.writer.label is p.blind.label for p in pairs]),
    }
    names, ours, theirs = [], [], []
    for talk in test:
        for at, item in enumerate(talk.turns):
            blind = [second.get(segment_id(talk.id, at, n)) for n, _ in enumerate(item.segments)]
            if any(each is None for each in blind):
                continue
            again = tuple(
                LabelledSegment.certain(gold.text, each.label, *each.flags)
                for gold, each in zip(item.segments, blind, strict=True)
                if each is not None
            )
            names.append(talk.id)
            ours.append(scores_of(gold_of(item), item))
            theirs.append(scores_of(again, item))
    figures["neutrality r"] = pearson(names, [a[1] for a in ours], [b[1] for b in theirs])
    both = [
        (n, a[0], b[0])
        for n, a, b in zip(names, ours, theirs, strict=True)
        if a[0] is not None and b[0] is not None
    ]
    figures["quality r"] = pearson(
        [n for n, _, _ in both], [a for _, a, _ in both], [b for _, _, b in both]
    )
    return figures


def as_text(table: Table) -> str:
    """Write the table out, one block a condition, a gate beside what it bounds."""
    lines = []
    for condition in (*CONDITIONS, SPOKEN):
        blocks = {name: by[condition] for name, by in table.items() if condition in by}
        names = dict.fromkeys(figure for figures in blocks.values() for figure in figures)
        lines += ["", condition, f"{'':32}{'gate':>7}" + "".join(f"{n:>25}" for n in blocks)]
        for figure in names:
            bound, more = GATES.get(figure, (None, True))
            gate = "" if bound is None else f"{'≥' if more else '≤'}{bound:g}"
            cells = (_cell(figures.get(figure)) for figures in blocks.values())
            lines.append(f"{figure:32}{gate:>7}" + "".join(f"{cell:>25}" for cell in cells))
    return "\n".join(lines[1:])


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f}) {figure.n}"


def write(table: Table, path: Path) -> None:
    """Write the figures as JSON, rounded, so that two runs can be compared."""
    rounded = {
        scorer: {
            condition: {
                name: {key: round(value, 4) for key, value in asdict(figure).items()}
                for name, figure in figures.items()
            }
            for condition, figures in by.items()
        }
        for scorer, by in table.items()
    }
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
