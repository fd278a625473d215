"""What the salesperson says next: the mind moves, then one line is chosen that fits it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from trainer.labels import LISTENING
from trainer.protocols import Encoder
from trainer.salesperson.mind import PUSHED, Taken, meets, move, starting_mind, take
from trainer.salesperson.recall import Recall, Step
from trainer.scenario.model import Ending, Idea, Needs, ScenarioFile, Topic, When
from trainer.types import Kind, Line, ManagerTurn, Mind, Reply, TurnScore

_LAYER_NEEDS = (Needs(), Needs(openness=45), Needs(openness=60))
_IDEA_NEEDS = Needs(openness=55)
_CHOICE_NEEDS = Needs(ownership=40)
_COMMITMENT_NEEDS = Needs(ownership=45)

_FALLBACKS: dict[Taken, Taken] = {
    Taken.TOLD_AGAIN: Taken.TOLD,
    Taken.PRESSED: Taken.TOLD,
    Taken.TAKEN_OVER: Taken.TOLD,
    Taken.BLAMED: Taken.STEERED,
    Taken.SLANTED: Taken.STEERED,
    Taken.STACKED: Taken.OFF_MAP,
    Taken.GRILLED: Taken.OFF_MAP,
    Taken.USED_UP: Taken.OFF_MAP,
    Taken.REFUSED: Taken.GRANTED,
    Taken.ADVISED: Taken.LISTENED,
    Taken.ANNOUNCED: Taken.LISTENED,
    Taken.GREETED: Taken.LISTENED,
}
"""Which reaction stands in where a scenario has no lines for one."""

_ALWAYS_REACTS = PUSHED | {
    Taken.STACKED,
    Taken.GRILLED,
    Taken.GRANTED,
    Taken.REFUSED,
    Taken.ADVISED,
    Taken.GREETED,
}

_MAY_STATE = frozenset({Taken.ADVISED, Taken.LISTENED, Taken.ANNOUNCED})
"""Statements that an enrollment talk answers by their content: the request and its reasons."""


class _Said(NamedTuple):
    line: Line
    mind: Mind


def layer_needs(topic: Topic, depth: int) -> Needs:
    """Return what a layer needs: its own, or the default for its depth (0 is the first)."""
    return topic.layers[depth].needs or _LAYER_NEEDS[min(depth, len(_LAYER_NEEDS) - 1)]


def idea_needs(idea: Idea) -> Needs:
    """Return what an idea needs before it is voiced."""
    return idea.needs or _IDEA_NEEDS


class ScenarioSalesperson:
    """The salesperson of one scenario file; deterministic for a seed, remembers nothing itself."""

    def __init__(self, file: ScenarioFile, encoder: Encoder, *, seed: int = 0) -> None:
        """Prepare the counterpart of one talk.

        Args:
            file: The scenario.
            encoder: Places questions near the lines that answer them.
            seed: Chooses among lines that fit equally well.
        """
        self._file = file
        self._recall = Recall(file, encoder)
        self._seed = seed

    def open(self) -> Reply:
        """Say the first line."""
        said = self._say(starting_mind(self._file), "opening", self._file.opening)
        return Reply((said.line,), said.mind)

    def unheard(self, mind: Mind, times: int) -> Reply:
        """Ask again after nothing was heard, ``times`` running; the mind does not change."""
        lines = self._file.reactions.silence
        place = (times - 1) % len(lines)
        return Reply((Line(f"reactions.silence.{place + 1}", lines[place]),), mind)

    def answer(self, mind: Mind, turn: ManagerTurn, score: TurnScore) -> Reply:
        """Answer a scored turn: move the mind, choose a line, see whether the talk is over."""
        taken = take(score, mind, self._file.kind)
        handed = self._recall.ideas_named(score.segments) - set(mind.ideas)
        moved = replace(move(mind, score, self._file, taken), handed=mind.handed | handed)
        said = self._choose(moved, turn, score, taken)
        ending = next((e for e in self._file.endings if _holds(e.when, said.mind)), None)
        if ending is None:
            return Reply((said.line,), said.mind)
        return self._close(said, ending)

    def _close(self, said: _Said, ending: Ending) -> Reply:
        closing = self._say(said.mind, f"endings.{ending.id}", ending.lines)
        return Reply((said.line, closing.line), closing.mind, ending.outcome)

    def _choose(
        self, mind: Mind, turn: ManagerTurn, score: TurnScore, taken: Taken | None
    ) -> _Said:
        heard = any(segment.label in LISTENING for segment in score.segments)
        states = self._file.kind is Kind.ENROLLMENT and taken in _MAY_STATE and not heard
        if taken in _ALWAYS_REACTS and not states:
            return self._react(mind, taken)
        if taken is Taken.LISTENED and not states:
            return (self._deeper(mind, turn) if heard else None) or self._react(mind, taken)
        place = self._recall.place(score.segments, mind)
        if place.topic is not None:
            return self._on_topic(mind, turn, place.topic)
        if taken is not None:
            return self._react(mind, taken)
        if place.step is None:
            return self._react(mind, Taken.OFF_MAP)
        return {
            Step.FOLLOW_UP: self._follow_up,
            Step.OPTIONS: self._voice_idea,
            Step.CHOICE: self._choose_step,
            Step.COMMITMENT: self._commit,
        }[place.step](mind, turn)

    def _on_topic(self, mind: Mind, turn: ManagerTurn, topic_id: str) -> _Said:
        topic = next(topic for topic in self._file.topics if topic.id == topic_id)
        for depth in reversed(_open_layers(topic, mind)):
            if (said := self._from_layer(mind, turn, topic, depth)) is not None:
                return said
        used_up = all(id_ in mind.said for id_ in _layer_ids(topic, 0))
        return self._react(
            replace(mind, topic=topic_id), Taken.USED_UP if used_up else Taken.NOT_YET
        )

    def _deeper(self, mind: Mind, turn: ManagerTurn) -> _Said | None:
        """Go one layer down in the topic under way, as people do when they feel heard."""
        topic = next((topic for topic in self._file.topics if topic.id == mind.topic), None)
        layers = _open_layers(topic, mind) if topic is not None else []
        if topic is None or not layers:
            return None
        untouched = not any(id_ in mind.said for id_ in _layer_ids(topic, layers[-1]))
        return self._from_layer(mind, turn, topic, layers[-1]) if untouched else None

    def _from_layer(self, mind: Mind, turn: ManagerTurn, topic: Topic, depth: int) -> _Said | None:
        layer = topic.layers[depth]
        lines = [
            Line(id_, text)
            for id_, text in zip(_layer_ids(topic, depth), layer.lines, strict=True)
            if id_ not in mind.said
        ]
        if not lines:
            return None
        line = self._recall.nearest_line(turn.text, lines)
        revealed = mind.revealed | {layer.reveals} if layer.reveals else mind.revealed
        moved_on = mind.topic is not None and mind.topic != topic.id
        said = replace(
            mind,
            topic=topic.id,
            revealed=revealed,
            said=(*mind.said, line.id),
            licensed=mind.licensed and not moved_on,
        )
        return _Said(line, said)

    def _follow_up(self, mind: Mind, turn: ManagerTurn) -> _Said:
        if mind.topic is not None:
            return self._on_topic(mind, turn, mind.topic)
        if mind.ideas:
            return self._more_of_idea(mind, mind.ideas[-1]) or self._react(mind, Taken.USED_UP)
        return self._on_topic(mind, turn, self._file.topics[0].id)

    def _more_of_idea(self, mind: Mind, idea_id: str) -> _Said | None:
        idea = self._idea(idea_id)
        pool = f"ideas.{idea.id}.lines"
        unsaid = any(f"{pool}.{n}" not in mind.said for n in range(1, len(idea.lines) + 1))
        return self._say(mind, pool, idea.lines) if unsaid else None

    def _voice_idea(self, mind: Mind, turn: ManagerTurn) -> _Said:
        ready = [
            idea.id
            for idea in self._file.ideas
            if idea.id not in mind.ideas and meets(mind, idea_needs(idea))
        ]
        if ready:
            idea = self._idea(self._recall.nearest_idea(turn.text, ready))
            said = self._say(mind, f"ideas.{idea.id}.lines", idea.lines)
            voiced = replace(said.mind, ideas=(*mind.ideas, idea.id), topic=None)
            return _Said(said.line, voiced)
        if mind.ideas and mind.chosen is None and meets(mind, _CHOICE_NEEDS):
            return self._choose_step(mind, turn)
        return self._react(mind, Taken.USED_UP if mind.ideas else Taken.NOT_YET)

    def _choose_step(self, mind: Mind, turn: ManagerTurn) -> _Said:
        if mind.chosen is not None:
            return self._commit(mind, turn)
        if not mind.ideas:
            return self._voice_idea(mind, turn)
        if not meets(mind, _CHOICE_NEEDS):
            return self._react(mind, Taken.NOT_YET)
        idea = self._idea(self._recall.nearest_idea(turn.text, mind.ideas))
        said = self._say(mind, f"ideas.{idea.id}.choose", idea.choose)
        return _Said(said.line, replace(said.mind, chosen=idea.id, topic=None))

    def _commit(self, mind: Mind, turn: ManagerTurn) -> _Said:
        if mind.chosen is None:
            if mind.ideas:
                return self._choose_step(mind, turn)
            return self._react(mind, Taken.NOT_YET)
        if not meets(mind, _COMMITMENT_NEEDS):
            return self._react(mind, Taken.NOT_YET)
        idea = self._idea(mind.chosen)
        said = self._say(mind, f"ideas.{idea.id}.commit", idea.commit)
        return _Said(said.line, replace(said.mind, committed=True, topic=None))

    def _idea(self, idea_id: str) -> Idea:
        return next(idea for idea in self._file.ideas if idea.id == idea_id)

    def _react(self, mind: Mind, taken: Taken) -> _Said:
        pool = taken
        while not getattr(self._file.reactions, pool):
            pool = _FALLBACKS[pool]
        said = self._say(mind, f"reactions.{pool}", getattr(self._file.reactions, pool))
        return _Said(said.line, replace(said.mind, reaction=taken.value))

    def _say(self, mind: Mind, pool: str, lines: Sequence[str]) -> _Said:
        """Say a line of a pool: one not said yet, otherwise the one said longest ago."""
        every = [Line(f"{pool}.{n}", text) for n, text in enumerate(lines, start=1)]
        unsaid = [line for line in every if line.id not in mind.said]
        if unsaid:
            rng = random.Random(f"{self._seed}/{pool}/{len(mind.said)}")
            line = rng.choice(unsaid)
        else:
            last_said = {id_: place for place, id_ in enumerate(mind.said)}
            line = min(every, key=lambda each: last_said[each.id])
        return _Said(line, replace(mind, said=(*mind.said, line.id)))


def _layer_ids(topic: Topic, depth: int) -> list[str]:
    count = len(topic.layers[depth].lines)
    return [f"topics.{topic.id}.{depth + 1}.{n}" for n in range(1, count + 1)]


def _open_layers(topic: Topic, mind: Mind) -> list[int]:
    """Return the layers that may be spoken from now, shallowest first.

    A layer opens only after something of the one above it was said.
    """
    layers: list[int] = []
    for depth in range(len(topic.layers)):
        above = depth == 0 or any(id_ in mind.said for id_ in _layer_ids(topic, depth - 1))
        if not above or not meets(mind, layer_needs(topic, depth)):
            break
        layers.append(depth)
    return layers


def _holds(when: When, mind: Mind) -> bool:
    checks: tuple[tuple[object, bool], ...] = (
        (when.committed, mind.committed == when.committed),
        (when.chosen, (mind.chosen is not None) == when.chosen),
        (when.openness, mind.openness >= (when.openness or 0)),
        (when.openness_below, mind.openness < (when.openness_below or 0)),
        (when.trust_below, mind.trust < (when.trust_below or 0)),
        (when.pushed, mind.told + mind.steered >= (when.pushed or 0)),
        (when.turns, mind.turns >= (when.turns or 0)),
        (when.revealed, mind.revealed.issuperset(when.revealed)),
    )
    return all(holds for wanted, holds in checks if wanted is not None)
