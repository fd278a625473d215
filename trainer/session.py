"""One practice talk: what is heard is scored, answered with feedback, and answered in role.

The session is synchronous and takes no time, ids or randomness of its own: the same scenario,
seed and words give the same talk. It never pulls audio; an edge hands it clips, transcripts or
text, and shows, speaks and stores what comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from trainer.feedback.give import give_feedback
from trainer.feedback.timing import is_due
from trainer.protocols import Classifier, Salesperson, SpeechToText
from trainer.salesperson.ledger import owned_actions
from trainer.salesperson.unsaid import cut_short
from trainer.scenario.load import Scenario
from trainer.scoring.conversation import ConversationScore, score_conversation
from trainer.scoring.score import score_turn
from trainer.types import (
    AudioClip,
    Feedback,
    FeedbackTime,
    Kind,
    Line,
    ManagerTurn,
    Mind,
    Reply,
    Segment,
    Transcript,
    TurnRecord,
    TurnScore,
)

CONTEXT_LINES = 2  # how many of the salesperson's last lines a judgement looks at


@dataclass(frozen=True, slots=True)
class Engines:
    """The parts a session is made of."""

    speech_to_text: SpeechToText | None
    """None for a typed talk."""
    classifier: Classifier
    salesperson: Salesperson


class Session:
    """One talk in progress; ``records`` holds every attempt at every turn so far."""

    def __init__(
        self,
        scenario: Scenario,
        engines: Engines,
        records: Iterable[TurnRecord] = (),
        *,
        feedback: FeedbackTime = FeedbackTime.EVERY,
    ) -> None:
        """Begin a talk, or go on with the one the records are from.

        Args:
            scenario: What is talked about.
            engines: The parts.
            records: What was said in it before.
            feedback: When the manager hears about a turn.
        """
        self.scenario = scenario
        self._feedback = feedback
        self._engines = engines
        self._opening = engines.salesperson.open()
        self.records: list[TurnRecord] = list(records)
        self._redoing = False
        self._unheard = 0

    @property
    def kept(self) -> tuple[TurnRecord, ...]:
        """The last attempt at each turn, in order."""
        last = {record.number: record for record in self.records}
        if self._redoing:
            last.pop(max(last))
        return tuple(last[number] for number in sorted(last))

    @property
    def reply(self) -> Reply:
        """The salesperson's line that stands to be answered."""
        kept = self.kept
        return kept[-1].reply if kept else self._opening

    @property
    def is_over(self) -> bool:
        """Whether the salesperson has ended the talk."""
        return self.reply.ended is not None

    @property
    def unheard_running(self) -> int:
        """How many times running nothing was heard."""
        return self._unheard

    def transcribe(self, clip: AudioClip) -> Transcript:
        """Turn a clip into words, expecting the scenario's names and terms."""
        engine = self._engines.speech_to_text
        if engine is None:
            raise ValueError("a typed session has no speech recogniser")
        file = self.scenario.file
        return engine.transcribe(clip, language=file.language, prompt=", ".join(file.terms))

    def unheard(self) -> Reply:
        """Ask again after nothing was heard: no score, no turn, the mind unchanged."""
        self._unheard += 1
        return self._engines.salesperson.unheard(self.reply.mind, self._unheard)

    def answer(self, heard: Transcript, corrected: str | None = None) -> TurnRecord:
        """Score what was said, give feedback, and let the salesperson answer.

        Args:
            heard: What the recogniser wrote, or ``typed`` text.
            corrected: What the manager says they said instead.
        """
        record = self.consider(heard, corrected)
        self.accept(record)
        return record

    def consider(self, heard: Transcript, corrected: str | None = None) -> TurnRecord:
        """Work out what would come of a turn, and change nothing.

        So it may run in another thread while the manager may still go on, as long as nothing is
        accepted, retried, re-opened or interrupted meanwhile.
        """
        standing = self.reply
        turn = self._turn(heard.text if corrected is None else corrected, standing)
        score = score_turn(self._engines.classifier, turn)
        feedback = self._feedback_on(turn, score, standing)
        number = len(self.kept) + 1
        return TurnRecord(
            number=number,
            attempt=1 + sum(record.number == number for record in self.records),
            said_before=standing.text,
            heard=heard,
            corrected=corrected,
            score=score,
            feedback=feedback,
            reply=self._engines.salesperson.answer(standing.mind, turn, score),
        )

    def _feedback_on(self, turn: ManagerTurn, score: TurnScore, standing: Reply) -> Feedback | None:
        kept = self.kept
        told = [
            record.feedback.tip
            for record in kept
            if record.feedback and (record.feedback_now or self._feedback is FeedbackTime.END)
        ]
        feedback = give_feedback(
            self._engines.classifier,
            turn,
            score,
            given=told,
            better_lines=self._better_lines(standing),
            offered=[
                each.feedback.rewrite for each in kept if each.feedback and each.feedback.rewrite
            ],
        )
        if feedback is None or is_due(self._feedback, score, [each.score for each in kept]):
            return feedback
        return replace(feedback, kept_back=True)

    def accept(self, record: TurnRecord) -> None:
        """Let a considered turn stand."""
        self._unheard = 0
        self.records.append(record)
        self._redoing = False

    def reopen(self) -> None:
        """Take the last turn back because the manager is going on with it.

        Not an attempt: the turn that comes of both parts takes its number and its attempt.
        """
        number = self.records.pop().number
        self._redoing = any(record.number == number for record in self.records)

    def interrupted(self, said: Sequence[Line]) -> TurnRecord | None:
        """Note that the manager spoke over the standing reply; what was not said is unsaid.

        Args:
            said: The reply's lines as far as they were heard.

        Returns:
            The last turn with its reply cut short, to be kept in place of the one before; None
            where there is nothing to keep: all was said, or it was the opening.
        """
        standing = self.reply
        if tuple(said) == standing.lines:
            return None
        kept = self.kept
        if not kept:
            self._opening = cut_short(standing, said, before=standing.mind)
            return None
        last = kept[-1]
        before = kept[-2].reply.mind if len(kept) > 1 else self._opening.mind
        cut = replace(last, reply=cut_short(standing, said, before))
        self.records[self.records.index(last)] = cut
        return cut

    def retry(self) -> Reply | None:
        """Take the last turn back, to be said anew; None when there is none to take back."""
        if not self.records:
            return None
        self._redoing = True
        return self.reply

    def correct(self, text: str) -> TurnRecord | None:
        """Score the last turn again with the words the manager typed; None without a turn."""
        if not self.records:
            return None
        last = self.records[-1]
        self._redoing = True
        record = replace(self.consider(last.heard, text), delivery=last.delivery)
        self.accept(record)
        return record

    def summary(self, rng: np.random.Generator) -> ConversationScore:
        """Score the whole talk so far."""
        return score_conversation(
            [record.score for record in self.kept],
            kind=self.scenario.file.kind,
            rng=rng,
            actions=owned_actions(self.scenario.file, self.reply.mind),
        )

    def _turn(self, text: str, standing: Reply) -> ManagerTurn:
        lines = [self._opening.text, *(record.reply.text for record in self.kept)]
        return turn_after(lines, text, standing.mind, self.scenario.file.kind)

    def _better_lines(self, standing: Reply) -> list[str]:
        lines = self.scenario.file.better_lines
        on_topic = [line.say for line in lines if line.topic == standing.mind.topic]
        return on_topic + [line.say for line in lines if line.topic is None]


def turn_after(lines: Sequence[str], text: str, mind: Mind, kind: Kind) -> ManagerTurn:
    """Put a manager's words together with the salesperson's lines so far, oldest first."""
    return ManagerTurn(
        text=text,
        said_before=tuple(lines[-CONTEXT_LINES:]),
        earlier=tuple(lines[:-CONTEXT_LINES]),
        kind=kind,
        licensed=mind.licensed,
    )


def typed(text: str, language: str = "en") -> Transcript:
    """Make the transcript of a typed turn."""
    segments = (Segment(text.strip()),) if text.strip() else ()
    return Transcript(segments, language, engine="typed")
