"""The practice loop: the salesperson speaks, the manager answers, until the talk is over.

Where words come from (microphone, recordings, keyboard), where lines go (speaker, files, nowhere)
and where text is shown are three small protocols, so that one loop serves them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainer.live.desk import (
    COMMANDS_HELP,
    Activity,
    Command,
    Ears,
    Heard,
    Mouth,
    Screen,
    Stopped,
)
from trainer.records import under_way
from trainer.records.store import SessionFolder
from trainer.session import Session, typed
from trainer.speech_to_text.sureness import is_unsure
from trainer.types import AudioClip, Feedback, Reply, Transcript, TurnRecord

MOST_UNHEARD = 3  # nothing heard this many times running: the microphone is not working


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
        self._doubted: Heard | None = None

    def run(self) -> Stopped:
        """Practise until the talk is over or the manager stops.

        Raises:
            DeviceError: Microphone or speaker went away; what was said before is kept.
            StorageError: A turn could not be kept; it was not answered either.
        """
        self._speak(self._session.reply)
        self._take_left_over()
        while not self._session.is_over or self._mouth.is_speaking:
            heard = self._ears.hear(self._session, self._keep_under_way)
            if heard.used_up:
                return Stopped.OUT_OF_TURNS
            if heard.command is Command.QUIT:
                under_way.forget(self._folder)
                return Stopped.QUIT
            if not self._attend(heard):
                return Stopped.UNHEARD
            if heard.failed is not None:
                raise heard.failed
        return Stopped.OVER

    def _attend(self, heard: Heard) -> bool:
        """Do what came in asks for; False when nothing was heard once too often."""
        if heard.command is not None:
            self._obey(heard.command)
        elif heard.goes_on:
            self._session.reopen()
            self._screen.goes_on()
        elif heard.said is not None:
            self._cut_short(heard)
        elif heard.failed is not None and heard.transcript is None and heard.text is None:
            if heard.clip is not None:
                self._keep_under_way(heard.clip)
        elif not self._session.is_over:
            return self._take(heard)
        return True

    def _keep_under_way(self, clip: AudioClip) -> None:
        under_way.keep(self._folder, clip)

    def _take_left_over(self) -> None:
        clip = under_way.left_over(self._folder)
        if clip is not None and not self._session.is_over:
            self._screen.tell("What you were saying when the talk was broken off is taken first.")
            self._take(Heard(clip=clip))

    def _take(self, heard: Heard) -> bool:
        """Take a turn; False when nothing was heard once too often."""
        doubted, self._doubted = self._doubted, None
        if doubted is not None and heard.by_enter:
            self._accept(doubted, self._words(doubted))
            return True
        if doubted is not None and heard.text:
            self._accept(doubted, self._words(doubted), corrected=heard.text)
            return True
        transcript = self._words(heard)
        if not transcript.text:
            return self._ask_again(heard)
        self._screen.manager(transcript)
        if is_unsure(transcript) and self._ears.can_ask and heard.failed is None:
            self._doubt(heard, transcript)
        else:
            self._accept(heard, transcript)
        return True

    def _doubt(self, heard: Heard, transcript: Transcript) -> None:
        """Ask before words are scored that the recogniser is not sure of."""
        self._doubted = Heard(clip=heard.clip, transcript=transcript, delivery=heard.delivery)
        self._screen.tell(
            "Not surely heard, so not scored yet: press Enter if it is right, type what you said, "
            "or just say it again."
        )

    def _accept(self, heard: Heard, transcript: Transcript, corrected: str | None = None) -> None:
        record = heard.record or self._session.consider(transcript, corrected)
        record = replace(record, delivery=heard.delivery)
        self._session.accept(record)
        self._finish(record, heard.clip)

    def _words(self, heard: Heard) -> Transcript:
        if heard.transcript is not None:
            return heard.transcript
        if heard.clip is None:
            return typed(heard.text or "", self._session.scenario.file.language)
        self._screen.doing(Activity.THINKING)
        return self._session.transcribe(heard.clip)

    def _ask_again(self, heard: Heard) -> bool:
        if heard.failed is not None:
            return True
        reply = self._session.unheard()
        if self._session.unheard_running >= MOST_UNHEARD:
            return False
        self._screen.tell("Nothing was heard, so nothing was scored.")
        self._speak(reply)
        return True

    def _finish(self, record: TurnRecord, clip: AudioClip | None) -> None:
        self._folder.add(record, clip if self._keep_audio else None)
        under_way.forget(self._folder)
        self._screen.scored(record, self._attempt_before(record))
        self._speak(record.reply, record.feedback_now)
        self._after_turn()

    def _cut_short(self, heard: Heard) -> None:
        if not heard.said and self._session.records:
            # Over the coach, before a word of the answer: the turn is being said anew.
            self._session.retry()
            self._screen.tell("Taken as another go at your turn.")
            return
        cut = self._session.interrupted(heard.said or ())
        if cut is not None:
            self._folder.add(cut)
            self._after_turn()
        self._screen.interrupted()

    def _attempt_before(self, record: TurnRecord) -> TurnRecord | None:
        earlier = [r for r in self._session.records[:-1] if r.number == record.number]
        return earlier[-1] if earlier else None

    def _obey(self, command: Command) -> None:
        if command is Command.AGAIN:
            self._speak(self._session.reply)
        elif command is Command.HELP:
            self._screen.tell(COMMANDS_HELP)
        elif self._doubted is None and not self._session.records:
            self._screen.tell("There is no turn to change yet.")
        elif command is Command.RETRY:
            self._take_back()
        elif self._doubted is not None:
            self._correct_doubted(self._doubted)
        else:
            self._correct()

    def _take_back(self) -> None:
        """Take back the last turn, or the one that was not surely heard: it is the last then."""
        if self._doubted is None:
            self._session.retry()
        self._doubted = None
        self._screen.tell("Taken back. Say it your new way.")
        self._speak(self._session.reply)

    def _correct_doubted(self, doubted: Heard) -> None:
        words = self._typed_for(self._words(doubted).text)
        if words:
            self._doubted = None
            self._accept(doubted, self._words(doubted), corrected=words)

    def _correct(self) -> None:
        last = self._session.records[-1]
        words = self._typed_for(last.text)
        if not words or words == last.text:
            self._screen.tell("Left as it was.")
            return
        record = self._session.correct(words)
        if record is not None:
            self._finish(record, None)

    def _typed_for(self, heard: str) -> str | None:
        self._screen.tell(f'Heard: "{heard}" Type what you said; Enter alone leaves it.')
        return self._ears.ask_for_words(heard)

    def _speak(self, reply: Reply, feedback: Feedback | None = None) -> None:
        self._screen.salesperson(reply)
        self._mouth.say(reply, feedback)
