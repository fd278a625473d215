"""A classifier for tests: labels scripted in, turns recorded, running out of script is an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainer.types import LabelledSegment, ManagerTurn


class ScriptExhaustedError(AssertionError):
    """More turns were labelled than were scripted; a mistake in the test, not in the talk."""


class ScriptedClassifier:
    """Answers each turn that has words with the next scripted segments."""

    name = "scripted-1"

    def __init__(self, script: Iterable[Sequence[LabelledSegment]]) -> None:
        self._script = [tuple(segments) for segments in script]
        self.turns: list[ManagerTurn] = []
        """Every turn it was asked to label, in order."""

    @property
    def left(self) -> int:
        """How many scripted answers are still unused."""
        return len(self._script)

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Return the scripted segments; a turn without words takes nothing from the script.

        Raises:
            ScriptExhaustedError: The script has no answer left.
        """
        return [self._next(turn) for turn in turns]

    def _next(self, turn: ManagerTurn) -> tuple[LabelledSegment, ...]:
        self.turns.append(turn)
        if not turn.text.strip():
            return ()
        if not self._script:
            raise ScriptExhaustedError(
                f"turn {len(self.turns)} has no scripted labels left: script one answer a turn"
            )
        return self._script.pop(0)
