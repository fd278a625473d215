"""The practice loop: the salesperson speaks, the manager answers, until the talk is over.

Where words come from (microphone, recordings, keyboard), where lines go (speaker, files, nowhere)
and where text is shown are three small protocols, so that one loop serves them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from trainer.errors import DeviceError
from trainer.records.store import SessionFolder
from trainer.session import Session, typed
from trainer.types import AudioClip, Reply, Transcript, TurnRecord

MOST_UNHEARD = 3  # nothing heard this many times running: the microphone is not working


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
    """What came in: a clip, or text, or a command; nothing at all when nobody spoke."""

    clip: AudioClip | None = None
    text: str | None = None
    command: Command | None = None
    used_up: bool = False
    """There will be no more turns."""
    lost: DeviceError | None = None
    """The microphone went away after this."""


class Ears(Protocol):
    """Where the manager's turns come from."""

    def hear(self) -> Heard:
        """Wait for the next turn or command."""

    def ask_for_words(self, heard: str) -> str | None:
        """Let the manager type what they said; None leaves it as heard."""


class Mouth(Protocol):
    """Where the salesperson's lines go."""

    def say(self, reply: Reply) -> None:
        """Speak a reply to its end."""


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

    def tell(self, line: str) -> None:
        """Show one line from the program itself."""


COMMANDS_HELP = (
    "Or type: again (hear the line again), retry (take your last turn anew), back (correct what "
    "was heard), quit (save and stop)."
)


class Practice:
    """One talk at a desk: every turn is on disk before the next line is spoken."""

    def __init__(
        self,
        session: Session,
        folder: SessionFolder,
        *,
        ears: Ears,
        mouth: Mouth,
        screen: Screen,
        keep_audio: bool = False,
        after_turn: Callable[[], None] = lambda: None,
    ) -> None:
        """Put the parts of a talk together.

        Args:
            session: The talk.
            folder: Where its turns are kept.
            ears: Where turns come from.
            mouth: Where lines go.
            screen: Where text goes.
            keep_audio: Keep the manager's recordings in the folder.
            after_turn: Called when a turn is on disk, for the index.
        """
        self._session = session
        self._folder = folder
        self._ears = ears
        self._mouth = mouth
        self._screen = screen
        self._keep_audio = keep_audio
        self._after_turn = after_turn

    def run(self) -> Stopped:
        """Practise until the talk is over or the manager stops.

        Raises:
            DeviceError: Microphone or speaker went away; what was said before is kept.
            StorageError: A turn could not be kept; it was not answered either.
        """
        self._speak(self._session.reply)
        while not self._session.is_over:
            heard = self._ears.hear()
            if heard.used_up:
                return Stopped.OUT_OF_TURNS
            if heard.command is Command.QUIT:
                return Stopped.QUIT
            if heard.command is not None:
                self._obey(heard.command)
            elif not self._take(heard):
                return Stopped.UNHEARD
            if heard.lost is not None:
                raise heard.lost
        return Stopped.OVER

    def _take(self, heard: Heard) -> bool:
        """Take a turn; False when nothing was heard once too often."""
        transcript = self._words(heard)
        if not transcript.text:
            return self._ask_again(heard)
        self._screen.manager(transcript)
        self._finish(self._session.answer(transcript), heard.clip)
        return True

    def _words(self, heard: Heard) -> Transcript:
        if heard.clip is None:
            return typed(heard.text or "", self._session.scenario.file.language)
        self._screen.doing(Activity.THINKING)
        return self._session.transcribe(heard.clip)

    def _ask_again(self, heard: Heard) -> bool:
        if heard.lost is not None:
            return True
        reply = self._session.unheard()
        if self._session.unheard_running >= MOST_UNHEARD:
            return False
        self._screen.tell("Nothing was heard, so nothing was scored.")
        self._speak(reply)
        return True

    def _finish(self, record: TurnRecord, clip: AudioClip | None) -> None:
        self._folder.add(record, clip if self._keep_audio else None)
        self._after_turn()
        self._screen.scored(record, self._attempt_before(record))
        self._speak(record.reply)

    def _attempt_before(self, record: TurnRecord) -> TurnRecord | None:
        earlier = [r for r in self._session.records[:-1] if r.number == record.number]
        return earlier[-1] if earlier else None

    def _obey(self, command: Command) -> None:
        if command is Command.AGAIN:
            self._speak(self._session.reply)
        elif command is Command.HELP:
            self._screen.tell(COMMANDS_HELP)
        elif not self._session.records:
            self._screen.tell("There is no turn to change yet.")
        elif command is Command.RETRY:
            self._session.retry()
            self._screen.tell("Taken back. Say it your new way.")
            self._speak(self._session.reply)
        else:
            self._correct()

    def _correct(self) -> None:
        last = self._session.records[-1]
        words = self._ears.ask_for_words(last.text)
        if not words or words == last.text:
            self._screen.tell("Left as it was.")
            return
        record = self._session.correct(words)
        if record is not None:
            self._finish(record, None)

    def _speak(self, reply: Reply) -> None:
        self._screen.salesperson(reply)
        self._screen.doing(Activity.SPEAKING)
        self._mouth.say(reply)
