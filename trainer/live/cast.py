"""Who says what at the desk: the salesperson's lines, and a coach's words before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainer.live.voice import Clips, Item
from trainer.types import Feedback, Reply


def _nothing(reply: Reply) -> Sequence[Item]:
    return ()


@dataclass(frozen=True, slots=True)
class Cast:
    """The salesperson's voice, with whatever is said around the lines."""

    clips: Clips
    voice: str
    thinking: Callable[[Reply], Sequence[Item]] = _nothing
    """What is heard while the salesperson thinks, before a reply."""
    coach: Callable[[Feedback], Sequence[Item]] | None = None
    """What a coach says aloud about a turn, before the reply to it."""

    def items(self, reply: Reply, feedback: Feedback | None = None) -> list[Item]:
        """Return what is to be said for a reply, in order; asked again, the same sounds."""
        said: list[Item] = []
        if feedback is not None and self.coach is not None:
            said += self.coach(feedback)
        said += self.thinking(reply)
        lines = (Item(self.clips.fetch(line.text, self.voice), line) for line in reply.lines)
        return [*said, *lines]
