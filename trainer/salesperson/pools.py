"""Which line of a pool is said: none twice while others are left, none again within six turns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from trainer.salesperson.taking import Taken
from trainer.scenario.lines import lines_by_id
from trainer.scenario.model import FALLBACKS, ScenarioFile
from trainer.types import Line, Mind

RECENT = 6  # lines back in which nothing is said a second time while there is anything else

_STAND_INS: dict[str, tuple[str, ...]] = {
    "told": ("steered", "not_yet"),
    "steered": ("told", "not_yet"),
    "listened": ("greeted", "used_up", "not_yet"),
    "greeted": ("listened", "used_up", "not_yet"),
    "announced": ("listened", "greeted"),
    "advised": ("listened", "announced"),
    "granted": ("announced", "listened"),
    "refused": ("not_yet",),
    "not_yet": ("used_up", "off_map"),
    "off_map": ("used_up", "not_yet"),
    "used_up": ("off_map", "not_yet"),
}
"""Where to look further when a pool and its fallback were all said within the last turns."""


class Said(NamedTuple):
    """A line, and the mind that has said it."""

    line: Line
    mind: Mind


class Pools:
    """The lines of one scenario file; chooses among equals by the seed, remembers nothing."""

    def __init__(self, file: ScenarioFile, seed: int) -> None:
        """Look the lines up.

        Args:
            file: The scenario.
            seed: With the place and what was said so far, it makes every choice.
        """
        self._seed = seed
        self._texts = {line.id: line for line in lines_by_id(file)}
        self._pools: dict[str, list[Line]] = {}
        for line in self._texts.values():
            self._pools.setdefault(line.id.rsplit(".", 1)[0], []).append(line)

    def last(self, mind: Mind) -> Line | None:
        """Return the line said last, if anything was said."""
        return self._texts[mind.said[-1]] if mind.said else None

    def unsaid(self, mind: Mind, pool: str) -> list[Line]:
        """Return the lines of a pool that were not said yet, in file order."""
        return [line for line in self._pools[pool] if line.id not in mind.said]

    def jitter(self, mind: Mind, name: str) -> float:
        """Return a number from 0 to 1 that the seed draws for a name at this point of the talk."""
        return random.Random(f"{self._seed}/{name}/{len(mind.said)}").random()

    def say(self, mind: Mind, *pools: str, in_order: bool = False) -> Said:
        """Say a line of the first pool that has one to say.

        Unsaid lines come first, pool by pool as long as each has something not said lately; when
        there is nothing else, the line said longest ago comes back.
        """
        recent = mind.said[-RECENT:]
        for pool in pools:
            unsaid = self.unsaid(mind, pool)
            if unsaid:
                line = unsaid[0] if in_order else self._drawn(mind, pool, unsaid)
                return Said(line, replace(mind, said=(*mind.said, line.id)))
            rested = [line for line in self._pools[pool] if line.id not in recent]
            if rested:
                return self._oldest(mind, rested)
        return self._oldest(mind, [line for pool in pools for line in self._pools[pool]])

    def react(self, mind: Mind, taken: Taken) -> Said:
        """Say a line of a reaction, or of what stands in for it."""
        said = self.say(mind, *(f"reactions.{name}" for name in self.reaction_pools(taken)))
        return Said(said.line, replace(said.mind, reaction=taken.value))

    def reaction_pools(self, taken: Taken) -> list[str]:
        """Return the reactions whose lines fit, best first; all have lines."""
        chain = [str(taken.value)]
        while (further := FALLBACKS.get(chain[-1])) is not None:
            chain.append(further)
        stand_ins = [name for each in chain for name in _STAND_INS.get(each, ())]
        every = dict.fromkeys([*chain, *stand_ins])
        return [name for name in every if f"reactions.{name}" in self._pools]

    def has_fresh(self, mind: Mind, taken: Taken) -> bool:
        """Say whether a reaction's own lines hold one that was not said lately."""
        recent = mind.said[-RECENT:]
        own = self._pools.get(f"reactions.{taken.value}", [])
        return any(line.id not in recent for line in own)

    def _drawn(self, mind: Mind, pool: str, lines: Sequence[Line]) -> Line:
        return random.Random(f"{self._seed}/{pool}/{len(mind.said)}").choice(lines)

    def _oldest(self, mind: Mind, lines: Sequence[Line]) -> Said:
        last_said = {id_: place for place, id_ in enumerate(mind.said)}
        line = min(lines, key=lambda each: last_said.get(each.id, -1))
        return Said(line, replace(mind, said=(*mind.said, line.id)))
