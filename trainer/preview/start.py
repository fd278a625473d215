"""Where a preview begins: a talk's first line, a state of mind, or the end of a scripted talk."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trainer.errors import UsageError
from trainer.salesperson.layers import line_ids
from trainer.scenario.check import revelations
from trainer.scenario.model import ScenarioFile
from trainer.types import Mind

GAUGES = ("openness", "trust", "ownership")


@dataclass(frozen=True, slots=True)
class Change:
    """What is set by hand in a mind."""

    gauges: Mapping[str, float] = field(default_factory=dict)
    """By name, 0 to 100."""
    revealed: tuple[str, ...] = ()
    """What is taken as having come out, by the names of ``reveals``."""

    def __bool__(self) -> bool:
        return bool(self.gauges or self.revealed)


def changed(mind: Mind, change: Change, file: ScenarioFile) -> Mind:
    """Return the mind with what is set by hand.

    What is taken as out counts as said, with a line of each layer above it, so that the layer
    below may follow.
    """
    said = [id_ for name in change.revealed for id_ in _lines_to(name, file)]
    return replace(
        mind,
        openness=change.gauges.get("openness", mind.openness),
        trust=change.gauges.get("trust", mind.trust),
        ownership=change.gauges.get("ownership", mind.ownership),
        revealed=mind.revealed | {name for name in change.revealed if name in revelations(file)},
        said=tuple(dict.fromkeys((*said, *mind.said))),
    )


def _lines_to(name: str, file: ScenarioFile) -> list[str]:
    """Return a line of each layer down to the first that reveals something."""
    for topic in file.topics:
        for depth, layer in enumerate(topic.layers):
            if layer.reveals == name:
                return [line_ids(topic, above)[0] for above in range(depth + 1)]
    return []


def change_of(words: Sequence[str], file: ScenarioFile) -> Change:
    """Read what ``/set`` is followed by: ``openness 70``, or the name of something to reveal.

    Raises:
        UsageError: Neither a gauge with a number from 0 to 100, nor a known name.
    """
    match words:
        case [gauge, number] if gauge in GAUGES:
            try:
                value = float(number)
            except ValueError:
                value = -1.0
            if not 0 <= value <= 100:
                raise UsageError(f"{gauge}: found '{number}'; expected a number from 0 to 100")
            return Change({gauge: value})
        case ["revealed", *names] if names:
            return Change(revealed=tuple(_known(name, revelations(file)) for name in names))
        case _:
            raise UsageError(
                "expected /set openness 70, /set trust 70, /set ownership 70 or /set revealed NAME"
            )


def revealed_names(names: Sequence[str], file: ScenarioFile) -> tuple[str, ...]:
    """Return the names, if the scenario can reveal them all.

    Raises:
        UsageError: It cannot.
    """
    return tuple(_known(name, revelations(file)) for name in names)


def turns_of_test(wanted: str, file: ScenarioFile) -> tuple[str, ...]:
    """Return what the manager says in a scripted talk, found by its number or its name.

    Raises:
        UsageError: There is no such test.
    """
    names = [test.name for test in file.tests]
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        place = int(wanted) - 1
    else:
        place = names.index(_known(wanted, names))
    return tuple(turn.say for turn in file.tests[place].turns)


def _known(name: str, known: Sequence[str]) -> str:
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known) or 'none'}"
    raise UsageError(f"found '{name}', which the scenario does not have; {hint}")
