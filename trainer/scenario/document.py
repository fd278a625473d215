"""YAML 1.2 as scenario files use it: plain values, each with the place it was written.

PyYAML (libyaml) only cuts the text into events; what a word means is decided here by the core
schema of YAML 1.2, so ``on``, ``no`` and ``12:30`` are words. What a writer of lines falls into
unawares (anchors, tags, comments that swallow half a line, keys twice) is refused with its place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from trainer.errors import ScenarioError
from trainer.scenario.finding import Finding, Place
from trainer.scenario.traps import Cause, cause_of, swallowed_line, unseen_character

DEEPEST = 20  # levels of nesting; a scenario needs eight
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT = re.compile(r"[-+]?[0-9]{1,18}|0x[0-9a-fA-F]{1,15}|0o[0-7]{1,20}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_SWALLOWED = re.compile(r"[ \t]+#\w")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was written: its key in a mapping, its dash in a list."""

    value: str | int | float | bool | dict[str, Node] | list[Node] | None
    place: Place

    def plain(self) -> Any:
        """Return the value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def place_of(self, where: tuple[int | str, ...]) -> Place:
        """Return the place of a value, or of the nearest written thing around it."""
        node = self
        for step in where:
            inner: Node | None = None
            if isinstance(node.value, dict) and isinstance(step, str):
                inner = node.value.get(step)
            elif isinstance(node.value, list) and isinstance(step, int):
                inner = node.value[step] if step < len(node.value) else None
            if inner is None:
                break
            node = inner
        return node.place


def parse(path: Path, text: str) -> Node:
    """Read one YAML document.

    Raises:
        ScenarioError: It is not YAML 1.2, or uses what scenario files do not; with its place.
    """
    unseen = unseen_character(text)
    if unseen is not None:
        raise _refused(path, unseen)
    reader = _Reader(path, text)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        cause = cause_of(error, text.splitlines())
        problem = " ".join(str(error.problem or error.context).split())
        advice = f"not valid YAML: {problem}; {cause.advice}"
        raise _refused(path, cause._replace(advice=advice)) from error
    except yaml.YAMLError as error:
        raise reader.refuse(None, f"not valid YAML: {type(error).__name__}") from error


def _refused(path: Path, cause: Cause) -> ScenarioError:
    place = Place(path, cause.line + 1, cause.column + 1)
    return ScenarioError(str(Finding(place, "file", cause.advice)))


class _Reader:
    """Builds nodes from the events of one document."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))

    def refuse(self, mark: Any, message: str) -> ScenarioError:
        return ScenarioError(str(Finding(self._place(mark), "file", message)))

    def _place(self, mark: Any) -> Place:
        return Place(self._path, mark.line + 1, mark.column + 1) if mark else Place(self._path)

    def document(self) -> Node:
        root = Node(None, Place(self._path))
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refuse(
                        event.start_mark, "found a second document (---); keep one in a file"
                    )
                if event.version not in (None, (1, 2)):
                    raise self.refuse(
                        event.start_mark, "found another YAML version than 1.2; delete the % line"
                    )
            elif isinstance(event, yaml.NodeEvent):
                root = replace(self._node(event, 1), place=Place(self._path))
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            raise self.refuse(
                event.start_mark, f"nested more than {DEEPEST} deep; is this a scenario file?"
            )
        self._refuse_marks(event)
        place = self._place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return Node(self._scalar(event), place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._items(depth), place)
        return Node(self._fields(depth), place)

    def _refuse_marks(self, event: Any) -> None:
        """Refuse aliases, anchors and tags: nested ones fill the memory, stray ones eat words."""
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(
                event.start_mark,
                f"found an alias (*{event.anchor}), which scenario files do not use; write the "
                "lines out, or put quotes around the text",
            )
        for sign, name in (("&", event.anchor), ("", event.tag)):
            if name is not None and name != "!":
                raise self.refuse(
                    event.start_mark,
                    f"found a YAML mark ({sign}{name}), which takes words out of the text; "
                    "put quotes around the whole text",
                )

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, depth + 1))
        return items

    def _fields(self, depth: int) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refuse(
                    event.start_mark,
                    "found a list, a {…} or a mark as a field's name; put quotes around the text",
                )
            self._refuse_marks(event)
            key, place = str(event.value), self._place(event.start_mark)
            if key in fields:
                raise self.refuse(
                    event.start_mark,
                    f"'{key}' is written twice, first on line {fields[key].place.line}; keep one",
                )
            fields[key] = replace(self._node(next(self._events), depth + 1), place=place)
        return fields

    def _scalar(self, event: Any) -> str | int | float | bool | None:
        word = str(event.value)
        if event.style in {"|", ">"}:
            return word
        swallowed = swallowed_line(event, self._lines)
        if swallowed is not None:
            cure = "close the quotes" if event.style else "put a space after the dash or the colon"
            raise self.refuse(
                event.start_mark,
                f"this text runs on to line {swallowed + 1}, which looks like a line of its own; "
                f"{cure}",
            )
        if event.style:
            return word
        end = event.end_mark
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        if word and _SWALLOWED.match(rest):
            raise self.refuse(
                event.start_mark,
                "the words after # are lost, since # begins a comment; put quotes around the line",
            )
        return _meaning(word)


def _meaning(word: str) -> str | int | float | bool | None:
    """Resolve an unquoted word by the core schema of YAML 1.2; without infinity and NaN."""
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word, 0) if word[:2] in {"0x", "0o"} else int(word)
    number = float(word) if _FLOAT.fullmatch(word) else math.inf
    return number if math.isfinite(number) else word
