"""What is wrong with a scenario file: where, how badly, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

Where = tuple[int | str, ...]
"""Steps from the top of the file to a value: ``("topics", 0, "asks", 2)``."""


class Severity(StrEnum):
    """An error must be mended before the scenario can be used; a warning should be looked at."""

    ERROR = "error"
    WARNING = "warning"


class Remark(NamedTuple):
    """A finding about a value, before its line and column are looked up."""

    where: Where
    message: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was written; lines and columns count from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the trainer: ``path:line:column: field: found, expected, what to do``."""

    place: Place
    field: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.field}: {self.message}"


def field_name(where: Where) -> str:
    """Write steps as a trainer reads them, list items counted from 1: ``topics.1.asks.3``."""
    return ".".join(str(each + 1) if isinstance(each, int) else each for each in where) or "file"
