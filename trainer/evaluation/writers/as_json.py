"""JSON, whose schema is published, and JSONL, an object a turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TextIO

from pydantic import TypeAdapter

from trainer import __version__
from trainer.evaluation.agreement import Agreement
from trainer.evaluation.compare import Comparison
from trainer.evaluation.result import (
    FORMAT,
    EvaluatedTalk,
    EvaluatedTurn,
    ScenarioResult,
    plain,
)
from trainer.evaluation.run import Evaluation
from trainer.evaluation.summary import Summary
from trainer.evaluation.talks import Problem
from trainer.evaluation.thresholds import Checked
from trainer.types import Axis

SCHEMA_ID = f"urn:practice-trainer:evaluation-result:{FORMAT}"


@dataclass(frozen=True, slots=True)
class Kept:
    """One threshold and whether it was kept."""

    name: str
    limit: float
    side: Literal["least", "most"]
    found: float | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Document:
    """The whole result as it is written."""

    format: Literal[2]
    trainer: str
    """Version of the program."""
    scorer: str | None
    """Name and version; null when no turn was met."""
    means: dict[Axis, float | None]
    summary: Summary
    talks: tuple[EvaluatedTalk, ...]
    turns: tuple[EvaluatedTurn, ...]
    scenarios: tuple[ScenarioResult, ...]
    problems: tuple[Problem, ...]
    thresholds: tuple[Kept, ...]
    gold: Agreement | None
    against: Comparison | None
    recorded: Comparison | None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the result."""
    made: dict[str, Any] = TypeAdapter(Document).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **made,
        "title": f"Result of trainer evaluate, format {FORMAT}",
    }


def write_json(result: Evaluation, checked: Sequence[Checked], out: TextIO) -> None:
    """Write the whole result as one object; a turn a line."""
    first = next(result.turns(), None)
    head = {
        "format": FORMAT,
        "trainer": __version__,
        "scorer": first.scorer if first else None,
        "means": {
            axis.value: summary.mean.value if summary.mean else None
            for axis, summary in result.summary.axes.items()
        },
        "summary": plain(result.summary),
    }
    tail = {
        "scenarios": plain(result.scenarios),
        "problems": plain(result.problems),
        "thresholds": plain([_kept(each) for each in checked]),
        "gold": plain(result.gold),
        "against": plain(result.against),
        "recorded": plain(result.recorded),
    }
    out.write("{\n")
    for name, value in head.items():
        out.write(f'"{name}": {_dumped(value)},\n')
    _write_list("talks", result.talks, out)
    _write_list("turns", result.turns(), out)
    out.write(",\n".join(f'"{name}": {_dumped(value)}' for name, value in tail.items()))
    out.write("\n}\n")


def _write_list(name: str, values: Any, out: TextIO) -> None:
    out.write(f'"{name}": [')
    for at, value in enumerate(values):
        out.write(("," if at else "") + "\n" + _dumped(plain(value)))
    out.write("\n],\n")


def _kept(checked: Checked) -> Kept:
    threshold = checked.threshold
    side: Literal["least", "most"] = "least" if threshold.is_least else "most"
    return Kept(threshold.name, threshold.limit, side, checked.found, checked.held)


def turn_line(turn: EvaluatedTurn) -> str:
    """Return a turn as one line of JSON."""
    return _dumped(plain(turn)) + "\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
