"""What exactly was strong about a turn, in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.feedback.choose import Point, Tip
from trainer.scoring.own_words import content_stems
from trainer.scoring.words import spoken
from trainer.types import Flag, ManagerTurn

_NUMBERS = "no one two three four five six seven eight nine ten".split()


def named_strength(what: str, point: Point, turn: ManagerTurn) -> str:
    """Fill in what the strength was, for wordings that have a place for it.

    Args:
        what: The wording; ``{it}`` is the place.
        point: The strength and its segment.
        turn: What was said, with its context.
    """
    return what.format(it=_STRONG.get(point.tip, _nothing)(point, turn))


def _nothing(point: Point, turn: ManagerTurn) -> str:
    return ""


def _taken_up(point: Point, turn: ManagerTurn) -> str:
    words = shared_words(point.segment.segment.text, turn.said_before)
    if not words:
        return "what they had just said"
    return f'their own word{"s" if " " in words else ""}, "{words}"'


def _heard(point: Point, turn: ManagerTurn) -> str:
    words = shared_words(point.segment.segment.text, turn.said_before)
    return f'"{words}"' if words else "what they said"


def _about(point: Point, turn: ManagerTurn) -> str:
    flags = point.segment.flags
    if Flag.ABOUT_PERSON in flags:
        return " about how they see it"
    return " about what comes next" if Flag.FORWARD in flags else ""


def _length(point: Point, turn: ManagerTurn) -> str:
    count = len(point.segment.segment.text.split())
    said = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{said} word{'' if count == 1 else 's'}"


_STRONG = {
    Tip.STRONG_UPTAKE: _taken_up,
    Tip.STRONG_LISTENING: _heard,
    Tip.STRONG_OPEN: _about,
    Tip.STRONG_BRIEF: _length,
}

MOST_SHARED = 5
LEAST_LETTERS = 4  # of a single word worth naming


def shared_words(text: str, lines: Sequence[str]) -> str:
    """Return the longest run of the salesperson's words in a text that carries meaning, or ""."""
    theirs = [f" {' '.join(_bare(line))} " for line in lines]
    written = _written(text)
    words = [word.lower() for word in written]
    best = slice(0, 0)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_SHARED) + 1):
            run = slice(start, end)
            found = any(f" {' '.join(words[run])} " in line for line in theirs)
            if found and _worth(words[run]) > _worth(words[best]):
                best = run
    kept = written[best]
    return " ".join(kept if best.start else [word.lower() for word in kept])


def _written(text: str) -> list[str]:
    return [word.strip('.,;:!?…"“”()') for word in text.replace("’", "'").split()]


def _bare(text: str) -> list[str]:
    return [word.lower() for word in _written(text)]


def _worth(words: Sequence[str]) -> float:
    """Rate a run: words with a meaning count, and so, less, do those between them."""
    if not words or (len(words) == 1 and len(words[0]) < LEAST_LETTERS):
        return 0.0
    ends = (words[0], words[-1])
    if not all(content_stems(spoken(word).tokens) for word in ends):
        return 0.0
    return sum(1.0 if content_stems(spoken(word).tokens) else 0.1 for word in words)
