"""Measure on data labelled by people outside the project, where it lies beside the checkout.

All of it is counselling or tutoring, not sales: every figure is a transfer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trainer.labels import SCORED_ASKS
from trainer.protocols import Classifier
from trainer.training.figures import Figure, f1
from trainer.training.judging import ASKING, Found
from trainer.types import Label, ManagerTurn

ANNOMI = "annomi_dev.jsonl"
MATHDIAL = "mathdial_dev.jsonl"
OPEN_FORM = frozenset({Label.OPEN_QUESTION, Label.WHY_CHALLENGE})
ADVISING = frozenset({Label.ADVICE, Label.ADVICE_QUESTION, Label.DIRECTION})
TELLING = frozenset({Label.INFORMATION, Label.ADVICE, Label.DIRECTION, Label.PRESSURE, Label.STORY})
Change = Callable[[str], str]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _asks(found: Found) -> bool:
    return any(each.label in ASKING for each in found)


def _form(found: Found) -> str:
    """Return the form of the turn's last ask, which is the one that gets answered."""
    asks = [each.label for each in found if each.label in SCORED_ASKS]
    if not asks:
        return "none"
    return "open" if asks[-1] in OPEN_FORM else "closed"


def annomi(classifier: Classifier, path: Path, change: Change) -> dict[str, Figure]:
    """Counselling turns: question or not, open, closed, advice."""
    rows = _rows(path)
    turns = [
        ManagerTurn(change(row["text"]), (row["said_before"],) if row["said_before"] else ())
        for row in rows
    ]
    answers = classifier.label(turns)
    talks = [str(row["transcript"]) for row in rows]
    formed = [at for at, row in enumerate(rows) if row["question_form"] is not None]
    of = [talks[at] for at in formed]
    forms = [rows[at]["question_form"] for at in formed]
    guessed = [_form(answers[at]) for at in formed]
    advised = [any(each.label in ADVISING for each in found) for found in answers]
    return {
        "AnnoMI question F1": f1(talks, [r["question"] for r in rows], [*map(_asks, answers)]),
        "AnnoMI open F1": f1(of, [x == "open" for x in forms], [x == "open" for x in guessed]),
        "AnnoMI closed F1": f1(
            of, [x == "closed" for x in forms], [x == "closed" for x in guessed]
        ),
        "AnnoMI advice F1": f1(talks, [row["advice"] for row in rows], advised),
    }


def mathdial(classifier: Classifier, path: Path, change: Change) -> dict[str, Figure]:
    """Tutoring turns: a focusing or probing move asks, a telling move tells and does not ask."""
    rows = _rows(path)
    answers = classifier.label([ManagerTurn(change(row["text"])) for row in rows])
    talks = [str(at) for at, _ in enumerate(rows)]
    tells = [not _asks(found) and any(each.label in TELLING for each in found) for found in answers]
    asked = [row["move"] in ("focus", "probing") for row in rows]
    return {
        "MathDial asking move F1": f1(talks, asked, [*map(_asks, answers)]),
        "MathDial telling move F1": f1(talks, [row["move"] == "telling" for row in rows], tells),
    }


def measure_external(classifier: Classifier, folder: Path, change: Change) -> dict[str, Figure]:
    """Measure on what is there; nothing, where the folder is not."""
    found: dict[str, Figure] = {}
    if (folder / ANNOMI).is_file():
        found |= annomi(classifier, folder / ANNOMI, change)
    if (folder / MATHDIAL).is_file():
        found |= mathdial(classifier, folder / MATHDIAL, change)
    return found
