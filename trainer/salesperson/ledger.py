"""Whose idea it was: what the salesperson ends the talk with, and who named it first."""

from __future__ import annotations

from trainer.scenario.model import ScenarioFile
from trainer.types import Mind, OwnedAction


def owned_actions(file: ScenarioFile, mind: Mind) -> tuple[OwnedAction, ...]:
    """Return the step the salesperson chose, credited to whoever named it first."""
    chosen = next((idea for idea in file.ideas if idea.id == mind.chosen), None)
    if chosen is None:
        return ()
    handed = chosen.id in mind.handed
    return (OwnedAction(chosen.action, named_by_manager=handed, held_to_it=mind.committed),)
