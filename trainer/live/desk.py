"""What passes between the practice loop and a desk: turns and commands in, lines and text out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from trainer.session import Session
from trainer.types import AudioClip, Delivery, Feedback, Line, Reply, Transcript, TurnRecord


class Command(StrEnum):
    """What a manager can ask for instead of a turn."""

    AGAIN = "again"
    """Say the salesperson's line again."""
    RETRY = "retry"
    """Take the last turn back and say it anew."""
    BACK = "back"
    """Correct what was heard by typing."""
    HELP = "help"
    QUIT = "quit"


COMMANDS_HELP = (
    "Or type: again (hear the line again), retry (take your last turn anew), back (correct what "
    "was heard), quit (save and stop)."
)


_OTHER_WORDS = {
    "try again": Command.RETRY,
    "let me try again": Command.RETRY,
    "let me try that again": Command.RETRY,
    "can i try that again": Command.RETRY,
    "say that again": Command.AGAIN,
    "say that again please": Command.AGAIN,
    "sorry say that again": Command.AGAIN,
}
_ONLY_TYPED = {"try again"}  # said aloud it may be meant for the salesperson


def command_in(line: str) -> Command | None:
    """Return the command a typed line is, or None."""
    word = line.strip().lower().removeprefix("/")
    return Command(word) if word in set(Command) else _OTHER_WORDS.get(word)


def command_said(text: str) -> Command | None:
    """Return the command a whole spoken turn is, or None."""
    words = " ".join(re.findall(r"[a-z]+", text.lower()))
    return None if words in _ONLY_TYPED else _OTHER_WORDS.get(words)


class Activity(StrEnum):
    """What the program is doing, always shown."""

    SPEAKING = "speaking"
    LISTENING = "listening"
    THINKING = "thinking"


class Stopped(StrEnum):
    """Why a practice talk stopped."""

    OVER = "over"
    """The salesperson ended the talk."""
    QUIT = "quit"
    UNHEARD = "unheard"
    """Nothing was heard, several times running."""
    OUT_OF_TURNS = "out_of_turns"
    """The recordings are used up."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in: a turn, a command, or something over the salesperson; nothing is nobody."""

    clip: AudioClip | None = None
    text: str | None = None
    """A typed turn."""
    transcript: Transcript | None = None
    """The clip's words, where they are known already."""
    record: TurnRecord | None = None
    """What comes of the transcript, where it was considered already."""
    delivery: Delivery | None = None
    """How the turn was delivered, where its audio was heard."""
    command: Command | None = None
    by_enter: bool = False
    """Enter was pressed and nothing was said."""
    goes_on: bool = False
    """The manager goes on with the turn that was answered last; its words come as a whole turn."""
    said: tuple[Line, ...] | None = None
    """The manager speaks over the salesperson, who got so far; the turn is still to come."""
    used_up: bool = False
    """There will be no more turns."""
    failed: Exception | None = None
    """A device or an engine failed after this."""


class Ears(Protocol):
    """Where the manager's turns come from."""

    @property
    def can_ask(self) -> bool:
        """Whether somebody is there to say what was not heard well."""

    def hear(self, session: Session, under_way: Callable[[AudioClip], None]) -> Heard:
        """Wait for the next turn or command.

        Args:
            session: The talk, to think ahead with; it is not changed.
            under_way: Given what was said of a turn so far, at its pauses.
        """

    def ask_for_words(self, heard: str) -> str | None:
        """Let the manager type what they said; None leaves it as heard."""


class Mouth(Protocol):
    """Where the salesperson's lines go."""

    @property
    def is_speaking(self) -> bool:
        """Whether something is still being said; false where ``say`` waits for the end."""

    def say(self, reply: Reply, feedback: Feedback | None = None) -> None:
        """Speak a reply, to its end or in the background.

        Args:
            reply: What the salesperson says.
            feedback: What it is an answer after, for a coach who speaks.
        """


class Screen(Protocol):
    """Where a manager reads how the talk goes."""

    def doing(self, activity: Activity) -> None:
        """Show what is happening."""

    def salesperson(self, reply: Reply) -> None:
        """Show what the salesperson says."""

    def manager(self, heard: Transcript) -> None:
        """Show what was heard."""

    def scored(self, record: TurnRecord, before: TurnRecord | None) -> None:
        """Show scores and feedback, and the change against an earlier attempt at the same turn."""

    def goes_on(self) -> None:
        """Show that the turn just answered goes on, and its answer does not count."""

    def interrupted(self) -> None:
        """Show that the salesperson was interrupted."""

    def tell(self, line: str) -> None:
        """Show one line from the program itself."""
