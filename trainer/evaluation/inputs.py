"""What can be evaluated: files of typed turns, folders of recordings, session folders.

A problem with one item is a value of its own, so that the rest is still done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from trainer.audio.wav import RECORDINGS
from trainer.errors import InputError
from trainer.evaluation.wire import parse_line
from trainer.records.store import SessionFolder, is_session_folder
from trainer.types import Kind, ManagerTurn

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Item:
    """One turn to be evaluated: typed words, or a recording of them."""

    id: str
    turn: ManagerTurn
    """Its text is empty for a recording."""
    recording: Path | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read; the rest was."""

    where: str
    message: str


class _Listed(BaseModel):
    """One line of a recordings folder's manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    file: str
    id: str | None = None
    said_before: str | None = None
    kind: Kind = Kind.COACHING


def items_in(paths: Iterable[Path]) -> Iterator[Item | Problem]:
    """Yield every turn under the paths, and every problem met on the way, in order."""
    for path in paths:
        if not path.exists():
            yield Problem(str(path), "no such file or folder")
        elif path.is_dir():
            yield from _in_folder(path)
        elif path.suffix.lower() == ".jsonl":
            yield from _in_turn_file(path)
        elif path.suffix.lower() in RECORDINGS:
            yield Item(path.stem, ManagerTurn(""), path)
        else:
            expected = ", ".join(sorted({".jsonl", *RECORDINGS}))
            yield Problem(str(path), f"found '{path.suffix}', expected {expected} or a folder")


def _in_folder(folder: Path) -> Iterator[Item | Problem]:
    if is_session_folder(folder):
        yield from _in_session(folder)
        return
    inner = sorted(path for path in folder.iterdir() if path.is_dir() and is_session_folder(path))
    if inner:
        for path in inner:
            yield from _in_session(path)
        return
    yield from _in_recordings(folder)


def _in_session(folder: Path) -> Iterator[Item | Problem]:
    session = SessionFolder(folder)
    try:
        info = session.info
        kept = {record.number: record for record in session.records()}
    except InputError as error:
        yield Problem(str(folder), str(error))
        return
    lines: list[str] = []
    licensed = False
    for number in sorted(kept):
        record = kept[number]
        lines.append(record.said_before)
        kind = Kind(info.kind)
        turn = ManagerTurn(record.text, tuple(lines[-2:]), tuple(lines[:-2]), kind, licensed)
        licensed = record.reply.mind.licensed
        yield Item(f"{folder.name}/{number}", turn)


def _in_turn_file(path: Path) -> Iterator[Item | Problem]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(str(path), f"cannot be read as UTF-8 text ({type(error).__name__})")
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            read = parse_line(line, f"{path}:{number}")
        except InputError as error:
            yield Problem(f"{path}:{number}", str(error).removeprefix(f"{path}:{number}: "))
            continue
        yield Item(str(read.id), read.turn())


def _in_recordings(folder: Path) -> Iterator[Item | Problem]:
    manifest = folder / MANIFEST
    if manifest.is_file():
        yield from _listed(folder, manifest)
        return
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in RECORDINGS)
    if not files:
        yield Problem(str(folder), f"no session, no recordings and no {MANIFEST} in it")
    for path in files:
        yield Item(f"{folder.name}/{path.stem}", ManagerTurn(""), path)


def _listed(folder: Path, manifest: Path) -> Iterator[Item | Problem]:
    for number, line in enumerate(manifest.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            each = _Listed.model_validate_json(line)
        except ValidationError as error:
            detail: Any = error.errors()[0]
            field = ".".join(str(step) for step in detail["loc"]) or "line"
            message = f'{field}: {detail["msg"].lower()}; expected like {{"file": "01.wav"}}'
            yield Problem(f"{manifest}:{number}", message)
            continue
        before = (each.said_before,) if each.said_before else ()
        turn = ManagerTurn("", before, kind=each.kind)
        yield Item(each.id or f"{folder.name}/{Path(each.file).stem}", turn, folder / each.file)
