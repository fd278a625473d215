r"""A cue: a wording written as alternatives and compiled so that looking for it is cheap.

Python's matcher tries a pattern at every position unless all its alternatives begin alike. A cue
therefore sorts its alternatives by how they begin (``^`` only at the start, ``\b`` at a word, a
space between words) and compiles one pattern for each kind. Alternatives that open with a group
are multiplied out one level, so that each begins with a letter the matcher can skip ahead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ANCHORS = ("^", r"\b", " ")


class Cue:
    """Finds any of some wordings in the plain form of a segment."""

    def __init__(self, *alternatives: str) -> None:
        sorted_out: dict[str, list[str]] = {}
        for alternative in _top_level("|".join(alternatives)):
            anchor = next((each for each in _ANCHORS if alternative.startswith(each)), "")
            sorted_out.setdefault(anchor, []).extend(_opened(alternative[len(anchor) :]))
        self._patterns = tuple(
            re.compile(f"{anchor}(?:{'|'.join(rest)})") for anchor, rest in sorted_out.items()
        )

    def search(self, text: str) -> re.Match[str] | None:
        """Return the earliest match, or None."""
        found: re.Match[str] | None = None
        for pattern in self._patterns:
            match = pattern.search(text)
            if match is not None and (found is None or match.start() < found.start()):
                found = match
        return found

    def count(self, text: str) -> int:
        """Count the places where a wording is found."""
        return sum(1 for _ in self._found(text))

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        for pattern in self._patterns:
            yield from pattern.finditer(text)


def _top_level(pattern: str) -> list[str]:
    """Split a pattern at the bars outside all groups and sets."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = pattern.index("]", at)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*parts, pattern[start:]]


def _opened(alternative: str) -> list[str]:
    """Multiply out the group an alternative opens with, where it is plain and not repeated."""
    if not alternative.startswith("(?:"):
        return [alternative]
    depth = 0
    for at, char in enumerate(alternative):
        if char in "()" and alternative[at - 1] != "\\":
            depth += 1 if char == "(" else -1
        if depth == 0:
            break
    inside, rest = alternative[3:at], alternative[at + 1 :]
    if rest[:1] in ("*", "+", "{"):
        return [alternative]
    if rest[:1] == "?":
        rest = rest[1:]
        return [*(each + rest for each in _top_level(inside)), *_opened(rest)]
    return [each + rest for each in _top_level(inside)]
