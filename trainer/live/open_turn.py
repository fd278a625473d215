"""A manager's turn while it lasts: frames go in; its words, sound and state come out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from trainer.audio.listen import LEAD_IN_S, TAIL_S
from trainer.audio.patience import FRAME_S, frames_in
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.words_so_far import SoFar, so_far
from trainer.protocols import LiveSpeechToText, RunningTranscript
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, AudioClip, Samples, Transcript, TurnState

_BEFORE = frames_in(1.0)  # kept before anyone speaks: the lead-in and what starts a turn
_ONSET = frames_in(0.45)  # speech over the salesperson has begun within so much before it counts
_GAP = frames_in(0.1)  # of silence, after which the words are asked for: most such gaps are pauses
_LEAD_IN = frames_in(LEAD_IN_S)
_TAIL = round(TAIL_S * MODEL_RATE_HZ)


@dataclass(frozen=True, slots=True)
class Expecting:
    """What the recogniser should expect."""

    language: str = "en"
    prompt: str = ""


NOTHING_EXPECTED = Expecting()


class OpenTurn:
    """Follows one turn; a turn that goes on after it was answered is followed on."""

    def __init__(
        self, detector: AudioTurnDetector, recogniser: LiveSpeechToText, expecting: Expecting
    ) -> None:
        """Wait for a turn to begin; the detector is reset.

        Args:
            detector: Decides what is speech and how long to wait.
            recogniser: Writes the words down while they are said.
            expecting: What it should expect.
        """
        detector.reset()
        self.detector = detector
        self._recogniser = recogniser
        self._expecting = expecting
        self._running: RunningTranscript | None = None
        self._frames: deque[Samples] = deque()
        self._dropped = 0
        self._withheld = 0  # frames not fed yet: whether they are the manager's is not clear
        self._judged: str | None = None
        self.state = TurnState.WAITING
        self.at_maximum = False
        """It has reached the longest a turn may be."""
        self.words_at_s: float | None = None
        """The silence when the words of this pause were there; None before."""

    def take(self, frame: Samples, *, over_playing: bool = False) -> TurnState:
        """Take the next frame and say where the turn stands.

        Args:
            frame: What was heard.
            over_playing: The salesperson is being played: what is not speech is then not the
                manager's, and the recogniser gets silence in its place.
        """
        self.state = self.detector.update(frame)
        if self.state is TurnState.ENDED:
            span = self.detector.speech
            self.at_maximum |= span is not None and span.at_maximum
            # When to answer is decided by whoever listens; here a turn may always go on.
            self.detector.reopen()
        self._frames.append(frame.copy())
        if self._running is not None:
            self._feed(over_playing)
        elif self.state is not TurnState.WAITING:
            self._begin()
        else:
            while len(self._frames) > _BEFORE:
                self._frames.popleft()
                self._dropped += 1
        self._note_words()
        return self.state

    def _begin(self) -> None:
        span = self.detector.speech
        assert span is not None
        first = max(0, span.start // FRAME_SAMPLES - _LEAD_IN - self._dropped)
        for _ in range(first):
            self._frames.popleft()
        self._dropped += first
        self._running = self._recogniser.begin(
            language=self._expecting.language, prompt=self._expecting.prompt
        )
        for each in self._frames:
            self._running.feed(each, speaking=True)

    def _feed(self, over_playing: bool) -> None:
        assert self._running is not None
        speaking = self.state is TurnState.SPEAKING
        in_gap = self.silence_s >= _GAP * FRAME_S
        self._withheld += 1
        if speaking or not over_playing:
            for frame in list(self._frames)[-self._withheld :]:
                self._running.feed(frame, speaking=speaking and not in_gap)
            self._withheld = 0
        elif self._withheld > _ONSET:
            self._running.feed(np.zeros(FRAME_SAMPLES, np.float32), speaking=False)
            self._frames[-self._withheld] = np.zeros(FRAME_SAMPLES, np.float32)
            self._withheld -= 1

    def _note_words(self) -> None:
        words = self.words
        if words is None:
            self._judged = self.words_at_s = None
            return
        if self.words_at_s is None:
            self.words_at_s = self.silence_s
        if words.text != self._judged:
            self._judged = words.text
            if self._expecting.language == "en":
                self.detector.note_words(so_far(words.text))

    @property
    def words(self) -> Transcript | None:
        """The whole turn's words, or None while some are being transcribed."""
        if self._running is None or self.state is TurnState.SPEAKING:
            return None
        return self._running.transcript_now()

    def finish(self) -> Transcript:
        """Wait for the words of everything said so far.

        Raises:
            Exception: Whatever the recogniser raised.
        """
        if self._running is None:
            return Transcript((), self._expecting.language, self._recogniser.name)
        return self._running.finish()

    @property
    def amounts_to(self) -> SoFar | None:
        """What the words amount to; None while they are not known."""
        return self.detector.pause.words

    @property
    def has_begun(self) -> bool:
        """Whether anyone has spoken."""
        return self._running is not None

    @property
    def spoken_s(self) -> float:
        """Seconds of speech so far."""
        span = self.detector.speech
        return span.spoken / MODEL_RATE_HZ if span is not None else 0.0

    @property
    def silence_s(self) -> float:
        """Seconds since the last speech, or since it was waited for."""
        return self.detector.silence_s

    @property
    def has_waited(self) -> bool:
        """Whether the silence has lasted as long as is right for this turn and its words."""
        known = self.words is not None
        wait_s = self.detector.wait_s if known else self.detector.settings.unfinished_wait_s
        return self.has_begun and self.silence_s >= wait_s

    @property
    def clip(self) -> AudioClip | None:
        """The turn's sound so far, with a lead-in and a tail; None while nobody has spoken."""
        span = self.detector.speech
        if span is None or self._running is None:
            return None
        samples = np.concatenate(list(self._frames))
        end = span.end + _TAIL - self._dropped * FRAME_SAMPLES
        return AudioClip(np.ascontiguousarray(samples[:end]), MODEL_RATE_HZ)

    @property
    def recent(self) -> list[Samples]:
        """The last second's frames."""
        return list(self._frames)[-_BEFORE:]

    def close(self) -> None:
        """Forget it; a recogniser that is at work on it is not waited for."""
        if self._running is not None:
            self._running.cancel()
