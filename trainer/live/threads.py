"""The threads of a talk held aloud; ended with it."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Protocol

from trainer.protocols import LiveSpeechToText, SpeechToText
from trainer.speech_to_text.live import BackgroundSpeechToText


class Workers(Protocol):
    """Where a talk's work is done while it listens."""

    @property
    def thinking(self) -> Executor:
        """Works out answers."""

    @property
    def recogniser(self) -> LiveSpeechToText:
        """Writes words down."""

    def close(self) -> None:
        """End; work that has begun is waited for."""


class Threads:
    """One thread for each kind of work, so that none waits for another kind."""

    def __init__(self, recogniser: SpeechToText) -> None:
        self.recogniser = BackgroundSpeechToText(recogniser)
        self.judging = ThreadPoolExecutor(1, thread_name_prefix="judging")
        self.thinking = ThreadPoolExecutor(1, thread_name_prefix="thinking")
        self.speaking = ThreadPoolExecutor(1, thread_name_prefix="speaking")

    def close(self) -> None:
        """End the threads; work that has begun is waited for."""
        for executor in (self.judging, self.thinking, self.speaking):
            executor.shutdown(cancel_futures=True)
        self.recogniser.close()
