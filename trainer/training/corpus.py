"""Read the labelled talks under ``models/corpus`` into typed values.

A file is plain text. ``# talk ID | kind | setting`` starts a talk, ``S:`` is a salesperson's
line, and ``M:`` or ``M{near,miss}:`` a manager's whole turn, written as segments
``[label +flag +flag] words``. Anything else is an error that names path and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from trainer.errors import InputError
from trainer.scoring.own_words import grants_leave
from trainer.types import Flag, Kind, Label, ManagerTurn

NEAR_MISSES = frozenset(
    "owner_swap advice_in_open polite_order statement_asks tag stacked slant why presupposition"
    " disfluent asr".split()
)
SAID_BEFORE_LINES = 2  # the rubric's context: the salesperson's previous two lines

_HEADER = re.compile(r"# *talk +([a-z]+-\d{3}) *\|([^|]*)\|(.*)$")
_TURN = re.compile(r"M(?:\{([^}]*)\})?:(.*)$")
_SEGMENT = re.compile(r"\[([^\[\]]*)\]([^\[\]]*)")


@dataclass(frozen=True, slots=True)
class GoldSegment:
    """A segment as its writer labelled it."""

    text: str
    label: Label
    flags: frozenset[Flag]


@dataclass(frozen=True, slots=True)
class CorpusTurn:
    """One manager turn with its context and the labels its writer gave it."""

    talk: str
    turn: ManagerTurn
    segments: tuple[GoldSegment, ...]
    near: frozenset[str]
    """Kinds of near-miss this turn was written as; empty for an ordinary one."""
    line: int
    """Line number in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One labelled talk."""

    id: str
    kind: Kind
    setting: str
    turns: tuple[CorpusTurn, ...]


class _Header(NamedTuple):
    id: str
    kind: Kind
    setting: str


class _Before(NamedTuple):
    said: tuple[str, ...]
    asked_leave: bool
    """The manager's previous turn asked for leave."""


def corpus_files(folder: Path) -> list[Path]:
    """List the talk files of a folder, at any depth, in a fixed order; notes are left out."""
    return sorted(path for path in folder.rglob("[0-9]*.txt") if path.is_file())


def read_corpus(paths: Iterable[Path]) -> list[Talk]:
    """Read talk files in order.

    Raises:
        InputError: A file cannot be read or a line is not in the format.
    """
    talks: list[Talk] = []
    ids: dict[str, Path] = {}
    for path in paths:
        for talk in read_talks(path):
            if talk.id in ids:
                raise InputError(
                    f"{path}: talk {talk.id} is also in {ids[talk.id]}: give one of them another id"
                )
            ids[talk.id] = path
            talks.append(talk)
    return talks


def read_talks(path: Path) -> list[Talk]:
    """Read one talk file.

    Raises:
        InputError: The file cannot be read or a line is not in the format.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {type(exc).__name__}") from exc
    return list(_talks(text, path))


def _talks(text: str, path: Path) -> Iterator[Talk]:
    header: _Header | None = None
    said: list[str] = []
    turns: list[CorpusTurn] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line, where = raw.strip(), f"{path}:{number}"
        if not line:
            continue
        if line.startswith("#"):
            if header is not None:
                yield Talk(*header, tuple(turns))
            header, said, turns = _header(line, where), [], []
        elif header is None:
            raise InputError(f"{where}: a line before any talk: start with '# talk ID | kind | …'")
        elif line.startswith("S:"):
            said.append(line[2:].strip())
        else:
            asked_leave = bool(turns) and any(
                each.label is Label.PERMISSION for each in turns[-1].segments
            )
            turns.append(_turn(line, where, number, header, _Before(tuple(said), asked_leave)))
    if header is not None:
        yield Talk(*header, tuple(turns))


def _header(line: str, where: str) -> _Header:
    match = _HEADER.match(line)
    if match is None:
        raise InputError(f"{where}: found no header, expected '# talk a-001 | kind | setting'")
    talk, kind, setting = (part.strip() for part in match.groups())
    if kind not in list(Kind):
        raise InputError(f"{where}: kind: found '{kind}', expected one of {', '.join(Kind)}")
    return _Header(talk, Kind(kind), setting)


def _turn(line: str, where: str, number: int, header: _Header, before: _Before) -> CorpusTurn:
    match = _TURN.match(line)
    if match is None:
        raise InputError(f"{where}: found none of '#', 'S:', 'M:' at the start of the line")
    near = frozenset(kind.strip() for kind in (match[1] or "").split(",") if kind.strip())
    if unknown := near - NEAR_MISSES:
        raise InputError(f"{where}: near-miss: unknown kind '{min(unknown)}'")
    body = match[2].strip()
    if _SEGMENT.sub("", body).strip() or not body:
        raise InputError(f"{where}: expected '[label +flag] words' from the start to the end")
    segments = tuple(_segment(tag, words, where) for tag, words in _SEGMENT.findall(body))
    context = before.said[-SAID_BEFORE_LINES:]
    turn = ManagerTurn(
        text=" ".join(segment.text for segment in segments),
        said_before=context,
        earlier=before.said[:-SAID_BEFORE_LINES],
        kind=header.kind,
        licensed=before.asked_leave and bool(context) and grants_leave(context[-1]),
    )
    return CorpusTurn(header.id, turn, segments, near, number)


def _segment(tag: str, words: str, where: str) -> GoldSegment:
    label, *marks = tag.split() or [""]
    if label not in list(Label):
        raise InputError(f"{where}: label: unknown '{label}'")
    flags = set()
    for mark in marks:
        if not mark.startswith("+") or mark[1:] not in list(Flag):
            raise InputError(f"{where}: flag: found '{mark}', expected +name of a rubric flag")
        flags.add(Flag(mark[1:]))
    if not words.strip():
        raise InputError(f"{where}: [{label}] has no words")
    return GoldSegment(" ".join(words.split()), Label(label), frozenset(flags))
