"""The end of a manager's turn, decided from voice activity, Smart Turn, words and silence together.

Time is frames: a detector never looks at a clock, so a recording steps through it as fast as it
can be read. Each pause is judged by ``patience.wait_s`` from a ``Pause``, a plain value.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future

import numpy as np

from trainer.audio.end_of_turn import HEARD_SAMPLES, EndOfTurn
from trainer.audio.patience import (
    FRAME_S,
    SETTINGS,
    Patience,
    Pause,
    TurnSettings,
    frames_in,
    wait_s,
)
from trainer.audio.voice_activity import VoiceActivity, refuse_wrong_frame
from trainer.audio.words_so_far import SoFar
from trainer.types import FRAME_SAMPLES, Samples, SpeechSpan, TurnState

Submit = Callable[[Callable[[Samples], float], Samples], "Future[float]"]
"""Asks Smart Turn, now or in another thread."""


def at_once(ask: Callable[[Samples], float], turn: Samples) -> Future[float]:
    """Ask in this thread: the same frames always give the same turn."""
    answer: Future[float] = Future()
    answer.set_result(ask(turn))
    return answer


class AudioTurnDetector:
    """Decides by ear where a turn starts, pauses and ends."""

    def __init__(
        self,
        voice_activity: VoiceActivity,
        end_of_turn: EndOfTurn,
        settings: TurnSettings = SETTINGS[Patience.NORMAL],
        *,
        submit: Submit = at_once,
    ) -> None:
        """Put the parts together.

        Args:
            voice_activity: Which frames hold speech.
            end_of_turn: What a pause sounds like.
            settings: How long to wait.
            submit: Where ``end_of_turn`` is asked; it takes 30 to 70 ms, which a live loop has not.
        """
        self._voice = voice_activity
        self._end_of_turn = end_of_turn
        self.settings = settings
        self._submit = submit
        self.over = False
        """Somebody is being spoken over: take speech for speech sooner."""
        self._ask_after = tuple(frames_in(each) for each in settings.ask_after_s)
        self.reset()

    def reset(self) -> None:
        """Forget the turn; the next frame begins a new one."""
        settings = self.settings
        self._voice.reset()
        self._audio: deque[Samples] = deque(maxlen=HEARD_SAMPLES // FRAME_SAMPLES)
        window = max(frames_in(settings.start_window_s), frames_in(settings.resume_window_s))
        self._recent: deque[bool] = deque(maxlen=window)
        self._state = TurnState.WAITING
        self._heard = 0  # frames since the reset
        self._first = self._last = 0  # first frame of speech, and one past the last
        self._spoken = 0  # frames of speech in the turn
        self._forget_pause()
        self._opened = 0  # frame at which the maximum began to count
        self._held_open = False
        self._at_maximum = False

    @property
    def speech(self) -> SpeechSpan | None:
        """Where the turn's speech lies so far, or None while nobody has spoken."""
        if self._state is TurnState.WAITING:
            return None
        return SpeechSpan(
            self._first * FRAME_SAMPLES,
            self._last * FRAME_SAMPLES,
            self._spoken * FRAME_SAMPLES,
            self._at_maximum,
        )

    @property
    def pause(self) -> Pause:
        """What is known about the pause that is going on."""
        return Pause(self._spoken * FRAME_S, self._opinions, self._words)

    def note_words(self, words: SoFar) -> None:
        """Say what the turn's words amount to; forgotten when speech goes on."""
        self._words: SoFar | None = words

    @property
    def wait_s(self) -> float:
        """Seconds of silence that end the turn, by what is known in this pause."""
        return wait_s(self.pause, self.settings)

    @property
    def hears_speech(self) -> bool:
        """Whether the last frame was speech."""
        return bool(self._recent) and self._recent[-1]

    @property
    def silence_s(self) -> float:
        """Seconds heard since the last speech, or since the reset."""
        return (self._heard - self._last) * FRAME_S

    def reopen(self) -> None:
        """Go on with a turn that has ended; it ends again only after more speech."""
        if self._state is TurnState.ENDED:
            self._state = TurnState.PAUSING
            self._opened = self._heard
            self._held_open = True
            self._at_maximum = False

    def update(self, frame: Samples) -> TurnState:
        """Take the next frame and say where the turn stands."""
        refuse_wrong_frame(frame)
        self._heard += 1
        self._audio.append(frame.copy())  # the caller may use its buffer again
        probability = self._voice.probability(frame)
        is_speech = probability >= self._threshold()
        self._recent.append(is_speech)
        if self._state is TurnState.WAITING:
            self._wait_for_speech()
        elif self._state is not TurnState.ENDED:
            self._follow(is_speech)
        return self._state

    def _threshold(self) -> float:
        going_on = bool(self._recent) and self._recent[-1]
        return self.settings.still_speech_prob if going_on else self.settings.speech_prob

    def _speech_within(self, window_s: float) -> int:
        return sum(list(self._recent)[-frames_in(window_s) :])

    def _speaks(self, speech_s: float, window_s: float) -> bool:
        return self._speech_within(window_s) >= frames_in(speech_s)

    def _is_over(self) -> bool:
        settings = self.settings
        return self.over and self._speaks(settings.over_speech_s, settings.over_window_s)

    def _wait_for_speech(self) -> None:
        settings = self.settings
        if not (self._is_over() or self._speaks(settings.start_speech_s, settings.start_window_s)):
            return
        window = list(self._recent)[-frames_in(settings.start_window_s) :]
        self._state = TurnState.SPEAKING
        self._first = self._opened = self._heard - len(window) + window.index(True)
        self._last = self._heard
        self._spoken = sum(window)

    def _follow(self, is_speech: bool) -> None:
        settings = self.settings
        if self._state is TurnState.SPEAKING and is_speech:
            self._last = self._heard
            self._spoken += 1
        elif self._state is TurnState.PAUSING:
            self._resume_if_speaking(is_speech)
        silent = self._heard - self._last
        if silent >= frames_in(settings.pause_s):
            self._state = TurnState.PAUSING
            self._judge(silent)
        if self._heard - self._opened >= frames_in(settings.longest_s):
            self._at_maximum = True
            self._state = TurnState.ENDED

    def _resume_if_speaking(self, is_speech: bool) -> None:
        settings = self.settings
        resumes = self._speaks(settings.resume_speech_s, settings.resume_window_s)
        if is_speech and (self._is_over() if self.over else resumes):
            self._state = TurnState.SPEAKING
            self._last = self._heard
            self._spoken += self._speech_within(settings.resume_window_s)
            self._forget_pause()
            self._held_open = False

    def _forget_pause(self) -> None:
        self._opinions: tuple[float, ...] = ()
        self._asked: deque[Future[float]] = deque()
        self._words = None

    def _judge(self, silent: int) -> None:
        settings = self.settings
        if self._held_open:
            return
        too_short = self.pause.spoken_s < settings.short_turn_s
        if silent in self._ask_after and not too_short and not self.pause.is_finished(settings):
            ask = self._end_of_turn.probability
            self._asked.append(self._submit(ask, self._turn_so_far()))
        while self._asked and self._asked[0].done():
            self._opinions = (*self._opinions, self._asked.popleft().result())
        if silent >= frames_in(wait_s(self.pause, settings)):
            self._state = TurnState.ENDED

    def _turn_so_far(self) -> Samples:
        # The start rule lies in the frames before; without them the first sound would be cut off.
        since = self._heard - self._first + frames_in(self.settings.start_window_s)
        return np.concatenate(list(self._audio)[-since:])


