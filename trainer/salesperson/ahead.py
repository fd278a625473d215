"""Which lines a salesperson may say next, likeliest first: for speaking them ahead."""

from __future__ import annotations

from trainer.scenario.lines import lines_by_id
from trainer.scenario.model import ScenarioFile
from trainer.types import Line, Mind

_LATER = 9


def lines_ahead(file: ScenarioFile, mind: Mind) -> list[Line]:
    """Return every line that has not been said, in the order in which it may be needed."""
    unsaid = [line for line in lines_by_id(file) if line.id not in mind.said]
    return sorted(unsaid, key=lambda line: _distance(line, mind))


def _distance(line: Line, mind: Mind) -> int:
    """Return about how many turns away a line is."""
    kind, *rest = line.id.split(".")
    if kind == "topics":
        topic, depth = rest[0], int(rest[1])
        reached = max((int(s.split(".")[2]) for s in mind.said if _of(s, topic)), default=0)
        return max(0, depth - reached - 1) + (topic != mind.topic and mind.topic is not None)
    if kind == "reactions":
        return 0 if rest[1] == "1" else 1
    if kind == "ideas":
        part = {"lines": 1, "choose": 2, "commit": 3}[rest[1]]
        ahead = (rest[0] in mind.ideas) + (mind.chosen == rest[0])
        return part - ahead
    return _LATER if kind == "opening" else 2


def _of(said: str, topic: str) -> bool:
    return said.startswith(f"topics.{topic}.")
