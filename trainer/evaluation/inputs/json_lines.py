"""JSONL: turns with their context, or the lines of transcripts, told apart by ``speaker``.

Turn: ``{"id", "text", "said_before"?, "earlier"?, "kind"?, "talk"?, "reference"?, "gold"?}``.
Line of a transcript: ``{"speaker", "text", "talk"?, "start"?, "end"?, "kind"?, "id"?,
"reference"?, "gold"?}``, in the order of the talk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from trainer.evaluation.inputs.judgements import Gold, judgements, refusal
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.inputs.text import Line, lines_of
from trainer.evaluation.inputs.transcript import Said, checked_times, talk_of
from trainer.evaluation.talks import Item, Problem, Talk
from trainer.evaluation.wire import TurnIn
from trainer.types import Kind

CHUNK = 64  # unrelated turns of a file are handed on in such lots, so that no file is held whole

_LIKE_A_TURN = '{"id": "1", "text": "What do you make of it?", "said_before": "They went quiet."}'
_LIKE_A_LINE = '{"talk": "7", "speaker": "Anna", "text": "How was the month?", "start": 1.5}'


class _Turn(TurnIn):
    """One turn with its context."""

    talk: str | None = None
    reference: str | None = None
    gold: Gold = None


class _Spoken(BaseModel):
    """One line of a transcript."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    speaker: str
    text: str
    talk: str | None = None
    start: float | None = None
    end: float | None = None
    kind: Kind | None = None
    id: str | int | None = None
    reference: str | None = None
    gold: Gold = None


def read_json_lines(
    path: Path, options: InputOptions, name: str | None = None
) -> Iterator[Talk | Problem]:
    """Read turns or transcripts, with a problem for each line that is neither.

    Args:
        path: The file.
        options: What was said about the inputs.
        name: What to call the file, if not by its path.
    """
    shown = name or str(path)
    id_ = "-" if name else path.stem
    held: list[_Parsed] = []
    parsed: _Parsed | Problem | None = None
    for parsed in _parsed(lines_of(path, options.encoding), shown):
        if isinstance(parsed, Problem):
            yield parsed
            continue
        full = len(held) == CHUNK and held[0].each.talk is None and _is_turn(held[0])
        if held and (full or not _same_talk(held[0], parsed)):
            yield from _talk(held, shown, id_, options)
            held = []
        held.append(parsed)
    if held:
        yield from _talk(held, shown, id_, options)
    if parsed is None:
        yield Problem(shown, f"is empty, expected a line like {_LIKE_A_TURN}")


class _Parsed(NamedTuple):
    where: str
    each: _Turn | _Spoken


def _is_turn(parsed: _Parsed) -> bool:
    return isinstance(parsed.each, _Turn)


def _same_talk(one: _Parsed, other: _Parsed) -> bool:
    return one.each.talk == other.each.talk and _is_turn(one) is _is_turn(other)


def _parsed(lines: Iterable[Line | Problem], name: str) -> Iterator[_Parsed | Problem]:
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        if not line.text.strip():
            continue
        where = f"{name}:{line.number}"
        shape, like = _shape(line.text)
        try:
            yield _Parsed(where, shape.model_validate_json(line.text))
        except ValidationError as error:
            yield Problem(where, f"{refusal(error)}; expected an object like {like}")


def _shape(line: str) -> tuple[type[_Turn] | type[_Spoken], str]:
    try:
        plain = json.loads(line)
    except ValueError:
        return _Turn, _LIKE_A_TURN
    spoken = isinstance(plain, dict) and "speaker" in plain
    return (_Spoken, _LIKE_A_LINE) if spoken else (_Turn, _LIKE_A_TURN)


def _talk(
    held: Sequence[_Parsed], name: str, id_: str, options: InputOptions
) -> Iterator[Talk | Problem]:
    talk = held[0].each.talk
    if not _is_turn(held[0]):
        yield from _transcript(held, talk or id_, options)
        return
    items = tuple(_item(where, each) for where, each in held if isinstance(each, _Turn))
    yield Talk(talk or id_, name, items, items[0].turn.kind, whole=talk is not None)


def _item(where: str, each: _Turn) -> Item:
    turn = each.turn()
    gold = judgements(each.gold, turn.text)
    return Item(str(each.id), where, turn, reference=each.reference, gold=gold)


def _transcript(
    held: Sequence[_Parsed], talk: str, options: InputOptions
) -> Iterator[Talk | Problem]:
    said: list[Said] = []
    spoken = [(where, each) for where, each in held if isinstance(each, _Spoken)]
    for line in checked_times(_said(where, each) for where, each in spoken):
        if isinstance(line, Problem):
            yield line
        else:
            said.append(line)
    kind = next((each.kind for _, each in spoken if each.kind), None)
    yield talk_of(talk, held[0].where, said, options, kind)


def _said(where: str, each: _Spoken) -> Said:
    return Said(
        where,
        each.speaker,
        " ".join(each.text.split()),
        each.start,
        each.end,
        None if each.id is None else str(each.id),
        each.reference,
        judgements(each.gold, each.text),
    )
