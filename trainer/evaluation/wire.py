"""The JSON that `trainer score` and `trainer evaluate` read and write, one object a line.

In:  {"id", "text", "said_before"?: str, "earlier"?: [str], "kind"?: kind}
Out: {"id", "segments": [{"text", "label", "flags", "probs"}], "question_quality",
     "agenda_neutrality", "feedback": {"quote", "what", "why", "rewrite"} | null, "scorer",
     "not_scored_because"}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from trainer.errors import InputError
from trainer.feedback.give import give_feedback
from trainer.protocols import Classifier
from trainer.scoring.score import score_turns
from trainer.types import Feedback, Kind, ManagerTurn, TurnScore

_ONE = 1.0


class TurnIn(BaseModel):
    """One turn to be scored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str | int
    text: str
    said_before: str | None = None
    """What the salesperson said just before."""
    earlier: tuple[str, ...] = ()
    """What the salesperson said before that, oldest first."""
    kind: Kind = Kind.COACHING

    def turn(self) -> ManagerTurn:
        """Return the turn as the scorer takes it."""
        before = (self.said_before,) if self.said_before else ()
        lines = (*self.earlier, *before)
        return ManagerTurn(self.text, lines[-2:], lines[:-2], self.kind)


def parse_line(line: str, where: str) -> TurnIn:
    """Read one line.

    Args:
        line: A JSON object.
        where: ``path:line``, for the message.

    Raises:
        InputError: Not JSON, or not a turn.
    """
    try:
        return TurnIn.model_validate_json(line)
    except ValidationError as error:
        detail = error.errors()[0]
        field = ".".join(str(step) for step in detail["loc"]) or "line"
        raise InputError(
            f"{where}: {field}: {detail['msg'].lower()}; expected an object like "
            '{"id": "1", "text": "What do you make of it?", "said_before": "They went quiet."}'
        ) from error


def read_lines(lines: Iterable[str], name: str) -> Iterator[TurnIn]:
    """Read turns, one a line; empty lines are passed over.

    Raises:
        InputError: A line cannot be read; names the file and the line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip().lstrip("\ufeff"):
            yield parse_line(line.lstrip("\ufeff"), f"{name}:{number}")


def score_batch(
    classifier: Classifier, turns: Sequence[ManagerTurn]
) -> list[tuple[TurnScore, Feedback | None]]:
    """Score turns in one batch, each with the feedback it would get on its own."""
    scores = score_turns(classifier, turns)
    return [
        (score, give_feedback(classifier, turn, score))
        for turn, score in zip(turns, scores, strict=True)
    ]


def to_object(id_: str | int, score: TurnScore, feedback: Feedback | None) -> dict[str, Any]:
    """Return a scored turn as the object that is written."""
    return {
        "id": id_,
        "segments": [
            {
                "text": segment.segment.text,
                "label": segment.label.value,
                "flags": sorted(flag.value for flag in segment.flags),
                "probs": rounded_probs({label.value: p for label, p in segment.probs.items()}),
            }
            for segment in score.segments
        ],
        "question_quality": score.question_quality,
        "agenda_neutrality": score.agenda_neutrality,
        "feedback": feedback
        and {
            "quote": feedback.quote,
            "what": feedback.what,
            "why": feedback.why,
            "rewrite": feedback.rewrite,
        },
        "scorer": score.scorer,
        "not_scored_because": score.not_scored_because,
    }


def rounded_probs(probs: dict[str, float]) -> dict[str, float]:
    """Round to six places with the rounding error given to the largest, so that they sum to 1."""
    rounded = {label: round(p, 6) for label, p in probs.items()}
    largest = max(rounded, key=lambda label: rounded[label])
    rest = sum(p for label, p in rounded.items() if label != largest)
    return {**rounded, largest: round(_ONE - rest, 6)}


def to_line(id_: str | int, score: TurnScore, feedback: Feedback | None) -> str:
    """Return a scored turn as one line of JSON."""
    return json.dumps(to_object(id_, score, feedback), ensure_ascii=False)
