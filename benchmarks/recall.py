"""Measure how often a question finds its place in a scenario, on asks written for it.

    .venv/bin/python benchmarks/recall.py [--wrong]

121 asks in other words than the scenarios' own, and 42 that nothing answers. Each is heard fresh:
no topic is under way, and an idea is on the table where the ask is for a choice or a commitment.
The peer is the nearest example ask, with the best threshold there is for it on the same asks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

ASKS = Path(__file__).parent / "data" / "recall.txt"
OFF_MAP = "-"


class Ask(NamedTuple):
    """One ask: where it belongs (``*`` marks a step, ``-`` is off the map) and its words."""

    scenario: str
    wanted: frozenset[str]
    text: str


class Found(NamedTuple):
    """Where an ask was placed, how near, and where it would be without a threshold."""

    ask: Ask
    place: str
    nearest: str
    nearness: float

    @property
    def right(self) -> bool:
        """Whether it was placed where it belongs."""
        return self.place in self.ask.wanted


def read_asks(path: Path = ASKS) -> Iterator[Ask]:
    """Yield the asks of the set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            scenario, wanted, text = (part.strip() for part in line.split("|"))
            yield Ask(scenario, frozenset(wanted.split(",")), text)


def place_all(asks: Sequence[Ask]) -> list[Found]:
    """Place every ask as the salesperson would, by rules-labelled segments."""
    from trainer.build import classifier, sentence_encoder
    from trainer.salesperson.mind import starting_mind
    from trainer.salesperson.recall import Recall
    from trainer.scenario.load import find
    from trainer.scoring.score import score_turn
    from trainer.types import ManagerTurn

    encoder, scorer = sentence_encoder(), classifier()
    files = {name: find(name).file for name in {ask.scenario for ask in asks}}
    recalls = {name: Recall(file, encoder) for name, file in files.items()}
    found = []
    for ask in asks:
        recall, file = recalls[ask.scenario], files[ask.scenario]
        mind = starting_mind(file)
        if ask.wanted & {"*choice", "*commitment"}:
            mind = mind.__class__(mind.openness, mind.trust, mind.ownership, ideas=("an idea",))
        turn = ManagerTurn(ask.text, kind=file.kind)
        heard = recall.hear(score_turn(scorer, turn))
        place, nearest = recall.place(heard, mind), recall.place(heard, mind, near=-1.0)
        found.append(Found(ask, _name(place), _name(nearest), nearest.nearness))
    return found


def _name(place: object) -> str:
    topic, step = getattr(place, "topic", None), getattr(place, "step", None)
    return topic or (f"*{step}" if step else OFF_MAP)


def main() -> None:
    """Measure and print."""
    asks = list(read_asks())
    found = place_all(asks)
    on = [each for each in found if OFF_MAP not in each.ask.wanted]
    off = [each for each in found if OFF_MAP in each.ask.wanted]
    answered = [each for each in on if each.place != OFF_MAP]
    print(
        f"{len(on)} asks the scenarios know: {np.mean([e.right for e in on]):.0%} answered right,"
    )
    print(f"  {np.mean([e.place == OFF_MAP for e in on]):.0%} taken as off the map, ", end="")
    print(f"{np.mean([not e.right for e in answered]):.0%} of those answered answered wrong")
    print(f"{len(off)} asks off the map: {np.mean([e.right for e in off]):.0%} taken as such")
    for least in np.arange(0.24, 0.56, 0.02):
        good = np.mean([e.nearest in e.ask.wanted and e.nearness >= least for e in on])
        away = np.mean([e.nearness < least for e in off])
        print(f"  threshold {least:.2f}: {good:4.0%} right, {away:4.0%} of off-map noticed")
    if "--wrong" in sys.argv:
        for each in sorted(found, key=lambda e: e.nearness):
            if not each.right:
                wanted = ",".join(sorted(each.ask.wanted))
                print(f"{each.nearness:.2f} {wanted:20} {each.nearest:14} {each.ask.text}")


if __name__ == "__main__":
    main()
