"""Compare what a classifier makes of labelled turns with what people made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trainer.labels import SCORED_ASKS, group_of
from trainer.protocols import Classifier
from trainer.scoring.score import score_segments
from trainer.training.corpus import CorpusTurn, Talk
from trainer.training.disturb import Words, with_errors, without_marks
from trainer.training.figures import Figure, f1, kappa, median, pearson, share
from trainer.types import Group, Label, LabelledSegment

ASKING = SCORED_ASKS | {Label.PERMISSION}
STEERING = frozenset({Group.STEERING_QUESTION, Group.STEERING_STATEMENT})
CLOSED = frozenset({Label.CLOSED_QUESTION, Label.NARROWED_QUESTION})
ERRORS_SEED = 23
CONDITIONS = ("as written", "no marks", "no marks, 10% word errors")

Found = tuple[LabelledSegment, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One test turn: people's segments, the classifier's, and the words both cover."""

    talk: str
    item: CorpusTurn
    words: Words
    """The words of each of the people's segments, as they were given to the classifier."""
    gold: Found
    found: Found
    paired: Found
    """For each gold segment, the found one that shares most of its words."""


def gold_of(item: CorpusTurn) -> Found:
    """Return a turn's own labels as certain ones."""
    return tuple(LabelledSegment.certain(g.text, g.label, *g.flags) for g in item.segments)


def written(item: CorpusTurn, condition: str, vocabulary: Sequence[str]) -> Words:
    """Write a turn's segments in one of the conditions; the same errors every time."""
    words = [gold.text.split() for gold in item.segments]
    if condition == CONDITIONS[0]:
        return words
    if condition == CONDITIONS[2]:
        chance = np.random.default_rng((ERRORS_SEED, item.line, len(item.turn.text)))
        words = with_errors(words, chance, vocabulary)
    return without_marks(words)


def judge(
    classifier: Classifier, talks: Sequence[Talk], condition: str, vocabulary: Sequence[str]
) -> list[Judged]:
    """Label every turn end to end: the classifier splits the text itself."""
    items = [item for talk in talks for item in talk.turns]
    views = [written(item, condition, vocabulary) for item in items]
    texts = [" ".join(" ".join(words) for words in view) for view in views]
    turns = [replace(item.turn, text=text) for item, text in zip(items, texts, strict=True)]
    answers = classifier.label(turns)
    return [
        Judged(item.talk, item, view, gold_of(item), found, paired(view, found))
        for item, view, found in zip(items, views, answers, strict=True)
    ]


def paired(words: Words, found: Found) -> Found:
    """Give each of the people's segments the found one that shares most of its words."""
    owner = [at for at, each in enumerate(found) for _ in each.segment.text.split()]
    chosen, start = [], 0
    for segment in words:
        mine = owner[start : start + len(segment)]
        start += len(segment)
        chosen.append(found[max(sorted(set(mine)), key=mine.count)])
    return tuple(chosen)


def _steers(each: LabelledSegment) -> bool:
    return group_of(each) in STEERING


def turn_figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    """Compute rubric 10's gates on turns."""
    talks = [each.talk for each in judged]

    def any_of(labels: frozenset[Label], found: Found) -> bool:
        return any(each.label in labels for each in found)

    figures = {}
    for name, labels in (
        ("question F1, turns", ASKING),
        ("open F1, turns", frozenset({Label.OPEN_QUESTION})),
        ("closed F1, turns", CLOSED),
    ):
        figures[name] = f1(
            talks,
            [any_of(labels, j.gold) for j in judged],
            [any_of(labels, j.found) for j in judged],
        )
    figures["steering F1, turns"] = f1(
        talks,
        [any(map(_steers, j.gold)) for j in judged],
        [any(map(_steers, j.found)) for j in judged],
    )
    return figures | score_figures(judged)


def segment_figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    """Compute the figures on segments, and where segments start."""
    by_segment = [(j.talk, g, p) for j in judged for g, p in zip(j.gold, j.paired, strict=True)]
    of = [talk for talk, _, _ in by_segment]
    golds = [gold for _, gold, _ in by_segment]
    guesses = [guess for _, _, guess in by_segment]
    figures = {}
    for name, labels in (
        ("question F1, segments", ASKING),
        ("open F1, segments", frozenset({Label.OPEN_QUESTION})),
        ("closed F1, segments", CLOSED),
    ):
        figures[name] = f1(
            of, [g.label in labels for g in golds], [p.label in labels for p in guesses]
        )
    figures["steering F1, segments"] = f1(of, [*map(_steers, golds)], [*map(_steers, guesses)])
    figures["7-group kappa"] = kappa(
        of, [group_of(g) for g in golds], [group_of(p) for p in guesses]
    )
    figures["19-label kappa"] = kappa(of, [g.label for g in golds], [p.label for p in guesses])
    figures["label accuracy"] = share(
        of, [g.label is p.label for g, p in zip(golds, guesses, strict=True)]
    )
    return figures | {"boundary F1": _boundaries(judged)}


def _boundaries(judged: Sequence[Judged]) -> Figure:
    """Compare where segments start, word by word; a turn's first word is not counted."""
    talks: list[str] = []
    gold: list[bool] = []
    guess: list[bool] = []
    for each in judged:
        mine = [at == 0 for words in each.words for at, _ in enumerate(words)]
        talks += [each.talk] * (len(mine) - 1)
        gold += mine[1:]
        found = (segment.segment.text.split() for segment in each.found)
        guess += [at == 0 for words in found for at, _ in enumerate(words)][1:]
    return f1(talks, gold, guess)


def scores_of(found: Found, item: CorpusTurn) -> tuple[float | None, float]:
    """Return quality and neutrality of some labels of a turn."""
    score = score_segments(found, item.turn.kind)
    return score.question_quality, score.agenda_neutrality or 0.0


def score_figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    """Correlate the turns' scores with those of the people's labels."""
    pairs = [(j.talk, scores_of(j.gold, j.item), scores_of(j.found, j.item)) for j in judged]
    asked = [(t, a[0], b[0]) for t, a, b in pairs if a[0] is not None and b[0] is not None]
    return {
        "neutrality r": pearson(
            [t for t, _, _ in pairs], [a[1] for _, a, _ in pairs], [b[1] for _, _, b in pairs]
        ),
        "quality r": pearson(
            [t for t, _, _ in asked],
            [float(a) for _, a, _ in asked],
            [float(b) for _, _, b in asked],
        ),
        "scored alike (quality or none)": share(
            [t for t, _, _ in pairs], [(a[0] is None) == (b[0] is None) for _, a, b in pairs]
        ),
    }


def drift(before: Sequence[Judged], after: Sequence[Judged]) -> dict[str, Figure]:
    """Say how far disturbing the text moves the scores, in points."""
    neutrality, quality = [], []
    for one, other in zip(before, after, strict=True):
        a, b = scores_of(one.found, one.item), scores_of(other.found, other.item)
        neutrality.append(abs(a[1] - b[1]))
        if a[0] is not None and b[0] is not None:
            quality.append(abs(a[0] - b[0]))
    return {"median neutrality drift": median(neutrality), "median quality drift": median(quality)}


def near_misses(judged: Sequence[Judged]) -> dict[str, Figure]:
    """Give label accuracy on each kind of hard near-miss."""
    found = {}
    for kind in sorted({kind for each in judged for kind in each.item.near}):
        held = [
            (j.talk, g.label is p.label)
            for j in judged
            if kind in j.item.near
            for g, p in zip(j.gold, j.paired, strict=True)
        ]
        found[kind] = share([talk for talk, _ in held], [right for _, right in held])
    return found
