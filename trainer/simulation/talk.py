"""Let simulated managers talk to a scenario: many talks side by side, scored in batches."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trainer.protocols import Classifier, Encoder
from trainer.salesperson.policy import ScenarioSalesperson
from trainer.scenario.load import Scenario
from trainer.scoring.score import score_turns
from trainer.session import turn_after
from trainer.simulation.managers import Kind, SimulatedManager
from trainer.simulation.remembering import Remembering
from trainer.types import ManagerTurn, Outcome, Reply, TurnScore

LONGEST = 60  # turns, unheard ones included; a talk that goes on longer has no way to end
SIDE_BY_SIDE = 48  # talks that take their turns together


class Exchange(NamedTuple):
    """One turn of a simulated talk: what the manager said, its score, what was answered."""

    said: str
    score: TurnScore | None
    """None for a turn that was not heard."""
    reply: Reply


@dataclass(frozen=True, slots=True)
class Talk:
    """A simulated talk from its first line to its end."""

    manager: str
    seed: int
    opening: Reply
    exchanges: tuple[Exchange, ...]

    @property
    def ended(self) -> Outcome | None:
        """How it ended; None when it did not within LONGEST turns."""
        return self.exchanges[-1].reply.ended if self.exchanges else None


@dataclass(slots=True)
class _Going:
    """A talk under way."""

    name: str
    seed: int
    manager: SimulatedManager
    salesperson: ScenarioSalesperson
    exchanges: list[Exchange] = field(default_factory=list)
    unheard: int = 0

    @property
    def opening(self) -> Reply:
        return self.salesperson.open()

    @property
    def standing(self) -> Reply:
        return self.exchanges[-1].reply if self.exchanges else self.opening

    @property
    def over(self) -> bool:
        return self.standing.ended is not None or len(self.exchanges) >= LONGEST

    @property
    def lines(self) -> list[str]:
        heard = [each.reply.text for each in self.exchanges if each.score is not None]
        return [self.opening.text, *heard]


def talks_with(
    scenario: Scenario,
    managers: Sequence[Kind],
    seeds: Sequence[int],
    *,
    classifier: Classifier,
    encoder: Encoder,
) -> list[Talk]:
    """Hold one talk for every manager and seed.

    The same scenario, seed, scorer and encoder give the same talk, however many are held side by
    side.
    """
    waiting = [(kind, seed) for kind in managers for seed in seeds]
    recalled = Remembering(encoder)
    done: list[Talk] = []
    while waiting:
        batch, waiting = waiting[:SIDE_BY_SIDE], waiting[SIDE_BY_SIDE:]
        going = [_begin(scenario, kind, seed, recalled) for kind, seed in batch]
        while under_way := [talk for talk in going if not talk.over]:
            _take_turns(under_way, scenario, classifier, recalled)
        done += [Talk(g.name, g.seed, g.opening, tuple(g.exchanges)) for g in going]
    return done


def _begin(scenario: Scenario, kind: Kind, seed: int, encoder: Encoder) -> _Going:
    rng = random.Random(f"{scenario.id}/{kind.name}/{seed}")
    salesperson = ScenarioSalesperson(scenario.file, encoder, seed=seed)
    return _Going(kind.name, seed, kind.build(scenario.file, rng), salesperson)


def _take_turns(
    talks: Sequence[_Going], scenario: Scenario, classifier: Classifier, encoder: Remembering
) -> None:
    said = [(talk, talk.manager.say(talk.standing)) for talk in talks]
    heard = [(talk, text) for talk, text in said if text.strip()]
    for talk, text in said:
        if not text.strip():
            talk.unheard += 1
            reply = talk.salesperson.unheard(talk.standing.mind, talk.unheard)
            talk.exchanges.append(Exchange(text, None, reply))
    kind = scenario.file.kind
    turns = [turn_after(talk.lines, text, talk.standing.mind, kind) for talk, text in heard]
    scores = score_turns(classifier, turns)
    encoder.learn(_texts(turns, scores))
    for (talk, text), turn, score in zip(heard, turns, scores, strict=True):
        talk.unheard = 0
        reply = talk.salesperson.answer(talk.standing.mind, turn, score)
        talk.exchanges.append(Exchange(text, score, reply))


def _texts(turns: Sequence[ManagerTurn], scores: Sequence[TurnScore]) -> list[str]:
    segments = [each.segment.text for score in scores for each in score.segments]
    return [*(turn.text for turn in turns), *(score.text for score in scores), *segments]
