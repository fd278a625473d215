"""CSV and TSV: a row a turn, or a row a line of a transcript when there is a speaker column.

Columns go by our names (``id, text, said_before, kind, talk, speaker, start, end, reference,
gold_label, gold_flags, gold_question_quality, gold_agenda_neutrality, rater``) in any case and
order, or by the ones ``--column text=Transcript`` names. Whisper's own TSV (``start end text``, in
milliseconds) is a transcript without speakers. The separator is the comma, semicolon or tab the
first line has most of.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from trainer.evaluation.inputs.json_lines import CHUNK
from trainer.evaluation.inputs.judgements import JudgementIn, refusal
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.inputs.text import lines_of
from trainer.evaluation.inputs.times import seconds_in
from trainer.evaluation.inputs.transcript import Said, checked_times, talk_of
from trainer.evaluation.talks import Item, Judgement, Problem, Talk
from trainer.types import Kind, ManagerTurn

COLUMNS = (
    "id text said_before kind talk speaker start end reference gold_label gold_flags "
    "gold_question_quality gold_agenda_neutrality rater"
).split()
_MILLISECONDS = ("start", "end", "text")  # whisper's own TSV


class _Row(NamedTuple):
    where: str
    cells: Mapping[str, str]


def read_table(path: Path, options: InputOptions) -> Iterator[Talk | Problem]:
    """Read turns or transcripts from a table, with a problem for each row that is neither."""
    rows: list[_Row] = []
    columns: tuple[str, ...] = ()
    in_lines = False
    for row in _rows(path, options):
        if isinstance(row, Problem):
            yield row
            continue
        if not columns:
            columns = tuple(row.cells)
            in_lines = "speaker" in columns or ("said_before" not in columns and "start" in columns)
        alone = not in_lines and not row.cells.get("talk")
        full = alone and len(rows) == CHUNK
        if rows and (full or rows[0].cells.get("talk") != row.cells.get("talk")):
            yield from _talk(path, rows, columns, in_lines, options)
            rows = []
        rows.append(row)
    if rows:
        yield from _talk(path, rows, columns, in_lines, options)


def _rows(path: Path, options: InputOptions) -> Iterator[_Row | Problem]:
    reader = _Reader(path, options)
    header = next(reader, None)
    if header is None:
        yield from reader.problems
        if not reader.problems:
            yield Problem(str(path), "is empty, expected a line of column names")
        return
    names = _our_names(header, options.columns)
    if "text" not in names:
        found = ", ".join(cell.strip() for cell in header) or "nothing"
        yield Problem(
            f"{path}:{reader.line}",
            f"no column 'text': found {found[:200]}; name yours with --column text=NAME",
        )
        return
    for cells in reader:
        yield from reader.take_problems()
        where = f"{path}:{reader.line}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            yield Problem(where, f"found {len(cells)} columns, expected {len(header)}")
            continue
        pairs = zip(names, cells, strict=True)
        yield _Row(where, {name: cell.strip() for name, cell in pairs if name})
    yield from reader.take_problems()


class _Reader(Iterator[list[str]]):
    """A csv reader over decoded lines, which knows where it is and what could not be decoded."""

    def __init__(self, path: Path, options: InputOptions) -> None:
        self.problems: list[Problem] = []
        self.line = 0  # number of the line the last row started at
        self._last = 0
        self._lines = lines_of(path, options.encoding)
        first = next(self._texts(), "")
        self._first_line, self._last = self._last, 0
        self._first: str | None = first
        self._csv = csv.reader(self._all(), delimiter=max(",;\t", key=first.count))

    def __next__(self) -> list[str]:
        before = self._last
        row = next(self._csv)
        self.line = max(before + 1, 1)
        return row

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call."""
        found, self.problems = self.problems, []
        return found

    def _all(self) -> Iterator[str]:
        if self._first:
            self._last = self._first_line
            yield self._first + "\n"
        yield from (text + "\n" for text in self._texts())

    def _texts(self) -> Iterator[str]:
        for line in self._lines:
            if isinstance(line, Problem):
                self.problems.append(line)
            else:
                self._last = line.number
                yield line.text


