"""CSV: a row a turn, for spreadsheets."""

from __future__ import annotations

import csv
from typing import TextIO

from trainer.evaluation.run import Evaluation

COLUMNS = (
    "talk id kind start_s end_s text said_before question_quality agenda_neutrality labels flags "
    "scorer recogniser not_scored_because where"
).split()
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(result: Evaluation, out: TextIO) -> None:
    """Write a row a turn; what was not scored is an empty cell."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for turn in result.turns():
        cells = {
            **{name: getattr(turn, name, None) for name in COLUMNS},
            "labels": " ".join(turn.labels),
            "flags": " ".join(sorted({flag for s in turn.segments for flag in s.flags})),
        }
        writer.writerow([_cell(cells[name]) for name in COLUMNS])


def _cell(value: object) -> object:
    # A spreadsheet runs a text that starts like a formula; an apostrophe makes it a text.
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
