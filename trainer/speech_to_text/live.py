"""Transcribing a turn while it is being spoken, so that its words are there when it ends.

Every pause has the turn so far transcribed in the background, from its start: what Whisper makes
of a sentence depends on all of it, and a turn cut at its pauses is heard worse. What it made of
the beginning before is its draft, which costs a fraction of finding the words again; somebody who
speaks on and on is transcribed meanwhile too, only to have a draft at the end. Only a long turn is
cut, at the end of a sentence, so that no pause takes long.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

from trainer.protocols import SpeechToText
from trainer.speech_to_text.sureness import transcript_of
from trainer.types import MODEL_RATE_HZ, AudioClip, Samples, Segment, Transcript

CUT_AT_SENTENCE_S = 15.0  # a stretch this long ends with the next sentence that a pause follows
CUT_ANYWHERE_S = 25.0  # and one this long with any pause: Whisper hears 30 s at a time
DRAFT_EVERY_S = 3.0  # of speech without a pause
_SENTENCE_ENDS = (".", "?", "!")


class BackgroundSpeechToText:
    """Lets a recogniser work in a thread of its own; closed by ``with`` or ``close``."""

    def __init__(self, engine: SpeechToText, *, draft_every_s: float = DRAFT_EVERY_S) -> None:
        """Start a thread for an engine.

        Args:
            engine: It is used by this thread only while a turn runs.
            draft_every_s: Speech without a pause after which there is a draft; ``inf`` for none.
        """
        self.name = engine.name
        self._engine = engine
        self._draft_every = draft_every_s * MODEL_RATE_HZ
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="transcribing")

    def begin(self, *, language: str = "en", prompt: str = "") -> BackgroundTranscript:
        """Begin a turn; one that was begun before and is still running goes on."""
        return BackgroundTranscript(
            self._engine, self._thread, language, prompt, draft_every=self._draft_every
        )

    def close(self) -> None:
        """End the thread, once what it is transcribing is done; no turn can go on after that."""
        self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Stretch(NamedTuple):
    """Audio to be transcribed: from the last cut to what has been fed, in samples of the turn."""

    frames: list[Samples]
    start: int
    end: int
    draft: Transcript | None
    at_pause: bool


class BackgroundTranscript:
    """One turn; see ``protocols.RunningTranscript`` for what it promises."""

    def __init__(
        self,
        engine: SpeechToText,
        thread: ThreadPoolExecutor,
        language: str,
        prompt: str,
        *,
        draft_every: float,
    ) -> None:
        self._draft_every = draft_every  # samples
        self._engine = engine
        self._thread = thread
        self._language = language
        self._prompt = prompt
        self._changed = threading.Condition()
        # All below is guarded by it.
        self._frames: list[Samples] = []  # since the last cut
        self._start = self._end = 0  # samples of the turn: the last cut, and what has been fed
        self._spoken_to = self._asked_to = 0
        self._speaking = False
        self._done: tuple[Segment, ...] = ()  # before the last cut
        self._latest: Transcript | None = None  # since the last cut, times from there
        self._covered: int | None = None  # samples of the turn that the two hold
        self._working = self._wanted = self._cancelled = False
        self._error: BaseException | None = None

    def feed(self, samples: Samples, *, speaking: bool) -> None:
        """Take the next samples; the end of speech has everything so far transcribed."""
        with self._changed:
            if self._cancelled:
                return
            self._frames.append(samples.copy())
            self._end += len(samples)
            pause_begins = self._speaking and not speaking
            self._speaking = speaking
            if speaking:
                self._spoken_to = self._end
            draft_is_due = speaking and self._end - self._asked_to >= self._draft_every
            if pause_begins or draft_is_due:
                self._want()

    def transcript_now(self) -> Transcript | None:
        """Return the whole turn's words so far, or None while any are missing."""
        with self._changed:
            return self._whole() if self._is_complete() and not self._speaking else None

    def finish(self) -> Transcript:
        """Return the words of everything fed so far, waiting for those still missing."""
        with self._changed:
            while not (self._cancelled or self._error or self._is_complete()):
                if self._working:
                    self._changed.wait()
                else:
                    self._want()
            if self._cancelled:
                raise RuntimeError("this turn was cancelled, so it has no transcript")
            if self._error is not None:
                error, self._error = self._error, None
                raise error
            return self._whole()

    def cancel(self) -> None:
        """Forget the turn and its audio; what is under way is not waited for."""
        with self._changed:
            self._cancelled = True
            self._frames.clear()
            self._changed.notify_all()

    def _is_complete(self) -> bool:
        return self._covered is not None and self._covered >= self._spoken_to

    def _whole(self) -> Transcript:
        latest = self._latest.segments if self._latest is not None else ()
        segments = (*self._done, *_later(latest, self._start))
        return transcript_of(segments, self._language, self._engine.name)

    def _want(self) -> None:
        self._wanted, self._error, self._asked_to = True, None, self._end
        if not self._working:
            try:
                self._thread.submit(self._work)
            except RuntimeError as error:  # it was closed
                self._error = error
            else:
                self._working = True

    def _work(self) -> None:
        while (stretch := self._next()) is not None:
            error: BaseException | None = None
            transcript: Transcript | None = None
            try:
                transcript = self._transcribed(stretch)
            except BaseException as raised:  # it is raised again in the thread that asks
                error = raised
            with self._changed:
                self._error = error
                if transcript is not None:
                    self._keep(stretch, transcript)
                self._changed.notify_all()

    def _next(self) -> _Stretch | None:
        with self._changed:
            if self._wanted and not self._cancelled:
                self._wanted = False
                return _Stretch(
                    list(self._frames), self._start, self._end, self._latest, not self._speaking
                )
            self._working = False
            self._changed.notify_all()
            return None

    def _transcribed(self, stretch: _Stretch) -> Transcript:
        samples = np.concatenate([np.zeros(0, np.float32), *stretch.frames])
        return self._engine.transcribe(
            AudioClip(samples, MODEL_RATE_HZ),
            language=self._language,
            prompt=self._prompt,
            draft=stretch.draft,
        )

    def _keep(self, stretch: _Stretch, transcript: Transcript) -> None:
        self._latest, self._covered = transcript, stretch.end
        length_s = (stretch.end - stretch.start) / MODEL_RATE_HZ
        ends_sentence = transcript.text.endswith(_SENTENCE_ENDS)
        enough_s = CUT_AT_SENTENCE_S if ends_sentence else CUT_ANYWHERE_S
        if stretch.at_pause and length_s >= enough_s:
            self._done = (*self._done, *_later(transcript.segments, stretch.start))
            self._latest = None
            self._start = stretch.end
            del self._frames[: len(stretch.frames)]


def _later(segments: tuple[Segment, ...], by_samples: int) -> tuple[Segment, ...]:
    """Move segments by as much as their stretch begins after the turn."""
    by_s = by_samples / MODEL_RATE_HZ
    return tuple(
        replace(
            each,
            start_s=None if each.start_s is None else each.start_s + by_s,
            end_s=None if each.end_s is None else each.end_s + by_s,
        )
        for each in segments
    )
