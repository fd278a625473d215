"""Practising aloud: one loop over the microphone's frames, with the salesperson's voice on top.

The microphone is open all the time. In a pause the turn's words are transcribed and its answer is
worked out and synthesised, so that when the silence has lasted long enough the salesperson begins
at once. Speech over the salesperson stops them at once (``giving_way``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Self

import numpy as np

from trainer.audio.listen import GIVE_UP_S, level_dbfs
from trainer.audio.listen import Heard as Level
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.words_so_far import SoFar
from trainer.errors import DeviceError
from trainer.live.cast import Cast
from trainer.live.desk import Activity, Command, Heard, command_in, command_said
from trainer.live.floor import SOUNDING_DBFS, Floor
from trainer.live.foresight import Foresight
from trainer.live.giving_way import GivingWay, Over
from trainer.live.keys import Keys
from trainer.live.open_turn import NOTHING_EXPECTED, Expecting, OpenTurn
from trainer.live.threads import Workers
from trainer.live.turn_times import TurnTimes, times_of
from trainer.live.voice import Voice
from trainer.protocols import DuplexDevice
from trainer.session import Session
from trainer.types import (
    AudioClip,
    DuplexMode,
    Feedback,
    Reply,
    Samples,
    Transcript,
    TurnState,
)

NO_TURN_S = 1.0  # silence after which a cough or a "mhm" is forgotten
WORDLESS_S = 2.0  # speech this long without words was not understood, and is asked about


class AloudDesk:
    """Ears and mouth at once, on an open device; used by ``with``."""

    can_ask = True

    def __init__(
        self,
        device: DuplexDevice,
        detector: AudioTurnDetector,
        workers: Workers,
        cast: Cast,
        keys: Keys,
        *,
        show: Callable[[Activity], None],
        expecting: Expecting = NOTHING_EXPECTED,
        on_frame: Callable[[Level], None] = lambda level: None,
        on_turn: Callable[[TurnTimes], None] = lambda times: None,
        give_up_s: float = GIVE_UP_S,
    ) -> None:
        """Put the parts together.

        Args:
            device: Microphone and speaker, not yet opened.
            detector: Decides what is speech.
            workers: Write it down and work out answers meanwhile; closed with the desk.
            cast: Who speaks.
            keys: Lines typed meanwhile.
            show: Shows what is happening.
            expecting: The talk's language, names and terms.
            on_frame: Shows the level.
            on_turn: Told where the time went, with each answer.
            give_up_s: Silence after which nobody is expected to speak.
        """
        self._device = device
        self._detector = detector
        self._workers = workers
        self._cast = cast
        self._keys = keys
        self._show = show
        self._expecting = expecting
        self._on_frame = on_frame
        self._on_turn = on_turn
        self._give_up_s = give_up_s
        self._voice = Voice(device)
        self._foresight = Foresight(cast, workers.thinking)
        self._turn = OpenTurn(detector, workers.recogniser, expecting)
        self._floor = Floor()
        self._giving_way = GivingWay(self._voice)
        self._doing: Activity | None = None

    def __enter__(self) -> Self:
        """Open the device."""
        self._device.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the device; a turn that is going on is forgotten."""
        self._turn.close()
        self._foresight.forget()
        self._device.__exit__(kind, error, trace)
        self._cast.close()
        self._workers.close()

    @property
    def mode(self) -> DuplexMode:
        """Whether the manager is heard while the salesperson speaks."""
        return self._device.mode

    @property
    def is_speaking(self) -> bool:
        """Whether the salesperson has more to say."""
        return self._voice.is_speaking

    @property
    def is_idle(self) -> bool:
        """Whether no turn is going on."""
        return self._giving_way.may_reopen or not self._turn.has_begun

    def say(self, reply: Reply, feedback: Feedback | None = None) -> None:
        """Begin to speak a reply; it goes on while ``hear`` is called."""
        self._voice.begin(self._cast.items(reply, feedback))
        self._cast.ahead(reply.mind)
        if not self._giving_way.may_reopen:
            self._await_turn()
        self._display(Activity.SPEAKING)

    def hear(self, session: Session, under_way: Callable[[AudioClip], None]) -> Heard:
        """Listen, and speak on, until something has to be decided."""
        while True:
            heard = self._from_keys() or self._from_frame(session, under_way)
            if heard is not None:
                return heard
            if session.is_over and not self.is_speaking:
                return Heard()

    def ask_for_words(self, heard: str) -> str | None:
        """Wait for the right words to be typed; what is said meanwhile is not listened to."""
        while (line := self._keys.take()) is None and not self._keys.closed:
            self._device.read()
        self._await_turn()
        return line

    # Keys

    def _from_keys(self) -> Heard | None:
        line = self._keys.take()
        if line is None:
            return Heard(command=Command.QUIT) if self._keys.closed and self.is_idle else None
        command = command_in(line)
        if command is Command.HELP:
            return Heard(command=command)
        if line:
            self._stop_everything()
            # Anything that is not a command is the turn itself, typed.
            return Heard(command=command, text=None if command else line)
        if self._voice.is_speaking:
            self._voice.drop()  # it can be read: it counts as said
            return None
        return self._enter()

    def _enter(self) -> Heard:
        if not self.is_idle:
            return self._ended_now(by_enter=True)
        self._await_turn()
        return Heard(by_enter=True)

    def _stop_everything(self) -> None:
        self._voice.drop()
        self._await_turn()

    # Frames

    def _from_frame(self, session: Session, under_way: Callable[[AudioClip], None]) -> Heard | None:
        try:
            self._voice.poll()
            frame = self._device.read()
        except DeviceError as error:
            return self._lost(error)
        if frame is None:
            return Heard(used_up=True) if self.is_idle else self._ended_now()
        speaking = self._voice.is_speaking
        self._detector.over = speaking
        before = self._turn.state
        if self._device.echo.is_own_voice:
            frame = np.zeros_like(frame)
        state = self._turn.take(frame, over_playing=self._device.is_playing)
        self._note_floor()
        if speaking:
            return self._over_the_salesperson(state)
        self._display(Activity.LISTENING)
        self._on_frame(Level(level_dbfs(frame), state))
        if self._giving_way.may_reopen:
            self._await_turn(self._turn.recent if state is TurnState.SPEAKING else ())
            return None
        if before is TurnState.SPEAKING and state is not before and self._turn.clip is not None:
            under_way(self._turn.clip)
        return self._listen(session, state)

    def _note_floor(self) -> None:
        told = self._voice.is_on_a_line and self._device.is_playing
        sounds = told and self._device.echo.played_dbfs > SOUNDING_DBFS
        self._floor.note(manager=self._detector.hears_speech, salesperson=sounds)

    def _over_the_salesperson(self, state: TurnState) -> Heard | None:
        over = self._giving_way.take(self._turn, state)
        if over is None:
            return None
        if over is Over.TOO_LATE:
            self._await_turn(self._turn.recent)
            return None
        if over is Over.HUM:
            self._await_turn()
            self._voice.go_on()
            return None
        self._foresight.forget()
        self._giving_way.forget()
        said = self._voice.drop()
        if over is Over.OWN_TURN:
            return Heard(said=said)
        self._floor.reopened()
        return Heard(goes_on=True)

    def _listen(self, session: Session, state: TurnState) -> Heard | None:
        turn = self._turn
        if not turn.has_begun:
            if turn.silence_s < self._give_up_s:
                return None
            self._await_turn()
            return Heard()
        if turn.at_maximum:
            return self._ended_now()
        words = turn.words
        if state is TurnState.SPEAKING or words is None:
            waited_in_vain = state is not TurnState.SPEAKING and turn.has_waited
            return self._ended_now() if waited_in_vain else None
        if turn.amounts_to is SoFar.NOTHING or not words.text:
            return self._nothing_said(words)
        self._foresight.consider(session, words)
        if not turn.has_waited:
            return None
        self._display(Activity.THINKING)
        if (command := command_said(words.text)) is not None:
            self._await_turn()
            return Heard(command=command)
        record = self._foresight.answer()
        if record is None:
            return None
        self._on_turn(times_of(turn))
        self._giving_way.answered(words.text)
        delivery = self._floor.answered()
        return Heard(clip=turn.clip, transcript=words, record=record, delivery=delivery)

    def _nothing_said(self, words: Transcript) -> Heard | None:
        """Forget a cough or a "mhm"; ask about speech that was not understood."""
        if self._turn.silence_s < NO_TURN_S:
            return None
        not_understood = not words.text and self._turn.spoken_s >= WORDLESS_S
        self._await_turn()
        return Heard(transcript=words) if not_understood else None

    def _ended_now(self, by_enter: bool = False) -> Heard:
        """End the turn here, waiting for its words."""
        self._display(Activity.THINKING)
        turn = self._turn
        clip = turn.clip
        try:
            words = turn.finish()
        except Exception as error:  # whatever the recogniser raised: what was said is kept
            return Heard(clip=clip, failed=error)
        delivery = self._floor.answered() if words.text else None
        if not words.text or turn.at_maximum:
            self._await_turn()
        else:
            self._giving_way.answered(words.text)
        by_enter = by_enter and not words.text
        return Heard(clip=clip, transcript=words, delivery=delivery, by_enter=by_enter)

    def _lost(self, error: DeviceError) -> Heard:
        if self.is_idle:
            return Heard(failed=error)
        heard = self._ended_now()
        return replace(heard, failed=heard.failed or error)

    def _await_turn(self, recent: list[Samples] | tuple[()] = ()) -> None:
        """Forget the turn and wait for the next, which may have begun in the frames given."""
        self._turn.close()
        self._foresight.forget()
        self._floor.next_turn()
        self._giving_way.forget()
        self._turn = OpenTurn(self._detector, self._workers.recogniser, self._expecting)
        for frame in recent:
            self._turn.take(frame)

    def _display(self, activity: Activity) -> None:
        if activity is not self._doing:
            self._doing = activity
            self._show(activity)
