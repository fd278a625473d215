"""Who says what at the desk: the salesperson's lines, and a coach's words before them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from trainer.feedback.aloud import LONGEST_S, said_aloud
from trainer.live.voice import Clips, Item
from trainer.salesperson.thinking import takes_time
from trainer.scenario.model import Thinking
from trainer.types import AudioClip, Feedback, Mind, Reply


def _nothing(mind: Mind) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Coach:
    """Who speaks the feedback."""

    clips: Clips
    voice: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The salesperson's voice, with whatever is said around the lines."""

    clips: Clips
    voice: str
    thinking: Thinking | None = None
    """How the salesperson takes a moment before some replies."""
    coach: Coach | None = None
    ahead: Callable[[Mind], None] = _nothing
    """Told the mind after each reply, to have the next lines spoken ahead."""
    close: Callable[[], None] = lambda: None
    """Ends what speaks ahead."""

    def items(self, reply: Reply, feedback: Feedback | None = None) -> list[Item]:
        """Return what is to be said for a reply, in order; its lines are the same sounds again."""
        said: list[Item] = []
        if feedback is not None and self.coach is not None:
            said.append(Item(self._coached(self.coach, feedback)))
        if self.thinking is not None and takes_time(reply):
            said.append(Item(self._thought(self.thinking, reply)))
        lines = (Item(self.clips.fetch(line.text, self.voice), line) for line in reply.lines)
        return [*said, *lines]

    def _coached(self, coach: Coach, feedback: Feedback) -> Future[AudioClip]:
        return coach.clips.fetch_within(said_aloud(feedback), coach.voice, LONGEST_S)

    def _thought(self, thinking: Thinking, reply: Reply) -> Future[AudioClip]:
        sounds = thinking.sounds
        sound = sounds[len(reply.mind.said) % len(sounds)] if sounds else None
        return self.clips.fetch_lasting(sound, self.voice, thinking.seconds)
