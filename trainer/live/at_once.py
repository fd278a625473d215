"""An executor without threads: for talks in which the same frames must give the same talk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from trainer.protocols import LiveSpeechToText


class AtOnce(Executor):
    """Runs everything in the calling thread when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it now; what it raises is in the future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class WorkingAtOnce:
    """A talk's work without threads; see ``threads.Workers``."""

    def __init__(self, recogniser: LiveSpeechToText) -> None:
        self.recogniser = recogniser
        self.thinking: Executor = AtOnce()
        self.speaking: Executor = AtOnce()
        self.closed = False

    def close(self) -> None:
        """Note it."""
        self.closed = True
