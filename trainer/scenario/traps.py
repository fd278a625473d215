"""What a writer of spoken lines falls into in YAML, told by what the text looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

_UNSEEN = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
                     r"\U00010000-\U0010ffff]")  # fmt: skip
_NO_SPACE = re.compile(r"^[ \t]*([\u00a0\u2000-\u200a\u202f\u3000])", re.MULTILINE)
_ODD_START = re.compile(r"\s*(- |\w+: +)[\"'@%`\[{*&!?|>]")
_DASH_ALONE = re.compile(r"\s*-[^\s-]")
_COLON_ALONE = re.compile(r"\s*(- )?[a-z_]+:[^\s/]")
_OWN_LINE = re.compile(r"\s*(-\S|- |[a-z_]+:( |$))")
_LINES_BACK = 2  # how far above the place that YAML names the cause may stand


class Cause(NamedTuple):
    """Where the cause of a mistake probably stands (from 0), and what to do about it."""

    line: int
    column: int
    advice: str


def unseen_character(text: str) -> Cause | None:
    """Find a character nobody sees and YAML stumbles over."""
    if found := _UNSEEN.search(text):
        advice = f"not valid YAML: found the invisible character U+{ord(found[0]):04X}; delete it"
        return _at(text, found.start(), advice)
    if found := _NO_SPACE.search(text):
        advice = (
            "the line begins with a space that only looks like one "
            f"(U+{ord(found[1]):04X}); delete it and press the space bar"
        )
        return _at(text, found.start(1), advice)
    return None


def _at(text: str, offset: int, advice: str) -> Cause:
    line_start = text.rfind("\n", 0, offset) + 1
    return Cause(text.count("\n", 0, offset), offset - line_start, advice)


def cause_of(error: Any, lines: Sequence[str]) -> Cause:
    """Say what probably led to an error of the YAML reader.

    Args:
        error: A ``yaml.MarkedYAMLError``.
        lines: The file's.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Cause(0, 0, "look at the quotes, colons and indentation")
    if "quoted scalar" in str(error.context) and error.context_mark is not None:
        start = error.context_mark
        return Cause(start.line, start.column, "the quote opened here is never closed; close it")
    for number in range(mark.line, max(-1, mark.line - 1 - _LINES_BACK), -1):
        line = lines[number] if number < len(lines) else ""
        if advice := _looks_wrong(line):
            place = mark.column if number == mark.line else len(line) - len(line.lstrip())
            return Cause(number, place, advice)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if _ODD_START.match(line):
        advice = 'put the whole line in double quotes, and \\" for a quote inside it'
    else:
        advice = "look at the quotes, colons and indentation on this line and the one before"
    return Cause(mark.line, mark.column, advice)


def _looks_wrong(line: str) -> str | None:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "the line begins with a tab; indent with spaces"
    if _DASH_ALONE.match(line):
        return "put a space after the dash"
    if _COLON_ALONE.match(line):
        return "put a space after the colon"
    return None


def swallowed_line(event: Any, lines: Sequence[str]) -> int | None:
    """Return the number (from 0) of a line that a text runs on to, but looks like one of its own.

    Args:
        event: A scalar, not a block.
        lines: The file's.
    """
    for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
        if number < len(lines) and _OWN_LINE.match(lines[number]):
            return number
    return None