class ScriptedTurnDetector:
    """Gives the states of a script, one a frame; running out of it is an error.

    ``reset`` and ``reopen`` are noted and do not move the script.
    """

    def __init__(self, states: Iterable[TurnState]) -> None:
        self._script = deque(states)
        self._span: SpeechSpan | None = None
        self._frames_since_reset = 0
        self.frames: list[Samples] = []
        """Every frame it was given."""
        self.resets = 0
        self.reopenings = 0

    def reset(self) -> None:
        """Forget the span; the script goes on."""
        self.resets += 1
        self._span = None
        self._frames_since_reset = 0

    def reopen(self) -> None:
        """Note it; the script goes on."""
        self.reopenings += 1

    @property
    def speech(self) -> SpeechSpan | None:
        """From the first to the last SPEAKING frame since the reset."""
        return self._span

    def update(self, frame: Samples) -> TurnState:
        """Return the script's next state."""
        refuse_wrong_frame(frame)
        if not self._script:
            raise RuntimeError(f"the turn detector script ended after {len(self.frames)} frames")
        self.frames.append(frame.copy())
        begin = self._frames_since_reset * FRAME_SAMPLES
        self._frames_since_reset += 1
        state = self._script.popleft()
        if state is TurnState.SPEAKING:
            start, spoken = (self._span.start, self._span.spoken) if self._span else (begin, 0)
            self._span = SpeechSpan(start, begin + FRAME_SAMPLES, spoken + FRAME_SAMPLES)
        return state


def lasting(state: TurnState, seconds: float) -> list[TurnState]:
    """Return a state for as many frames as the seconds hold, for a script."""
    return [state] * frames_in(seconds)
