"""The first scorer: the rubric's form and source tests as grammar, without a trained model.

It stays as the baseline that a trained classifier has to beat. Each segment is read once
(``reading``), the cues vote (``asking``, ``telling``), the votes become probabilities
(``evidence``), and the flags follow from the label (``flags``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.labels import SCORED_ASKS
from trainer.scoring.asking import vote_ask
from trainer.scoring.evidence import Votes, milder_when_torn
from trainer.scoring.flags import answers_itself, flags_of
from trainer.scoring.own_words import Table
from trainer.scoring.reading import Reading, read
from trainer.scoring.segments import Piece, split
from trainer.scoring.tell_cues import ASSIGNS, DIRECTION
from trainer.scoring.telling import is_order, is_request, orders_later, vote_statement
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn, Segment

SURE_JOB = 2.0  # votes each side of a soft break needs, to count as a job of its own

# Within one sentence these run into each other: no soft break parts them.
_CLOSE_JOBS = frozenset({Label.REFLECTION, Label.AFFIRMATION, Label.INFORMATION})

# Same-job neighbours merge only when nothing but these differs between them.
_MERGING_FLAGS = frozenset({Flag.SLANT, Flag.LONG})


@dataclass(frozen=True, slots=True)
class _Judged:
    """A piece with its reading and what the cues made of it."""

    text: str
    reading: Reading
    label: Label
    probs: Mapping[Label, float]
    best: float
    """Votes of the label ahead."""


class RulesClassifier:
    """Labels turns by hand-written rules, deterministically; no weights, no network."""

    name = "rules-1"

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Split and label each turn; a turn without words gives an empty tuple."""
        return [_label_turn(turn) for turn in turns]

    def label_segments(
        self, turn: ManagerTurn, texts: Sequence[str]
    ) -> tuple[LabelledSegment, ...]:
        """Label a turn whose segments are given, one label a text; for measuring.

        Args:
            turn: The turn with its context.
            texts: Its segments in order.
        """
        return _finish(_judge_all([Piece(text, False) for text in texts], Table.of(turn)))


def _label_turn(turn: ManagerTurn) -> tuple[LabelledSegment, ...]:
    if not turn.text.strip():
        return ()
    return tuple(_merged(_finish(_judge_all(split(turn.text), Table.of(turn)))))


def judge(reading: Reading) -> Votes:
    """Let every cue vote on one segment."""
    votes = Votes()
    if reading.asks:
        vote_ask(reading, votes)
        _vote_order_in_form_of_ask(reading, votes)
    else:
        vote_statement(reading, votes)
    return votes


def _vote_order_in_form_of_ask(reading: Reading, votes: Votes) -> None:
    """Vote for an order whose question form is only politeness, or a trailing "okay?"."""
    if reading.wrapper:
        return
    if reading.table.enrolling and is_request(reading):
        votes.add(Label.DIRECTION, 3.6 + max(0.0, votes.of(Label.ADVICE_QUESTION)))
        return
    ordered = DIRECTION.search(reading.statement)
    if reading.main is None and (ordered or is_order(reading)):
        votes.add(Label.DIRECTION, 4.5 + (1.2 if ASSIGNS.search(reading.statement) else 0.0))
    elif ordered and reading.main is not None and not reading.main.wh:
        votes.add(Label.DIRECTION, 2.4 if votes.of(Label.ADVICE_QUESTION) < 3 else 1.2)
    if votes.of(Label.PERMISSION) > 0 and orders_later(reading):
        votes.add(Label.ADVICE, votes.of(Label.PERMISSION) + 0.8)


def _judge(text: str, table: Table, before: _Judged | None) -> _Judged:
    reading = read(text, table, before.label if before else None, first=before is None)
    votes = judge(reading)
    probs = votes.probabilities()
    return _Judged(text, reading, milder_when_torn(probs), probs, votes.best)


def _judge_all(pieces: Sequence[Piece], table: Table) -> list[_Judged]:
    judged: list[_Judged] = []
    for piece in pieces:
        before = judged[-1] if judged else None
        if before is None or not piece.soft:
            judged.append(_judge(piece.text, table, before))
            continue
        apart = _judge(piece.text, table, before)
        if _different_jobs(before, apart):
            judged.append(apart)
        else:
            first = judged[-2] if len(judged) > 1 else None
            judged[-1] = _judge(f"{before.text} {piece.text}", table, first)
    return judged


def _different_jobs(one: _Judged, other: _Judged) -> bool:
    if one.label is other.label or Label.SOCIAL in (one.label, other.label):
        return False
    if one.label is Label.PERMISSION:  # leave and advice in one breath are advice (rule 1)
        return False
    if one.label in SCORED_ASKS and other.label in SCORED_ASKS:
        return False
    if {one.label, other.label} <= _CLOSE_JOBS:
        return False
    return min(one.best, other.best) >= SURE_JOB


def _finish(judged: Sequence[_Judged]) -> tuple[LabelledSegment, ...]:
    """Put the flags on, with what only the neighbours tell."""
    finished: list[LabelledSegment] = []
    words_before = 0
    for each in judged:
        flags = flags_of(each.reading, each.label, run_up_words=words_before)
        finished.append(LabelledSegment(Segment(each.text), each.label, flags, each.probs))
        if len(finished) > 1 and finished[-2].label in SCORED_ASKS and answers_itself(each.reading):
            asked = finished[-2]
            finished[-2] = replace(asked, flags=asked.flags | {Flag.SELF_ANSWER})
        words_before += each.reading.spoken.words
    return tuple(finished)


def _merged(segments: Sequence[LabelledSegment]) -> list[LabelledSegment]:
    """Join neighbours that do the same telling or listening job (rubric 1)."""
    merged: list[LabelledSegment] = []
    for segment in segments:
        last = merged[-1] if merged else None
        if last is None or not _same_job(last, segment):
            merged.append(segment)
            continue
        merged[-1] = LabelledSegment(
            Segment(f"{last.segment.text} {segment.segment.text}"),
            last.label,
            last.flags | segment.flags,
            _mixed(last, segment),
        )
    return merged


def _same_job(one: LabelledSegment, other: LabelledSegment) -> bool:
    if one.label is not other.label or one.label in SCORED_ASKS or one.label is Label.PERMISSION:
        return False
    return one.flags - _MERGING_FLAGS == other.flags - _MERGING_FLAGS


def _mixed(one: LabelledSegment, other: LabelledSegment) -> Mapping[Label, float]:
    """Average two segments' probabilities, weighted by their words."""
    first, second = (len(each.segment.text.split()) for each in (one, other))
    whole = first + second
    return {
        label: (one.probs[label] * first + other.probs[label] * second) / whole for label in Label
    }