def _our_names(header: Sequence[str], given: Mapping[str, str]) -> list[str]:
    """Give each column our name, or an empty one when it is none of ours."""
    theirs = {name.strip().casefold(): ours for ours, name in given.items()}
    names = []
    for cell in header:
        name = cell.strip().casefold()
        ours = theirs.get(name) or (name if name in COLUMNS and name not in given else "")
        names.append(ours)
    return names


def _talk(
    path: Path,
    rows: Sequence[_Row],
    columns: Sequence[str],
    in_lines: bool,
    options: InputOptions,
) -> Iterator[Talk | Problem]:
    talk = rows[0].cells.get("talk")
    if in_lines:
        milliseconds = tuple(columns) == _MILLISECONDS and path.suffix.lower() == ".tsv"
        yield from _transcript(path, rows, talk or path.stem, options, milliseconds)
        return
    items: list[Item] = []
    for row in rows:
        item = _item(path, row, options)
        if isinstance(item, Problem):
            yield item
        else:
            items.append(item)
    if items:
        kind = items[0].turn.kind
        yield Talk(talk or path.stem, str(path), tuple(items), kind, whole=bool(talk))


def _item(path: Path, row: _Row, options: InputOptions) -> Item | Problem:
    cells = row.cells
    kind = _kind(row, options)
    gold = _gold(row)
    if isinstance(kind, Problem):
        return kind
    if isinstance(gold, Problem):
        return gold
    before = (cells["said_before"],) if cells.get("said_before") else ()
    number = row.where.rpartition(":")[2]
    return Item(
        cells.get("id") or f"{path.stem}/{number}",
        row.where,
        ManagerTurn(cells["text"], before, kind=kind),
        reference=cells.get("reference") or None,
        gold=gold,
    )


def _kind(row: _Row, options: InputOptions) -> Kind | Problem:
    named = row.cells.get("kind") or options.kind.value
    if named not in list(Kind):
        return Problem(row.where, f"kind: found '{named[:30]}', expected {', '.join(Kind)}")
    return Kind(named)


def _gold(row: _Row) -> tuple[Judgement, ...] | Problem:
    plain: dict[str, Any] = {
        name.removeprefix("gold_"): cell
        for name, cell in row.cells.items()
        if cell and (name.startswith("gold_") or name == "rater")
    }
    if not plain.keys() - {"rater"}:
        return ()
    if "flags" in plain:
        plain["flags"] = tuple(plain["flags"].replace("+", " ").split())
    try:
        return (JudgementIn.model_validate(plain).judgement(row.cells["text"]),)
    except ValidationError as error:
        return Problem(row.where, f"gold_{refusal(error)}")


def _transcript(
    path: Path, rows: Sequence[_Row], talk: str, options: InputOptions, milliseconds: bool
) -> Iterator[Talk | Problem]:
    said: list[Said] = []
    for line in checked_times(_said(row, 1000.0 if milliseconds else 1.0) for row in rows):
        if isinstance(line, Problem):
            yield line
        else:
            said.append(line)
    kind = _kind(rows[0], options)
    if isinstance(kind, Problem):
        yield kind
        return
    yield talk_of(talk, rows[0].where, said, options, kind)


def _said(row: _Row, per_second: float) -> Said | Problem:
    times: list[float | None] = []
    for name in ("start", "end"):
        cell = row.cells.get(name)
        seconds = seconds_in(cell) if cell else None
        if cell and seconds is None:
            return Problem(row.where, f"{name}: not a time, expected like 00:01:02.5 or 62.5")
        times.append(None if seconds is None else seconds / per_second)
    gold = _gold(row)
    if isinstance(gold, Problem):
        return gold
    cells = row.cells
    return Said(
        row.where,
        cells.get("speaker") or None,
        " ".join(cells["text"].split()),
        times[0],
        times[1],
        cells.get("id") or None,
        cells.get("reference") or None,
        gold,
    )
