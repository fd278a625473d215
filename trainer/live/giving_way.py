"""Giving way: the salesperson stops at once for speech over them, and what it was is decided after.

- only "mhm", a cough or nothing: they go on where they stopped;
- more of the turn they had just begun to answer: the turn is re-opened and taken as a whole;
- anything else: a turn of its own, and what they had not said counts as unsaid.
"""

from __future__ import annotations

from enum import StrEnum

from trainer.audio.patience import FRAME_S
from trainer.audio.words_so_far import only_adds_listening
from trainer.live.open_turn import OpenTurn
from trainer.live.voice import Voice
from trainer.types import TurnState

REOPEN_S = 4.0  # a manager who goes on does so by then; later it is an answer to what was said
CERTAIN_S = 1.2  # nobody says "mhm" for so long
LISTENING_S = 0.4  # silence after a "mhm" before the salesperson goes on
UNKNOWN_S = 3.0  # silence after which words over the salesperson are no longer waited for


class Over(StrEnum):
    """What becomes of speech, or of none, over the salesperson."""

    HUM = "hum"
    """It shows that the manager listens, or is nothing; they go on."""
    GOES_ON = "goes_on"
    """It is more of the turn that was answered last."""
    OWN_TURN = "own_turn"
    TOO_LATE = "too_late"
    """Nothing was said while the turn answered last could be re-opened; now it no longer can."""


class GivingWay:
    """Holds a voice for speech over it, and remembers which turn that could go on with."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._answered: str | None = None  # the turn's words, while it can still be re-opened
        self._answered_ago = 0  # frames
        self._held_from_s = 0.0  # speech in the turn when the voice was held

    def answered(self, words: str) -> None:
        """A turn of these words is answered now, and may be gone on with for a while."""
        self._answered = words
        self._answered_ago = 0

    def forget(self) -> None:
        """Whatever is said now is no part of an earlier turn."""
        self._answered = None

    @property
    def may_reopen(self) -> bool:
        """Whether the turn answered last can still be gone on with."""
        return self._answered is not None

    def take(self, turn: OpenTurn, state: TurnState) -> Over | None:
        """Take note of one frame over the salesperson; None while there is nothing to do.

        Args:
            turn: It has taken the frame.
            state: What it said.
        """
        if self._voice.is_held:
            return self._decided(turn, state)
        self._answered_ago += 1
        if state is TurnState.SPEAKING:
            self._voice.hold()
            self._held_from_s = turn.spoken_s
        elif self.may_reopen and self._answered_ago * FRAME_S > REOPEN_S:
            return Over.TOO_LATE
        return None

    def _decided(self, turn: OpenTurn, state: TurnState) -> Over | None:
        if state is TurnState.SPEAKING:
            if turn.spoken_s - self._held_from_s < CERTAIN_S:
                return None
        else:
            words = turn.words
            if words is None and turn.silence_s < UNKNOWN_S:
                return None
            if words is not None and only_adds_listening(self._answered or "", words.text):
                return Over.HUM if turn.silence_s >= LISTENING_S else None
        return Over.GOES_ON if self.may_reopen else Over.OWN_TURN
