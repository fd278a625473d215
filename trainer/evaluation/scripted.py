"""Runs the talks scripted inside a scenario file and says what did not come of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trainer.scenario.model import ExpectedMind, ExpectedTurn, Test
from trainer.session import Session, typed
from trainer.types import Mind, TurnRecord


@dataclass(frozen=True, slots=True)
class TestResult:
    """One scripted talk: what went otherwise, each with the turn it happened in."""

    __test__ = False  # pytest would collect the name

    name: str
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came as expected."""
        return not self.failures


def run_tests(tests: tuple[Test, ...], new_session: Callable[[], Session]) -> list[TestResult]:
    """Run each scripted talk in a fresh session."""
    return [TestResult(test.name, tuple(_failures(test, new_session()))) for test in tests]


def _failures(test: Test, session: Session) -> Iterator[str]:
    for number, expected in enumerate(test.turns, start=1):
        if session.is_over:
            yield f"turn {number}: the talk was already over ({session.reply.ended})"
            return
        record = session.answer(typed(expected.say))
        yield from (f"turn {number}: {wrong}" for wrong in _wrong(expected, record))
    ended = session.reply.ended
    if test.ending is not None and test.ending != (ended or "none"):
        yield f"ending: found {ended or 'none'}, expected {test.ending}"


def _wrong(expected: ExpectedTurn, record: TurnRecord) -> Iterator[str]:
    labels = [segment.label for segment in record.score.segments]
    mind = record.reply.mind
    if expected.label is not None and expected.label not in labels:
        yield f"label: found {', '.join(labels)}, expected {expected.label}"
    for name, bounds, value in (
        ("quality", expected.quality, record.score.question_quality),
        ("neutrality", expected.neutrality, record.score.agenda_neutrality),
    ):
        if bounds is not None and (value is None or not bounds[0] <= value <= bounds[1]):
            yield f"{name}: found {value}, expected {bounds[0]:g} to {bounds[1]:g}"
    if expected.topic is not None and mind.topic != expected.topic:
        yield f"topic: found {mind.topic}, expected {expected.topic}"
    if expected.reaction is not None and mind.reaction != expected.reaction:
        yield f"reaction: found {mind.reaction}, expected {expected.reaction}"
    for name in expected.reveals:
        if name not in mind.revealed:
            yield f"reveals: '{name}' is still hidden"
    for name in expected.hides:
        if name in mind.revealed:
            yield f"hides: '{name}' was given away"
    if expected.mind is not None:
        yield from (f"mind: {wrong}" for wrong in _wrong_mind(expected.mind, mind))


def _wrong_mind(expected: ExpectedMind, mind: Mind) -> Iterator[str]:
    for name, bounds in (
        ("openness", expected.openness),
        ("trust", expected.trust),
        ("ownership", expected.ownership),
    ):
        value = getattr(mind, name)
        if bounds is not None and not bounds[0] <= value <= bounds[1]:
            yield f"{name}: found {value:g}, expected {bounds[0]:g} to {bounds[1]:g}"
    for idea in expected.ideas:
        if idea not in mind.ideas:
            yield f"ideas: '{idea}' was not voiced"
    if expected.chosen is not None and mind.chosen != expected.chosen:
        yield f"chosen: found {mind.chosen or 'none'}, expected {expected.chosen}"
    if expected.committed is not None and mind.committed != expected.committed:
        yield f"committed: found {mind.committed}, expected {expected.committed}"
