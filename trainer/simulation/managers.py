"""Every simulated manager by name, and what a scenario owes each of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from trainer.scenario.model import ScenarioFile
from trainer.simulation.good import OneSlip, good_manager
from trainer.simulation.poor import (
    Adviser,
    HatSwitcher,
    Interrogator,
    Leader,
    SilentListener,
    Stacker,
    Teller,
)
from trainer.types import Reply


class SimulatedManager(Protocol):
    """Somebody who talks to the salesperson; one object a talk."""

    def say(self, reply: Reply) -> str:
        """Answer the salesperson's last words; an empty text is a turn that was not heard."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of manager."""

    name: str
    build: Callable[[ScenarioFile, random.Random], SimulatedManager]
    least_good: float = 0.0
    """Share of talks that must end well."""
    most_good: float = 1.0
    """Share of talks that may end well."""


MANAGERS: tuple[Kind, ...] = (
    Kind("coach", good_manager, least_good=0.9),
    Kind("one slip", OneSlip, least_good=0.6),
    Kind("teller", Teller, most_good=0.1),
    Kind("leader", Leader, most_good=0.1),
    Kind("interrogator", Interrogator, most_good=0.1),
    Kind("adviser", Adviser, most_good=0.3),
    Kind("stacker", Stacker),
    Kind("silent", SilentListener, most_good=0.1),
    Kind("hat switcher", HatSwitcher),
)
"""``coach`` is who does well in the scenario's kind of talk: coach, enroller or mentor."""
