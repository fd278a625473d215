"""The answer to a turn, worked out while the manager may still go on."""

from __future__ import annotations

from concurrent.futures import Executor, Future

from trainer.live.cast import Cast
from trainer.session import Session
from trainer.types import Transcript, TurnRecord


class Foresight:
    """Considers the words so far in the background, and has the reply's sound made."""

    def __init__(self, cast: Cast, executor: Executor) -> None:
        self._cast = cast
        self._executor = executor
        self._words: str | None = None
        self._record: Future[TurnRecord] | None = None

    def consider(self, session: Session, words: Transcript) -> None:
        """Begin to work out what would come of these words; the same words only once."""
        if words.text != self._words:
            self.forget()
            self._words = words.text
            self._record = self._executor.submit(self._considered, session, words)

    def answer(self) -> TurnRecord | None:
        """Return what comes of the words considered last, or None while it is worked out.

        Raises:
            Exception: Whatever scorer or salesperson raised.
        """
        if self._record is None or not self._record.done():
            return None
        return self._record.result()

    def forget(self) -> None:
        """Drop it: the manager went on, or the talk has changed."""
        if self._record is not None:
            self._record.cancel()
        self._words = self._record = None

    def _considered(self, session: Session, words: Transcript) -> TurnRecord:
        record = session.consider(words)
        self._cast.items(record.reply, record.feedback_now)
        return record
