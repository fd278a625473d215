"""What must not happen in any talk, checked from outside: repeats, early reveals, dead ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trainer.salesperson.layers import layer_needs
from trainer.salesperson.mind import meets
from trainer.scenario.model import ScenarioFile
from trainer.simulation.talk import Talk
from trainer.types import Line

REPEAT_WITHIN = 6  # turns in which no line may come back
STUCK_AFTER = 8  # turns running in which nothing of a topic or an idea is said


def lines_of(talk: Talk) -> list[Line]:
    """Return every line the salesperson said, first to last, the unheard turns' left out."""
    heard = [each.reply for each in talk.exchanges if each.score is not None]
    return [line for reply in (talk.opening, *heard) for line in reply.lines]


def all_lines_of(talk: Talk) -> list[Line]:
    """Return every line said, with those of turns that were not heard."""
    replies = (talk.opening, *(each.reply for each in talk.exchanges))
    return [line for reply in replies for line in reply.lines]


def repeats(talk: Talk) -> int:
    """Count lines that came back within REPEAT_WITHIN turns."""
    ids = [line.id for line in lines_of(talk)]
    return sum(line in ids[max(0, at - REPEAT_WITHIN) : at] for at, line in enumerate(ids))


def early_reveals(talk: Talk, file: ScenarioFile) -> int:
    """Count lines of a layer said before the layer above it, or before its needs were met."""
    return sum(1 for _ in _early(talk, file))


def _early(talk: Talk, file: ScenarioFile) -> Iterator[str]:
    topics = {topic.id: topic for topic in file.topics}
    said: set[str] = set()
    known: frozenset[str] = talk.opening.mind.revealed
    for exchange in talk.exchanges:
        mind = exchange.reply.mind
        before = replace(mind, revealed=known)  # the gauges have moved, nothing new is out yet
        for line in exchange.reply.lines:
            part, *place = line.id.split(".")
            if part == "topics":
                topic, depth = topics[place[0]], int(place[1]) - 1
                above = depth == 0 or f"{topic.id}.{depth}" in said
                if not above or not meets(before, layer_needs(topic, depth)):
                    yield line.id
                said.add(f"{topic.id}.{depth + 1}")
        known = mind.revealed


def is_stuck(talk: Talk) -> bool:
    """Say whether the talk came to a dead end: nothing new for STUCK_AFTER turns, or no end."""
    run = 0
    for exchange in talk.exchanges:
        new = exchange.reply.lines[0].id.startswith(("topics.", "ideas."))
        run = 0 if new else run + 1
        if run >= STUCK_AFTER:
            return True
    return talk.ended is None
