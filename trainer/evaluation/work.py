"""One unit of work from talks to scores: hear, score in one batch, set beside what people made.

A unit's outcome depends on the unit alone: not on the units before it, nor on who does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from trainer.errors import AudioInputError, MissingExtraError
from trainer.evaluation.align import against_gold, cut_of
from trainer.evaluation.hear import Listener
from trainer.evaluation.result import (
    Cost,
    Done,
    DoneTalk,
    EvaluatedTalk,
    EvaluatedTurn,
    FromReference,
    Interval,
    Point,
    ScenarioResult,
    ScoredSegment,
)
from trainer.evaluation.talks import Item, Problem, ScenarioRun, Talk, TwoChannelTalk, Work
from trainer.evaluation.wire import rounded_probs
from trainer.feedback.give import give_feedback
from trainer.protocols import Classifier
from trainer.scoring.conversation import AxisScore, mean_of, score_conversation
from trainer.scoring.own_words import grants_leave
from trainer.scoring.score import score_turns
from trainer.speech_to_text.word_errors import word_errors
from trainer.types import Axis, Feedback, Label, ManagerTurn, TurnScore

MOST_COSTS = 3
LEAST_COST = 5.0  # points; less is doubt about a label and nothing to point at
_SEED = 7

RunScenario = Callable[[ScenarioRun], Iterable[ScenarioResult | Problem]]


@dataclass(frozen=True, slots=True)
class _Heard:
    """One talk whose words are known; recognisers by place of the turn."""

    talk: Talk
    recognisers: tuple[str | None, ...]


class Worker:
    """Does units of work; its engines are built once, when first needed."""

    def __init__(
        self,
        classifier: Callable[[], Classifier],
        listener: Listener,
        run_scenario: RunScenario,
        *,
        feedback: bool = False,
    ) -> None:
        """Take the parts.

        Args:
            classifier: Builds the scorer.
            listener: Hears recordings.
            run_scenario: Runs the talks inside a scenario file.
            feedback: Give each turn its point of feedback too, with a better line.
        """
        self._make = classifier
        self._built: Classifier | None = None
        self._listener = listener
        self._run_scenario = run_scenario
        self._feedback = feedback

    @property
    def classifier(self) -> Classifier:
        """The scorer."""
        if self._built is None:
            self._built = self._make()
        return self._built

    def do(self, unit: Sequence[Work]) -> Done:
        """Evaluate a unit; what cannot be used is a problem in what comes back."""
        problems: list[Problem] = []
        heard: list[_Heard] = []
        scenarios: list[ScenarioResult] = []
        for each in unit:
            if isinstance(each, ScenarioRun):
                for found in self._run_scenario(each):
                    (problems if isinstance(found, Problem) else scenarios).append(found)  # type: ignore[arg-type]
            elif isinstance(each, TwoChannelTalk):
                heard += self._whole_talk(each, problems)
            else:
                heard.append(self._turn_by_turn(each, problems))
        return Done(tuple(self._scored(heard)), tuple(scenarios), tuple(problems))

    def _whole_talk(self, each: TwoChannelTalk, problems: list[Problem]) -> Iterator[_Heard]:
        try:
            talk, recogniser = self._listener.hear_talk(each)
        except (AudioInputError, MissingExtraError) as error:
            problems.append(_problem(each.where, str(each.recording), error))
            return
        yield _Heard(talk, (recogniser,) * len(talk.items))

    def _turn_by_turn(self, talk: Talk, problems: list[Problem]) -> _Heard:
        items: list[Item] = []
        recognisers: list[str | None] = []
        for item in talk.items:
            if item.recording is None:
                items.append(item)
                recognisers.append(None)
                continue
            try:
                transcript = self._listener.hear(item.recording)
            except (AudioInputError, MissingExtraError) as error:
                problems.append(_problem(item.where, str(item.recording), error))
                continue
            items.append(replace(item, turn=replace(item.turn, text=transcript.text)))
            recognisers.append(transcript.engine)
        return _Heard(replace(talk, items=tuple(items)), tuple(recognisers))

    def _scored(self, heard: Sequence[_Heard]) -> Iterator[DoneTalk]:
        heard = [each for each in heard if each.talk.items]
        items = [item for each in heard for item in each.talk.items]
        scores, turns = self._with_leave(heard, [item.turn for item in items])
        references = self._from_references(items, turns)
        at = 0
        for each in heard:
            size = len(each.talk.items)
            places = range(at, at + size)
            at += size
            done = tuple(
                self._turn(
                    each.talk,
                    replace(items[n], turn=turns[n]),
                    scores[n],
                    references[n],
                    each.recognisers[n - places.start],
                )
                for n in places
            )
            yield DoneTalk(_talk(each.talk, done, [scores[n] for n in places]), done)

    def _with_leave(
        self, heard: Sequence[_Heard], turns: list[ManagerTurn]
    ) -> tuple[list[TurnScore], list[ManagerTurn]]:
        """Score the turns, those again that follow leave the scorer saw the manager ask for."""
        scores = score_turns(self.classifier, turns)
        again: list[int] = []
        at = 0
        for each in heard:
            for place in range(at + 1, at + len(each.talk.items)) if each.talk.whole else ():
                turn = turns[place]
                asked = any(s.label is Label.PERMISSION for s in scores[place - 1].segments)
                granted = bool(turn.said_before) and grants_leave(turn.said_before[-1])
                if asked and granted and not turn.licensed:
                    again.append(place)
            at += len(each.talk.items)
        turns = list(turns)
        for place in again:
            turns[place] = replace(turns[place], licensed=True)
        for place, score in zip(
            again, score_turns(self.classifier, [turns[p] for p in again]), strict=True
        ):
            scores[place] = score
        return scores, turns

    def _from_references(
        self, items: Sequence[Item], turns: Sequence[ManagerTurn]
    ) -> list[tuple[str, TurnScore] | None]:
        """Score the words really said, where they are known beside what was heard."""
        found: list[tuple[str, TurnScore] | None] = [None] * len(items)
        said = {n: text for n, item in enumerate(items) if (text := _really_said(item)) is not None}
        scores = score_turns(self.classifier, [replace(turns[n], text=said[n]) for n in said])
        for (n, text), score in zip(said.items(), scores, strict=True):
            found[n] = (text, score)
        return found

    def _turn(
        self,
        talk: Talk,
        item: Item,
        score: TurnScore,
        reference: tuple[str, TurnScore] | None,
        recogniser: str | None,
    ) -> EvaluatedTurn:
        turn = item.turn
        feedback = give_feedback(self.classifier, turn, score) if self._feedback else None
        return EvaluatedTurn(
            id=item.id,
            talk=talk.id,
            where=item.where,
            kind=turn.kind,
            text=turn.text,
            said_before=turn.said_before[-1] if turn.said_before else None,
            start_s=item.start_s,
            end_s=item.end_s,
            recogniser=recogniser,
            segments=tuple(_segments(score)),
            question_quality=score.question_quality,
            agenda_neutrality=score.agenda_neutrality,
            costs=_costs(score),
            feedback=_point(feedback),
            scorer=score.scorer,
            not_scored_because=score.not_scored_because,
            reference=_reference(reference, turn.text),
            recorded=item.recorded,
            gold=against_gold(
                item.gold,
                cut_of(score.segments),
                cut_of(reference[1].segments) if reference else None,
                turn.kind,
            ),
        )


def _problem(where: str, recording: str, error: Exception) -> Problem:
    message = str(error)
    return Problem(where, message.removeprefix(f"{recording}: ") if where == recording else message)


def _really_said(item: Item) -> str | None:
    if item.reference is not None:
        return item.reference
    if item.recording is None or not item.gold:
        return None
    words = " ".join(segment.text for segment in item.gold[0].segments)
    return words or None


def _segments(score: TurnScore) -> Iterator[ScoredSegment]:
    for each in score.segments:
        probs = rounded_probs({label.value: p for label, p in each.probs.items()})
        yield ScoredSegment(each.segment.text, each.label, tuple(sorted(each.flags)), probs)


def _costs(score: TurnScore) -> tuple[Cost, ...]:
    lost = sorted(
        (each for each in score.explanations if each.points <= -LEAST_COST),
        key=lambda each: each.points,
    )
    return tuple(
        Cost(each.axis.value, each.quote, round(each.points, 1), each.reason)
        for each in lost[:MOST_COSTS]
    )


def _point(feedback: Feedback | None) -> Point | None:
    if feedback is None:
        return None
    return Point(feedback.quote, feedback.what, feedback.why, feedback.rewrite)


def _reference(scored: tuple[str, TurnScore] | None, heard: str) -> FromReference | None:
    if scored is None:
        return None
    text, score = scored
    errors = word_errors(text, heard)
    return FromReference(
        text,
        errors.errors,
        errors.words,
        tuple(each.label for each in score.segments),
        score.question_quality,
        score.agenda_neutrality,
    )


def _talk(talk: Talk, turns: Sequence[EvaluatedTurn], scores: Sequence[TurnScore]) -> EvaluatedTalk:
    quality, neutrality = None, None
    if talk.whole:
        whole = score_conversation(scores, kind=talk.kind, rng=np.random.default_rng(_SEED))
        quality = _interval(whole.question_quality)
        neutrality = _interval(whole.agenda_neutrality)
    words = sum(len(turn.text.split()) for turn in turns)
    return EvaluatedTalk(
        id=talk.id,
        where=talk.where,
        kind=talk.kind,
        whole=talk.whole,
        turns=len(turns),
        scored_turns=sum(turn.not_scored_because is None for turn in turns),
        question_quality=quality,
        agenda_neutrality=neutrality,
        mean_question_quality=_rounded(mean_of(scores, Axis.QUESTION_QUALITY)),
        mean_agenda_neutrality=_rounded(mean_of(scores, Axis.AGENDA_NEUTRALITY)),
        manager_words=words,
        other_words=talk.other.words,
        talk_share=_share(talk, turns, words),
    )


def _share(talk: Talk, turns: Sequence[EvaluatedTurn], words: int) -> float | None:
    if talk.other.seconds is not None:
        times = [
            turn.end_s - turn.start_s
            for turn in turns
            if turn.start_s is not None and turn.end_s is not None
        ]
        if len(times) == len(turns) and sum(times) + talk.other.seconds > 0:
            return round(sum(times) / (sum(times) + talk.other.seconds), 3)
    if talk.other.words is None or words + talk.other.words == 0:
        return None
    return round(words / (words + talk.other.words), 3)


def _interval(score: AxisScore | None) -> Interval | None:
    return None if score is None else Interval(score.value, score.low, score.high)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
