"""Which of the scorer's segments a stretch of a person's labelling is, word by word.

The scorer cuts a turn in its own way, and from recognised words in yet another. A labelled stretch
is compared with the segment that holds most of its words, so that a different cut does not count
as a different label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trainer.evaluation.result import AgainstGold, Pair
from trainer.evaluation.talks import GoldSegment, Judgement
from trainer.scoring.evidence import PRECEDENCE
from trainer.scoring.score import score_segments
from trainer.types import Kind, Label, LabelledSegment

Cut = Sequence[tuple[str, Label]]
"""Segments in order: their words and their label."""


def against_gold(
    judgements: Sequence[Judgement],
    scored: Cut,
    from_reference: Cut | None,
    kind: Kind,
) -> AgainstGold | None:
    """Set a scored turn beside its judgements; None without any.

    The first judgement that has segments gives the stretches; every rater's label for each of
    them is read the same way as the scorer's.
    """
    if not judgements:
        return None
    words = " ".join(text for text, _ in from_reference or scored)
    # A label for the whole turn may be given without its words.
    cuts = [
        tuple((s.text or words, s.label) for s in each.segments)
        for each in judgements
        if each.segments
    ]
    pairs: list[Pair] = []
    if cuts:
        raters = [labels_of(cuts[0], cut) for cut in cuts]
        mine = labels_of(cuts[0], scored)
        again = None if from_reference is None else labels_of(cuts[0], from_reference)
        for at, _ in enumerate(cuts[0]):
            said = tuple(label for each in raters if (label := each[at]) is not None)
            label = mine[at]
            if label is not None and said:
                other = again[at] if again else None
                pairs.append(Pair(majority(said), label, other, said))
    segments = next((each.segments for each in judgements if each.segments), ())
    return AgainstGold(
        tuple(pairs),
        segments,
        _mean([_quality(each, kind) for each in judgements]),
        _mean([_neutrality(each, kind) for each in judgements]),
    )


def majority(labels: Sequence[Label]) -> Label:
    """Return what most said; of equals the milder, as the rubric has it when torn."""
    counts = Counter(labels)
    most = max(counts.values())
    return max((label for label in counts if counts[label] == most), key=PRECEDENCE.index)


def labels_of(stretches: Cut, cut: Cut) -> list[Label | None]:
    """Return for each stretch the label of the segment with most of its words.

    A stretch none of whose words are there gets the segment nearest to where they would be;
    without any segments there is None.
    """
    theirs = [at for at, (words, _) in enumerate(cut) for _ in words.split()]
    mine = [(at, word) for at, (words, _) in enumerate(stretches) for word in words.split()]
    if not theirs:
        return [None] * len(stretches)
    places = _places([word for _, word in mine], [w for words, _ in cut for w in words.split()])
    found: list[Label | None] = []
    for at, _ in enumerate(stretches):
        own = [n for n, (stretch, _) in enumerate(mine) if stretch == at]
        held = Counter(theirs[p] for n in own if (p := places[n]) is not None)
        if held:
            most = max(held.values())
            found.append(cut[min(each for each in held if held[each] == most)][1])
        else:
            found.append(cut[theirs[_nearest(places, own, len(theirs))]][1])
    return found


def _nearest(places: Sequence[int | None], own: Sequence[int], size: int) -> int:
    first = own[0] if own else 0
    before = [place for place in places[:first] if place is not None]
    return min(before[-1] + 1 if before else 0, size - 1)


def _places(mine: Sequence[str], theirs: Sequence[str]) -> list[int | None]:
    """Return where each word is among the others, None for one that is not there."""
    bare, others = [_bare(word) for word in mine], [_bare(word) for word in theirs]
    if bare == others:
        return list(range(len(mine)))
    import jiwer

    found: list[int | None] = [None] * len(bare)
    aligned = jiwer.process_words(" ".join(bare), " ".join(others)).alignments[0]
    for chunk in aligned:
        if chunk.type in {"equal", "substitute"}:
            for step in range(chunk.ref_end_idx - chunk.ref_start_idx):
                found[chunk.ref_start_idx + step] = chunk.hyp_start_idx + step
    return found


def _bare(word: str) -> str:
    return "".join(each for each in word.casefold() if each.isalnum()) or "-"


def cut_of(segments: Sequence[LabelledSegment]) -> Cut:
    """Return a scored turn as a cut."""
    return [(each.segment.text, each.label) for each in segments]


def _certain(segments: Sequence[GoldSegment]) -> tuple[LabelledSegment, ...]:
    return tuple(LabelledSegment.certain(s.text or "-", s.label, *s.flags) for s in segments)


def _quality(judgement: Judgement, kind: Kind) -> float | None:
    if judgement.question_quality is not None or not judgement.segments:
        return judgement.question_quality
    return score_segments(_certain(judgement.segments), kind).question_quality


def _neutrality(judgement: Judgement, kind: Kind) -> float | None:
    if judgement.agenda_neutrality is not None or not judgement.segments:
        return judgement.agenda_neutrality
    return score_segments(_certain(judgement.segments), kind).agenda_neutrality


def _mean(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return round(sum(there) / len(there), 1) if there else None
