"""What people made of turns, as it is written: beside each turn, or in a file of its own.

One judgement is ``{"rater"?, "segments": [{"text", "label", "flags"?}], "question_quality"?,
"agenda_neutrality"?}``; ``{"label": …}`` stands for one segment that is the whole turn. A turn has
one, or a list of them, one a rater.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trainer.errors import InputError
from trainer.evaluation.inputs.text import UTF8, Line, lines_of
from trainer.evaluation.talks import GoldSegment, Judgement, Problem
from trainer.types import Flag, Label

Score = Annotated[float, Field(ge=0, le=100)]
ONE_RATER = "gold"


class SegmentIn(BaseModel):
    """One labelled stretch of words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    label: Label
    flags: tuple[Flag, ...] = ()
    probs: dict[str, float] | None = None
    """Passed over: there when a scorer's own output is given as gold."""


class JudgementIn(BaseModel):
    """One person's judgement of one turn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rater: str = ONE_RATER
    segments: tuple[SegmentIn, ...] = ()
    label: Label | None = None
    flags: tuple[Flag, ...] = ()
    question_quality: Score | None = None
    agenda_neutrality: Score | None = None

    def judgement(self, text: str) -> Judgement:
        """Return the judgement of a turn with these words."""
        segments = tuple(GoldSegment(s.text, s.label, s.flags) for s in self.segments)
        if self.label is not None and not segments:
            segments = (GoldSegment(text, self.label, self.flags),)
        return Judgement(self.rater, segments, self.question_quality, self.agenda_neutrality)


Gold = JudgementIn | tuple[JudgementIn, ...] | None


def judgements(gold: Gold, text: str) -> tuple[Judgement, ...]:
    """Return what stands beside a turn as judgements of it."""
    if gold is None:
        return ()
    given = (gold,) if isinstance(gold, JudgementIn) else gold
    return tuple(each.judgement(text) for each in given)


class _GoldLine(JudgementIn):
    """One line of a file of judgements."""

    id: str | int
    text: str | None = None
    """Passed over: the turn has its own words."""


def refusal(error: ValidationError) -> str:
    """Say in one phrase what is wrong, without quoting the input."""
    detail: Any = error.errors()[0]
    field = ".".join(str(step) for step in detail["loc"]) or "line"
    if detail["type"] == "model_type":  # its message has the name of a class of ours
        return f"{field}: not an object"
    return f"{field}: {detail['msg'].lower()}"


def read_gold(path: Path, encoding: str = UTF8) -> dict[str, tuple[Judgement, ...]]:
    """Read a file of judgements: JSONL, or CSV with ``id`` and ``label`` or scores.

    A CSV has a row a segment (``id, text, label, flags, rater``) or a row a turn with scores.

    Raises:
        InputError: It cannot be used; names file and line.
    """
    rows = _csv_rows if path.suffix.lower() in {".csv", ".tsv"} else _json_rows
    found: dict[str, dict[str, Judgement]] = {}
    for line in rows(path, encoding):
        given = line.judgement(line.text or "")
        raters = found.setdefault(str(line.id), {})
        known = raters.get(given.rater)
        raters[given.rater] = _joined(known, given) if known else given
    if not found:
        raise InputError(f"{path}: holds no judgements; expected lines with id and gold labels")
    return {id_: tuple(raters.values()) for id_, raters in found.items()}


def _joined(known: Judgement, given: Judgement) -> Judgement:
    quality, neutrality = (
        new if new is not None else old
        for new, old in (
            (given.question_quality, known.question_quality),
            (given.agenda_neutrality, known.agenda_neutrality),
        )
    )
    return replace(
        known,
        segments=known.segments + given.segments,
        question_quality=quality,
        agenda_neutrality=neutrality,
    )


def _lines(path: Path, encoding: str) -> Iterator[Line]:
    for line in lines_of(path, encoding):
        if isinstance(line, Problem):
            raise InputError(f"{line.where}: {line.message}")
        if line.text.strip():
            yield line


def _json_rows(path: Path, encoding: str) -> Iterator[_GoldLine]:
    for line in _lines(path, encoding):
        where = f"{path}:{line.number}"
        try:
            yield _GoldLine.model_validate_json(line.text)
        except ValidationError as error:
            raise InputError(
                f"{where}: {refusal(error)}; expected an object like "
                '{"id": "t/1", "label": "open_question"}'
            ) from error


def _csv_rows(path: Path, encoding: str) -> Iterator[_GoldLine]:
    separator = "\t" if path.suffix.lower() == ".tsv" else None
    numbered = list(_lines(path, encoding))
    if not numbered:
        return
    head = numbered[0].text
    separator = separator or max(",;\t", key=head.count)
    table = csv.DictReader((line.text for line in numbered), delimiter=separator)
    if "id" not in (table.fieldnames or ()):
        raise InputError(f"{path}:1: no column 'id'; found {', '.join(table.fieldnames or ())}")
    for line, row in zip(numbered[1:], table, strict=False):
        where = f"{path}:{line.number}"
        yield _gold_row(row, where)


def _gold_row(row: Mapping[str, str | None], where: str) -> _GoldLine:
    plain: dict[str, Any] = {key: value for key, value in row.items() if value and key}
    if "flags" in plain:
        plain["flags"] = tuple(plain["flags"].replace("+", " ").split())
    if "text" in plain and "label" in plain:
        segment = {"text": plain["text"], "label": plain.pop("label")}
        plain["segments"] = ({**segment, "flags": plain.pop("flags", ())},)
    known = set(_GoldLine.model_fields)
    try:
        return _GoldLine.model_validate({k: v for k, v in plain.items() if k in known})
    except ValidationError as error:
        raise InputError(
            f"{where}: {refusal(error)}; expected a rubric label, or scores from 0 to 100"
        ) from error
