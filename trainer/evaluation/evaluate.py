"""Scoring many turns without a screen: recordings are heard first, then all go in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from trainer.audio.listen import listen_to_recording
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.wav import read_clip
from trainer.errors import AudioInputError
from trainer.evaluation.inputs import Item, Problem, items_in
from trainer.evaluation.wire import score_batch
from trainer.protocols import Classifier, SpeechToText
from trainer.scoring.conversation import mean_of
from trainer.types import Axis, Feedback, ManagerTurn, Transcript, TurnScore

BATCH = 64


@dataclass(frozen=True, slots=True)
class EvaluatedTurn:
    """One turn with its words, scores and feedback."""

    id: str
    turn: ManagerTurn
    heard: Transcript | None
    """What the recogniser wrote; None for typed turns."""
    score: TurnScore
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was evaluated, and everything that could not be."""

    turns: tuple[EvaluatedTurn, ...]
    problems: tuple[Problem, ...]
    scorer: str

    def mean(self, axis: Axis) -> float | None:
        """Return the mean of an axis over the turns scored on it, or None."""
        return mean_of([turn.score for turn in self.turns], axis)


class Listener:
    """Hears recordings; recogniser and detector are built when the first one comes."""

    def __init__(
        self,
        recogniser: Callable[[], SpeechToText],
        detector: Callable[[], AudioTurnDetector],
    ) -> None:
        """Take how to build the parts, since typed turns need neither."""
        self._make = recogniser, detector
        self._built: tuple[SpeechToText, AudioTurnDetector] | None = None

    def hear(self, recording: Path) -> Transcript:
        """Transcribe the speech in a recording; silence gives no words.

        Raises:
            AudioInputError: It cannot be used.
        """
        clip = read_clip(recording)
        if self._built is None:
            self._built = self._make[0](), self._make[1]()
        recogniser, detector = self._built
        utterance = listen_to_recording(clip, detector)
        if utterance.clip is None:
            return Transcript((), "en", recogniser.name)
        return recogniser.transcribe(utterance.clip)


def evaluate(paths: Sequence[Path], classifier: Classifier, listener: Listener) -> Evaluation:
    """Score every turn under the paths.

    Args:
        paths: Turn files, folders of recordings, session folders.
        classifier: The scorer.
        listener: Hears the recordings.
    """
    problems: list[Problem] = []
    items = _usable(items_in(paths), problems)
    turns: list[EvaluatedTurn] = []
    while batch := list(islice(items, BATCH)):
        heard = list(_heard(batch, listener, problems))
        scored = score_batch(classifier, [item.turn for item, _ in heard])
        turns += [
            EvaluatedTurn(item.id, item.turn, transcript, score, feedback)
            for (item, transcript), (score, feedback) in zip(heard, scored, strict=True)
        ]
    return Evaluation(tuple(turns), tuple(problems), classifier.name)


def _usable(items: Iterable[Item | Problem], problems: list[Problem]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def _heard(
    items: Iterable[Item], listener: Listener, problems: list[Problem]
) -> Iterator[tuple[Item, Transcript | None]]:
    for item in items:
        if item.recording is None:
            yield item, None
            continue
        try:
            transcript = listener.hear(item.recording)
        except AudioInputError as error:
            message = str(error).removeprefix(f"{item.recording}: ")
            problems.append(Problem(str(item.recording), message))
            continue
        yield replace(item, turn=replace(item.turn, text=transcript.text)), transcript
