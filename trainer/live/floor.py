"""Who speaks when, noted frame by frame while a turn lasts."""

from __future__ import annotations

from trainer.scoring.delivery import spans_of, turn_delivery
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, Delivery

SOUNDING_DBFS = -50.0  # a line's clip begins and ends with silence
_FRAME_S = FRAME_SAMPLES / MODEL_RATE_HZ


class Floor:
    """Keeps who was heard since the turn before; measures a turn when it is answered."""

    def __init__(self) -> None:
        self._manager: list[bool] = []
        self._salesperson: list[bool] = []
        self._answered: int | None = None  # frames up to the end of the turn answered last

    def note(self, *, manager: bool, salesperson: bool) -> None:
        """Note one frame."""
        self._manager.append(manager)
        self._salesperson.append(salesperson)

    def answered(self) -> Delivery:
        """Measure the turn that ends here."""
        self._answered = len(self._manager)
        return turn_delivery(
            spans_of(self._manager, _FRAME_S), spans_of(self._salesperson, _FRAME_S)
        )

    def reopened(self) -> None:
        """Go on with the turn answered last; the answer begun to it counts as unsaid."""
        if self._answered is not None:
            after = len(self._salesperson) - self._answered
            self._salesperson[self._answered :] = [False] * after
            self._answered = None

    def next_turn(self) -> None:
        """Begin the next turn; without an answer since, what the manager made was no turn."""
        if self._answered is None:
            self._manager = [False] * len(self._manager)
        else:
            del self._manager[: self._answered], self._salesperson[: self._answered]
            self._answered = None
