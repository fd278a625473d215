"""Recordings: single ones, folders of them, and manifests that say more about each.

``manifest.jsonl`` has an object a line, ``manifest.csv`` a row: ``file``, and if wanted ``id,
talk, said_before, kind, reference, gold`` (JSONL), ``manager``. With ``manager`` (left or right)
the recording is a whole talk with one speaker a channel; otherwise it is one turn of theirs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from trainer.evaluation.inputs.judgements import Gold, judgements, refusal
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.inputs.text import lines_of
from trainer.evaluation.talks import Channel, Item, Problem, Talk, TwoChannelTalk
from trainer.types import Kind, ManagerTurn

MANIFESTS = ("manifest.jsonl", "manifest.csv")


class _Listed(BaseModel):
    """One line of a manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    id: str | None = None
    talk: str | None = None
    said_before: str | None = None
    kind: Kind | None = None
    reference: str | None = None
    gold: Gold = None
    manager: Channel | None = None


class _Row(NamedTuple):
    where: str
    each: _Listed


def manifest_of(folder: Path) -> Path | None:
    """Return a folder's manifest, if it has one."""
    return next((folder / name for name in MANIFESTS if (folder / name).is_file()), None)


def read_recording(path: Path, options: InputOptions) -> Talk | TwoChannelTalk:
    """Take a recording as a whole talk where the manager's channel is named, else as one turn."""
    if options.channel is not None:
        return TwoChannelTalk(path.stem, str(path), path, options.channel, options.kind)
    turn = ManagerTurn("", kind=options.kind)
    folder = path.parent
    if not folder.name:
        item = Item(path.stem, str(path), turn, recording=path)
        return Talk(path.stem, str(path), (item,), options.kind, whole=False)
    # The recordings of one folder are shown together, as the turns of one file are.
    item = Item(f"{folder.name}/{path.stem}", str(path), turn, recording=path)
    return Talk(folder.name, str(folder), (item,), options.kind, whole=False)


def read_manifest(
    manifest: Path, options: InputOptions
) -> Iterator[Talk | TwoChannelTalk | Problem]:
    """Read the recordings a manifest names; those of one talk are one, in the manifest's order."""
    rows: list[_Row] = []
    for row in _rows(manifest, options):
        if isinstance(row, Problem):
            yield row
        else:
            rows.append(row)
    folder = manifest.parent
    for talk, members in groupby(rows, lambda row: row.each.talk):
        items: list[Item] = []
        for where, each in members:
            channel = each.manager
            kind = each.kind or options.kind
            path = folder / each.file
            if channel is not None:
                id_ = each.id or talk or path.stem
                yield TwoChannelTalk(id_, where, path, channel, kind)
                continue
            before = (each.said_before,) if each.said_before else ()
            items.append(
                Item(
                    each.id or f"{folder.name}/{Path(each.file).stem}",
                    where,
                    ManagerTurn("", before, kind=kind),
                    recording=path,
                    reference=each.reference,
                    gold=judgements(each.gold, each.reference or ""),
                )
            )
            if talk is None:
                yield Talk(folder.name, str(manifest), (items.pop(),), kind, whole=False)
        if items:
            kind = items[0].turn.kind
            yield Talk(talk or folder.name, str(manifest), tuple(items), kind)


def _rows(manifest: Path, options: InputOptions) -> Iterator[_Row | Problem]:
    table = manifest.suffix == ".csv"
    header: list[str] = []
    separator = ","
    for line in lines_of(manifest, options.encoding):
        if isinstance(line, Problem):
            yield line
            continue
        if not line.text.strip():
            continue
        where = f"{manifest}:{line.number}"
        if table and not header:
            separator = max(",;\t", key=line.text.count)
            header = [name.strip().casefold() for name in line.text.split(separator)]
            continue
        try:
            yield _Row(where, _listed(line.text, header, separator))
        except ValidationError as error:
            yield Problem(where, f'{refusal(error)}; expected like {{"file": "01.wav"}}')


def _listed(line: str, header: list[str], separator: str) -> _Listed:
    if not header:
        return _Listed.model_validate_json(line, strict=True)
    cells = next(csv.reader([line], delimiter=separator))
    plain: dict[str, Any] = {n: c.strip() for n, c in zip(header, cells, strict=False) if c.strip()}
    return _Listed.model_validate(plain)
