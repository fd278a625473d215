"""Listening to one turn: from an open source, through a turn detector, to what was said."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from trainer.audio.sources import frames_of
from trainer.errors import DeviceError
from trainer.protocols import AudioSource, TurnDetector
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, Samples, SpeechSpan, TurnState

LEAD_IN_S = 0.3  # kept before the first frame of speech: breathed and voiceless sounds begin there
TAIL_S = 0.3  # kept after the last one: so do final s and t, and recognisers want to hear the end
GIVE_UP_S = 30.0  # long enough to think a question out, short enough to notice a muted microphone
QUIETEST_DBFS = -100.0  # what digital silence is shown as
_LEAD_IN = round(LEAD_IN_S * MODEL_RATE_HZ)
_TAIL = round(TAIL_S * MODEL_RATE_HZ)
_WAITING_FRAMES = MODEL_RATE_HZ // FRAME_SAMPLES + 1  # 1 s: lead-in and what starts a turn


class Ending(StrEnum):
    """Why listening stopped."""

    ENDED = "ended"
    """The turn detector took the turn for done."""
    ENTER = "enter"
    MAXIMUM = "maximum"
    """The turn had reached its longest length."""
    SILENCE = "silence"
    """Nobody spoke until the patience ran out."""
    SOURCE_ENDED = "source_ended"
    DEVICE_LOST = "device_lost"


@dataclass(frozen=True, slots=True)
class Heard:
    """One frame, for a level meter."""

    level_dbfs: float
    """Root mean square; 0 is full scale, QUIETEST_DBFS the least."""
    state: TurnState


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said in one turn."""

    clip: AudioClip | None
    """The speech with LEAD_IN_S before and TAIL_S after it; None where nobody spoke."""
    why: Ending
    speech_s: float = 0.0
    """Speech without the pauses in it."""
    waited_s: float = 0.0
    """Silence before the speech, or all of it where nobody spoke."""
    loudest_dbfs: float = QUIETEST_DBFS
    """Level of the loudest frame; QUIETEST_DBFS from a microphone means it is muted."""
    reopened: int = 0
    """How often the turn was taken for done and went on all the same."""


class LostWhileListening(DeviceError):
    """The microphone went away during a turn; ``utterance`` holds what was said until then."""

    def __init__(self, message: str, utterance: Utterance) -> None:
        super().__init__(message)
        self.utterance = utterance


def listen(
    source: AudioSource,
    detector: TurnDetector,
    *,
    on_frame: Callable[[Heard], None] | None = None,
    on_pause: Callable[[AudioClip], None] | None = None,
    end_now: Callable[[], bool] | None = None,
    give_up_s: float = GIVE_UP_S,
) -> Utterance:
    """Listen to one turn.

    Args:
        source: Already opened by ``with``; it stays open, so a turn can be gone on with.
        detector: It is reset first.
        on_frame: Called with each frame's level and state, about 31 times a second.
        on_pause: Called at the start of each pause with what was said so far, so that recognising
            it can begin in another thread; it must return at once.
        end_now: Asked after each frame; true (Enter pressed) ends the turn there.
        give_up_s: Silence from the start after which nobody is expected to speak any more.

    Raises:
        LostWhileListening: A DeviceError that carries what was captured.
    """
    detector.reset()
    take = _Take()
    try:
        why = _hear(source, detector, take, on_frame, on_pause, end_now, give_up_s)
    except DeviceError as error:
        partial = take.utterance(detector.speech, Ending.DEVICE_LOST)
        raise LostWhileListening(str(error), partial) from error
    return take.utterance(detector.speech, why)


def _hear(
    source: AudioSource,
    detector: TurnDetector,
    take: _Take,
    on_frame: Callable[[Heard], None] | None,
    on_pause: Callable[[AudioClip], None] | None,
    end_now: Callable[[], bool] | None,
    give_up_s: float,
) -> Ending:
    before = TurnState.WAITING
    while (frame := source.read()) is not None:
        state = detector.update(frame)
        take.add(frame, keep_all=state is not TurnState.WAITING)
        if on_frame is not None:
            on_frame(Heard(level_dbfs(frame), state))
        if state is TurnState.ENDED:
            span = detector.speech
            return Ending.MAXIMUM if span is not None and span.at_maximum else Ending.ENDED
        if on_pause is not None and before is TurnState.SPEAKING and state is TurnState.PAUSING:
            so_far = take.utterance(detector.speech, Ending.ENDED).clip
            if so_far is not None:
                on_pause(so_far)
        if end_now is not None and end_now():
            return Ending.ENTER
        if state is TurnState.WAITING and take.heard_s >= give_up_s:
            return Ending.SILENCE
        before = state
    return Ending.SOURCE_ENDED


def listen_to_recording(clip: AudioClip, detector: TurnDetector) -> Utterance:
    """Take a whole recording as one turn, thinking pauses and all.

    Wherever the detector ends the turn it is re-opened, so nothing between the first and the last
    word is lost; only silence before and after is.
    """
    detector.reset()
    take = _Take()
    reopened, ended_at = 0, None
    for frame in frames_of(clip):
        state = detector.update(frame)
        take.add(frame, keep_all=True)
        span = detector.speech
        if ended_at is not None and span is not None and span.end > ended_at:
            reopened, ended_at = reopened + 1, None
        if state is TurnState.ENDED and span is not None:
            ended_at = span.end
            detector.reopen()
    why = Ending.SOURCE_ENDED if ended_at is None else Ending.ENDED
    return take.utterance(detector.speech, why, reopened)


def level_dbfs(samples: Samples) -> float:
    """Return the root mean square of some samples in dB below full scale."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return max(QUIETEST_DBFS, 10.0 * float(np.log10(power))) if power > 0.0 else QUIETEST_DBFS


class _Take:
    """The frames of one turn; before anyone speaks only the last second is kept."""

    def __init__(self) -> None:
        self._frames: deque[Samples] = deque()
        self._dropped = 0  # frames no longer kept
        self._loudest_dbfs = QUIETEST_DBFS

    @property
    def heard_s(self) -> float:
        return (self._dropped + len(self._frames)) * FRAME_SAMPLES / MODEL_RATE_HZ

    def add(self, frame: Samples, *, keep_all: bool) -> None:
        self._frames.append(frame.copy())
        self._loudest_dbfs = max(self._loudest_dbfs, level_dbfs(frame))
        while not keep_all and len(self._frames) > _WAITING_FRAMES:
            self._frames.popleft()
            self._dropped += 1

    def utterance(self, span: SpeechSpan | None, why: Ending, reopened: int = 0) -> Utterance:
        if span is None:
            return Utterance(None, why, waited_s=self.heard_s, loudest_dbfs=self._loudest_dbfs)
        offset = self._dropped * FRAME_SAMPLES
        samples = np.concatenate(list(self._frames))
        kept = samples[max(0, span.start - _LEAD_IN - offset) : span.end + _TAIL - offset]
        return Utterance(
            AudioClip(np.ascontiguousarray(kept), MODEL_RATE_HZ),
            why,
            speech_s=span.spoken / MODEL_RATE_HZ,
            waited_s=span.start / MODEL_RATE_HZ,
            loudest_dbfs=self._loudest_dbfs,
            reopened=reopened,
        )
