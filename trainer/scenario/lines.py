"""Everything a scenario can say, each line with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trainer.scenario.finding import Where
from trainer.scenario.model import ScenarioFile
from trainer.types import Line


class SpokenLine(NamedTuple):
    """One line the salesperson may say."""

    where: Where
    text: str


def spoken_lines(file: ScenarioFile) -> Iterator[SpokenLine]:
    """Yield every line the salesperson can say, in file order."""
    yield from _pool(("opening",), file.opening)
    for t, topic in enumerate(file.topics):
        for n, layer in enumerate(topic.layers):
            yield from _pool(("topics", t, "layers", n, "lines"), layer.lines)
    for i, idea in enumerate(file.ideas):
        for part in ("lines", "choose", "commit"):
            yield from _pool(("ideas", i, part), getattr(idea, part))
    for name, lines in file.reactions:
        yield from _pool(("reactions", name), lines)
    for e, ending in enumerate(file.endings):
        yield from _pool(("endings", e, "lines"), ending.lines)


def lines_by_id(file: ScenarioFile) -> Iterator[Line]:
    """Yield the same lines under the ids a mind remembers them by (``topics.calls.2.1``)."""
    for where, text in spoken_lines(file):
        part, *rest, last = where
        place = [str(part)]
        if part in {"topics", "ideas", "endings"}:
            place.append(getattr(file, str(part))[rest.pop(0)].id)
        if part == "topics":
            place.append(str(int(rest[1]) + 1))
        elif part in {"ideas", "reactions"}:
            place.append(str(rest[0]))
        yield Line(".".join([*place, str(int(last) + 1)]), text)


def _pool(where: Where, lines: Sequence[str]) -> Iterator[SpokenLine]:
    for place, text in enumerate(lines):
        yield SpokenLine((*where, place), text)


def example_asks(file: ScenarioFile) -> Iterator[SpokenLine]:
    """Yield every example of what a good manager might say, in file order."""
    for t, topic in enumerate(file.topics):
        yield from _pool(("topics", t, "asks"), topic.asks)
    for part in ("options", "choice", "commitment"):
        yield from _pool(("step_asks", part), getattr(file.step_asks, part))
    for place, line in enumerate(file.better_lines):
        yield SpokenLine(("better_lines", place, "say"), line.say)
