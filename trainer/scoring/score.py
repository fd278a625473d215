"""From a manager's turn to its score: label, then both formulas, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.protocols import Classifier
from trainer.scoring.language import is_foreign
from trainer.scoring.neutrality import agenda_neutrality
from trainer.scoring.quality import question_quality
from trainer.types import Kind, LabelledSegment, ManagerTurn, TurnScore

_FILLERS = frozenset("ah aha eh er erm ehm hm hmm huh mhm mhmm mm mmm oh uh uhm um".split())


def score_turns(classifier: Classifier, turns: Sequence[ManagerTurn]) -> list[TurnScore]:
    """Score turns in one batch, in order; a turn that cannot be scored says why."""
    labelled = classifier.label(turns)
    return [
        score_segments(segments, turn.kind, scorer=classifier.name)
        if (reason := _why_not(turn.text)) is None
        else not_scored(reason, segments, scorer=classifier.name)
        for turn, segments in zip(turns, labelled, strict=True)
    ]


def score_turn(classifier: Classifier, turn: ManagerTurn) -> TurnScore:
    """Score one turn."""
    return score_turns(classifier, [turn])[0]


def score_segments(
    segments: tuple[LabelledSegment, ...], kind: Kind = Kind.COACHING, *, scorer: str = ""
) -> TurnScore:
    """Apply both formulas to labelled segments."""
    if not segments:
        return not_scored("there were no words", scorer=scorer)
    quality = question_quality(segments, kind)
    neutrality = agenda_neutrality(segments, kind)
    return TurnScore(
        segments=segments,
        question_quality=None if quality.score is None else round(quality.score, 1),
        agenda_neutrality=round(neutrality.score, 1),
        explanations=quality.explanations + neutrality.explanations,
        scorer=scorer,
    )


def not_scored(
    reason: str, segments: tuple[LabelledSegment, ...] = (), *, scorer: str = ""
) -> TurnScore:
    """Build the score of a turn that was not scored; what was labelled is kept."""
    return TurnScore(segments, None, None, scorer=scorer, not_scored_because=reason)


def _why_not(text: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words:
        return "there were no words"
    if all(word in _FILLERS for word in words):
        return "there were only fillers"
    if is_foreign(text):
        return "it does not seem to be English, the one language that can be scored"
    return None
