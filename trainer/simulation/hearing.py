"""What a simulated manager understands of an answer: as much as a person would from its words."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from trainer.types import Line, Reply


class Part(StrEnum):
    """Which part of a scenario file a line is from."""

    OPENING = "opening"
    TOPICS = "topics"
    IDEAS = "ideas"
    REACTIONS = "reactions"
    ENDINGS = "endings"


class Heard(NamedTuple):
    """One answer as a manager takes it: what it was about, and its words."""

    part: Part
    name: str
    """The topic, the idea, or the reaction."""
    move: str
    """For an idea ``lines`` (voiced), ``choose`` or ``commit``; otherwise the layer or nothing."""
    text: str


def heard_in(reply: Reply) -> Heard:
    """Read what the first line of a reply was, from its place in the file.

    The place stands in for understanding: a person hears that "I could call Lorna back" is an
    idea. Nothing of the mind is looked at.
    """
    line = reply.lines[0]
    return Heard(*_places(line), line.text)


def _places(line: Line) -> tuple[Part, str, str]:
    part, *rest = line.id.split(".")
    name = rest[0] if len(rest) > 1 else ""
    move = rest[1] if len(rest) > 2 else ""
    return Part(part), name, move
