"""The seams between stages: what an engine must do to take a part in a talk.

Each protocol has a fake that ships beside its real engines, scripted in and recorded out, and
one contract suite in ``tests/contracts`` that runs on both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from trainer.types import (
    AudioClip,
    DuplexMode,
    EchoLevels,
    LabelledSegment,
    ManagerTurn,
    Mind,
    Reply,
    Samples,
    SpeechSpan,
    Transcript,
    TurnScore,
    TurnState,
)


class SpeechToText(Protocol):
    """Turns a clip into words."""

    @property
    def name(self) -> str:
        """Engine and model, for example ``whisper-base``."""

    def transcribe(
        self,
        clip: AudioClip,
        *,
        language: str = "en",
        prompt: str = "",
        draft: Transcript | None = None,
    ) -> Transcript:
        """Transcribe a clip of any sample rate; silence gives a transcript without segments.

        Args:
            clip: What was said.
            language: ISO 639-1 code of the talk; never guessed.
            prompt: Names and terms likely to occur, as plain words.
            draft: What this engine made of the beginning of the same clip, with the same language
                and prompt. It may save time, and changes the words only where rounding would.
        """


class RunningTranscript(Protocol):
    """One turn being transcribed while it is spoken; every method may be called from any thread.

    Feed it frames as they come, from the lead-in before the first word on, and ask for the words
    when the turn has ended::

        turn = recogniser.begin(language="en", prompt="Priya, Kestrel")
        while listening:
            turn.feed(frame, speaking=state is TurnState.SPEAKING)
            words = turn.transcript_now()  # None until the pause that is going on is transcribed
        transcript = turn.finish()

    A turn that is re-opened is simply fed on after ``finish``; the next ``finish`` has all of it.
    Segment times are seconds from the first sample fed.
    """

    def feed(self, samples: Samples, *, speaking: bool) -> None:
        """Take the next samples at MODEL_RATE_HZ, shape (n,); they are copied. Never blocks.

        Args:
            samples: Every frame of the turn in order, those of pauses and silences included.
            speaking: Whether the voice activity detector takes this for speech. The first frame
                that is not, after some that were, begins a pause and has everything so far
                transcribed.
        """

    def transcript_now(self) -> Transcript | None:
        """Return the whole turn's words so far, or None while any that were spoken are missing.

        Never blocks. None until the first pause, and again from the moment speech goes on until
        its next pause has been transcribed; also when the recogniser has failed.
        """

    def finish(self) -> Transcript:
        """Return the words of everything fed so far, waiting for those still missing.

        At once where ``transcript_now`` has them. May be called again, after more has been fed or
        not.

        Raises:
            TrainerError: Or whatever else the recogniser raised, now or in the background; asking
                again makes it try again.
            RuntimeError: The turn was cancelled.
        """

    def cancel(self) -> None:
        """Forget the turn and its audio; what is under way is not waited for. Never blocks."""


class LiveSpeechToText(Protocol):
    """Transcribes turns while they are spoken, one after another."""

    @property
    def name(self) -> str:
        """Engine and model, as in the transcripts."""

    def begin(self, *, language: str = "en", prompt: str = "") -> RunningTranscript:
        """Begin a turn; one that was begun before and is still running goes on."""


class TextToSpeech(Protocol):
    """Speaks a line."""

    @property
    def name(self) -> str:
        """The engine: ``piper``, ``kokoro``, ``pyttsx3`` or ``fake``."""

    @property
    def version(self) -> str:
        """Whatever changes how a line sounds; part of the cache key."""

    def voices(self) -> tuple[str, ...]:
        """List the voices this engine can speak with here."""

    def synthesise(self, text: str, voice: str) -> AudioClip:
        """Speak the text.

        Raises:
            UsageError: The engine has no such voice.
        """


class AudioSource(Protocol):
    """A microphone, or anything that stands in for one; opened by ``with``."""

    def __enter__(self) -> Self:
        """Open the device, dropping anything captured before."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the device."""

    def read(self) -> Samples | None:
        """Return the next FRAME_SAMPLES samples at MODEL_RATE_HZ, or None when it has ended.

        Raises:
            DeviceError: The device is missing or went away.
        """


class AudioSink(Protocol):
    """A speaker, or anything that stands in for one."""

    def play(self, clip: AudioClip, *, stop: Callable[[], bool] | None = None) -> float:
        """Play a clip to its end, or until ``stop()`` is true; return the seconds played.

        Raises:
            DeviceError: The device is missing or went away.
        """


class DuplexDevice(AudioSource, Protocol):
    """A microphone and a speaker as one: what is played is taken out of what is heard.

    Frames come all the time, while something is played too. One thread reads and plays.
    """

    @property
    def mode(self) -> DuplexMode:
        """With OPEN, frames hold what is said over the salesperson; with HALF, silence then."""

    @property
    def echo(self) -> EchoLevels:
        """The levels of the frame that was read last."""

    def play(self, clip: AudioClip) -> None:
        """Begin to play a clip of any rate, and return at once.

        Raises:
            ValueError: Another one is still playing; wait for it or ``stop`` it.
        """

    def stop(self) -> int:
        """Fall silent within 100 ms; return how many of the clip's samples are heard in all.

        After the clip's end it returns the whole length, and it may be called at any time.

        Raises:
            DeviceError: The speaker went away.
        """

    @property
    def is_playing(self) -> bool:
        """Whether the clip's last sample has still to come out of the speaker."""

    @property
    def played_s(self) -> float:
        """Seconds of the last clip that have come out of the speaker so far."""


class TurnDetector(Protocol):
    """Decides from the audio whether the manager is speaking, pausing or done."""

    def reset(self) -> None:
        """Forget the turn; the next frame begins a new one."""

    def update(self, frame: Samples) -> TurnState:
        """Take the next FRAME_SAMPLES samples at MODEL_RATE_HZ and say where the turn stands.

        ENDED stays until ``reset`` or ``reopen``.
        """

    def reopen(self) -> None:
        """Go on with a turn that has ended; it ends again only after more speech."""

    @property
    def speech(self) -> SpeechSpan | None:
        """Where the turn's speech lies so far, or None while nobody has spoken."""


class Classifier(Protocol):
    """Labels what a manager says by the rubric."""

    @property
    def name(self) -> str:
        """Name and version, for example ``rules-1``; shown beside every score."""

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Split and label each turn; one tuple per turn, in order.

        The segments' texts, joined with spaces, give back the turn's text with runs of white
        space made one. A turn without words gives an empty tuple.
        """


class Encoder(Protocol):
    """Places sentences in a space where near means alike."""

    @property
    def name(self) -> str:
        """Name and version; part of the key under which embeddings are kept."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dimension)."""


class Salesperson(Protocol):
    """The simulated other side; all memory is in the mind that is passed in and out."""

    def open(self) -> Reply:
        """Say the first line."""

    def answer(self, mind: Mind, turn: ManagerTurn, score: TurnScore) -> Reply:
        """Answer a scored turn."""

    def unheard(self, mind: Mind, times: int) -> Reply:
        """Ask again after nothing was heard, ``times`` running; the mind does not change."""
