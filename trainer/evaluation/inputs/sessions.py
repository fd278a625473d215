"""Kept practice sessions, to be scored again by the scorer of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from trainer.errors import InputError
from trainer.evaluation.talks import Item, OtherSide, Problem, Recorded, Talk
from trainer.records.store import SessionFolder, is_session_folder
from trainer.types import Kind, ManagerTurn, TurnRecord


def session_folders(folder: Path) -> list[Path]:
    """List the folder itself, or the folders in it, where they are sessions."""
    if is_session_folder(folder):
        return [folder]
    return sorted(path for path in folder.iterdir() if path.is_dir() and is_session_folder(path))


def read_session(folder: Path) -> Iterator[Talk | Problem]:
    """Read the last attempt at each turn of a session, with the scoring kept beside it."""
    session = SessionFolder(folder)
    try:
        info = session.info
        kept = {record.number: record for record in session.records()}
        kind = Kind(info.kind)
    except (InputError, ValueError) as error:
        yield Problem(str(folder), str(error).removeprefix(f"{folder}: "))
        return
    if not kept:
        yield Problem(str(folder), "holds no turns")
        return
    records = [kept[number] for number in sorted(kept)]
    items = tuple(_items(folder, records, kind))
    words = sum(len(record.said_before.split()) for record in records)
    yield Talk(folder.name, str(folder), items, kind, other=OtherSide(words))


def _items(folder: Path, records: Sequence[TurnRecord], kind: Kind) -> Iterator[Item]:
    lines: list[str] = []
    licensed = False
    for record in records:
        lines.append(record.said_before)
        score = record.score
        yield Item(
            f"{folder.name}/{record.number}",
            f"{folder}/turns.jsonl",
            ManagerTurn(record.text, tuple(lines[-2:]), tuple(lines[:-2]), kind, licensed),
            recorded=Recorded(
                score.scorer,
                score.question_quality,
                score.agenda_neutrality,
                tuple(segment.label for segment in score.segments),
            ),
        )
        licensed = record.reply.mind.licensed
