"""How long a silence ends a manager's turn, from what is known about the pause.

Smart Turn alone does not end a turn: on read human speech cut in mid-sentence it said "finished"
for half of the cuts, and for openers such as "I think" nearly always, while its "unfinished" was
right almost every time, but for some voices that came at the end of whole sentences too. Words
alone do not either: a whole sentence is often followed by the question it leads to. So a whole
question that sounds finished earns the short wait, words that need more after them the long one,
and everything else lies between. On under 0.6 s of speech ("Why?" .19, "Well," .77) Smart Turn is
not asked at all. Its opinions within one pause are averaged, because they jump by .5 from one
moment to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.audio.words_so_far import SoFar
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ

FRAME_S = FRAME_SAMPLES / MODEL_RATE_HZ


def frames_in(seconds: float) -> int:
    """Return the number of frames nearest to a stretch of time, at least one."""
    return max(1, round(seconds / FRAME_S))


class Patience(StrEnum):
    """How long the trainer waits for a manager who pauses."""

    QUICK = "quick"
    NORMAL = "normal"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """What starts, holds and ends a turn; the defaults are the normal patience."""

    speech_prob: float = 0.5
    """A frame at or above this begins speech."""
    still_speech_prob: float = 0.35
    """A frame at or above this goes on with speech: word ends fade."""
    start_speech_s: float = 0.2
    """Speech that starts a turn, within start_window_s: more than a click or a cough has."""
    start_window_s: float = 0.3
    resume_speech_s: float = 0.1
    """Speech that ends a pause, within resume_window_s: more than a mouse click has."""
    resume_window_s: float = 0.16
    over_speech_s: float = 0.1
    """Speech over somebody's voice that counts, within over_window_s: they stop at once, and go on
    if it was nothing."""
    over_window_s: float = 0.2
    pause_s: float = 0.2
    """Silence that counts as a pause; shorter gaps lie between words."""
    short_turn_s: float = 0.6
    """With less speech than this Smart Turn is not asked."""
    ask_after_s: tuple[float, ...] = (0.3, 0.8, 1.4, 2.0)
    """Silences after which Smart Turn is asked; no more once it has said finished."""
    finished_prob: float = 0.5
    """The mean of its opinions in this pause at or above this means finished."""
    asked_wait_s: float = 0.4
    """Silence that ends a turn whose words are a whole question and whose sound is finished."""
    doubted_wait_s: float = 0.9
    """Silence that ends a whole question whose sound is not finished."""
    said_wait_s: float = 1.1
    """Silence that ends a turn whose last sentence asks nothing: the question may follow."""
    finished_wait_s: float = 0.8
    """Silence that ends a turn by its sound where its words are not known."""
    short_turn_wait_s: float = 1.4
    """Silence that ends a turn too short to judge by its sound where its words are not known."""
    unfinished_wait_s: float = 2.5
    """Silence that ends an unfinished turn."""
    longest_s: float = 120.0
    """A turn ends here whatever is heard: nobody asks for two minutes, a fan or a radio does."""


SETTINGS = {
    Patience.QUICK: TurnSettings(
        asked_wait_s=0.3,
        doubted_wait_s=0.6,
        said_wait_s=0.7,
        finished_wait_s=0.5,
        short_turn_wait_s=1.0,
        unfinished_wait_s=1.6,
        ask_after_s=(0.3, 0.8),
    ),
    Patience.NORMAL: TurnSettings(),
    Patience.PATIENT: TurnSettings(
        asked_wait_s=1.0,
        doubted_wait_s=1.6,
        said_wait_s=2.0,
        finished_wait_s=1.5,
        short_turn_wait_s=2.2,
        unfinished_wait_s=4.0,
        ask_after_s=(0.3, 0.8, 1.4, 2.0, 3.0),
    ),
}
"""Settings by patience."""


@dataclass(frozen=True, slots=True)
class Pause:
    """What is known about the turn in the pause that is going on."""

    spoken_s: float
    """Speech in the turn so far."""
    opinions: tuple[float, ...] = ()
    """What Smart Turn said in this pause, oldest first."""
    words: SoFar | None = None
    """What the words so far amount to; None where they are not known."""

    def is_finished(self, settings: TurnSettings) -> bool:
        """Say whether Smart Turn takes the turn for finished."""
        return (
            bool(self.opinions)
            and sum(self.opinions) / len(self.opinions) >= settings.finished_prob
        )


def wait_s(pause: Pause, settings: TurnSettings) -> float:
    """Return the silence that ends the turn, seconds, by what is known in this pause."""
    sounds_finished = pause.is_finished(settings)
    match pause.words:
        case SoFar.ASKED:
            return settings.asked_wait_s if sounds_finished else settings.doubted_wait_s
        case SoFar.SAID:
            return settings.said_wait_s
        case SoFar.UNFINISHED | SoFar.NOTHING:
            return settings.unfinished_wait_s
        case None:
            if pause.spoken_s < settings.short_turn_s:
                return settings.short_turn_wait_s
            return settings.finished_wait_s if sounds_finished else settings.unfinished_wait_s
