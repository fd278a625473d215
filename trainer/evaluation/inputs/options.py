"""What a person says about the inputs, since it is never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.evaluation.inputs.text import UTF8
from trainer.evaluation.talks import Channel, Judgement
from trainer.types import Kind

EVERYONE = "*"
MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class InputOptions:
    """Who is who, and how files are written."""

    manager: tuple[str, ...] = ()
    """Speakers who are the manager, in any case; ``*`` for all. ``manager`` always is."""
    channel: Channel | None = None
    """The manager's channel of two-channel recordings; None takes a recording as one turn."""
    kind: Kind = Kind.COACHING
    """For inputs that do not say it themselves."""
    encoding: str = UTF8
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our name of a column, to its name in the tables read."""
    gold: Mapping[str, tuple[Judgement, ...]] | None = None
    """Judgements from a file of their own, by id of the turn."""

    def is_manager(self, speaker: str) -> bool:
        """Say whether a speaker's tag names the manager."""
        names = {name.strip().casefold() for name in self.manager}
        tag = speaker.strip().casefold()
        return EVERYONE in names or tag in names or tag == MANAGER
