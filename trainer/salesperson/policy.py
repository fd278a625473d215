"""What the salesperson says next: the mind moves, then one line is chosen that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from trainer.labels import LISTENING
from trainer.protocols import Encoder
from trainer.salesperson.examples import Step
from trainer.salesperson.layers import (
    CHOICE_NEEDS,
    COMMITMENT_NEEDS,
    holds,
    idea_needs,
    line_ids,
    open_layers,
    pool_of,
)
from trainer.salesperson.mind import meets, move, starting_mind
from trainer.salesperson.pools import Pools, Said
from trainer.salesperson.recall import Heard, Place, Recall
from trainer.salesperson.taking import PUSHED, Taken, take
from trainer.scenario.model import Ending, ScenarioFile, Topic
from trainer.types import Kind, Line, ManagerTurn, Mind, Reply, TurnScore

_ALWAYS_REACTS = PUSHED | {
    Taken.REPAIRED,
    Taken.STACKED,
    Taken.GRILLED,
    Taken.GRANTED,
    Taken.REFUSED,
    Taken.ADVISED,
    Taken.GREETED,
}

_MAY_STATE = frozenset({Taken.ADVISED, Taken.LISTENED, Taken.ANNOUNCED})
"""Statements that an enrollment talk answers by their content: the request and its reasons."""

_SMALL_SOUNDS = frozenset({Taken.LISTENED.value, Taken.GREETED.value})
_GOOD_TALK = 2  # good turns running after which business of the manager's own is a switch
_HONEST_FROM_TRUST = 35  # trust from which a no is said to the manager's face
_HANDED = 0.4  # how much farther an idea lies that the manager put into their mouth
_JITTER = 0.15  # how much the seed may bring one idea before another


class _Turn(NamedTuple):
    """What the policy looks at: the labels, the words as vectors, how they are taken."""

    score: TurnScore
    heard: Heard
    taken: Taken | None
    place: Place


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
        self._pools = Pools(file, seed)

    def open(self) -> Reply:
        """Say the first line."""
        said = self._pools.say(starting_mind(self._file), "opening")
        return Reply((said.line,), said.mind)

    def unheard(self, mind: Mind, times: int) -> Reply:
        """Ask again after nothing was heard, ``times`` running; the mind does not change."""
        lines = self._file.reactions.silence
        place = (times - 1) % len(lines)
        return Reply((Line(f"reactions.silence.{place + 1}", lines[place]),), mind)

    def answer(self, mind: Mind, turn: ManagerTurn, score: TurnScore) -> Reply:
        """Answer a scored turn: move the mind, choose a line, see whether the talk is over."""
        del turn  # its words are in the score's segments
        heard = self._recall.hear(score)
        place = self._recall.place(heard, mind)
        taken = self._taken(mind, score, heard, place)
        handed = self._recall.ideas_named(heard) - set(mind.ideas)
        moved = replace(move(mind, score, self._file, taken), handed=mind.handed | handed)
        said = self._choose(moved, _Turn(score, heard, taken, place), before=mind.reaction)
        ending = next((e for e in self._file.endings if holds(e.when, said.mind)), None)
        if ending is None:
            return Reply((said.line,), said.mind)
        return self._close(said, ending)

    def _close(self, said: Said, ending: Ending) -> Reply:
        closing = self._pools.say(said.mind, f"endings.{ending.id}")
        return Reply((said.line, closing.line), closing.mind, ending.outcome)

    def _taken(self, mind: Mind, score: TurnScore, heard: Heard, place: Place) -> Taken | None:
        taken = take(score, mind, self._file.kind)
        if taken in {Taken.TOLD, Taken.TOLD_AGAIN, Taken.TAKEN_OVER}:
            elsewhere = place.topic is None and not self._recall.ideas_named(heard)
            notices = bool(self._file.reactions.switched) and mind.well_run >= _GOOD_TALK
            return Taken.SWITCHED if elsewhere and notices else taken
        if taken not in PUSHED and mind.reaction in PUSHED and self._recall.takes_back(heard):
            return Taken.REPAIRED
        if taken is Taken.STACKED and not self._pools.has_fresh(mind, Taken.STACKED):
            return None  # they have asked for one at a time already, and answer the last
        return taken

    def _choose(self, mind: Mind, turn: _Turn, before: str | None) -> Said:
        taken, place = turn.taken, turn.place
        heard = any(segment.label in LISTENING for segment in turn.score.segments)
        states = self._file.kind is Kind.ENROLLMENT and taken in _MAY_STATE and not heard
        last = self._pools.last(mind)
        if taken not in PUSHED and place.step is Step.REPEAT and last is not None:
            return Said(last, replace(mind, said=(*mind.said, last.id)))
        if taken is Taken.REPAIRED and (place.topic or place.step):
            return self._answer_place(replace(mind, reaction=None), turn)
        if taken in {Taken.LISTENED, Taken.GREETED} and not states:
            deeper = self._deeper(mind, turn.heard) if heard else None
            fills = before in _SMALL_SOUNDS and deeper is None
            return deeper or (self._go_on(mind) if fills else None) or self._react(mind, taken)
        if taken is not None and taken in _ALWAYS_REACTS and not states:
            return self._react(mind, taken)
        if taken is not None and place.topic is None:
            return self._react(mind, taken)
        return self._answer_place(mind, turn)

    def _answer_place(self, mind: Mind, turn: _Turn) -> Said:
        if turn.place.topic is not None:
            return self._on_topic(mind, turn.heard, turn.place.topic)
        if turn.place.step is None:
            return self._react(mind, Taken.OFF_MAP)
        return {
            Step.FOLLOW_UP: self._follow_up,
            Step.OPTIONS: self._voice_idea,
            Step.CHOICE: self._choose_step,
            Step.COMMITMENT: self._commit,
        }[turn.place.step](mind, turn.heard)

    def _on_topic(self, mind: Mind, heard: Heard, topic_id: str) -> Said:
        topic = self._topic(topic_id)
        for depth in reversed(open_layers(topic, mind)):
            if (said := self._from_layer(mind, topic, depth, heard)) is not None:
                return said
        used_up = all(id_ in mind.said for id_ in line_ids(topic, 0))
        return self._react(
            replace(mind, topic=topic_id), Taken.USED_UP if used_up else Taken.NOT_YET
        )

    def _deeper(self, mind: Mind, heard: Heard) -> Said | None:
        """Go one layer down in the topic under way, as people do when they feel heard."""
        if mind.topic is None:
            return None
        topic = self._topic(mind.topic)
        layers = open_layers(topic, mind)
        untouched = layers and not any(id_ in mind.said for id_ in line_ids(topic, layers[-1]))
        return self._from_layer(mind, topic, layers[-1], heard) if untouched else None

    def _go_on(self, mind: Mind) -> Said | None:
        """Go on unasked in the topic under way, as people do who are met with small sounds."""
        if mind.topic is None:
            return None
        topic = self._topic(mind.topic)
        unsaid = (self._from_layer(mind, topic, depth) for depth in open_layers(topic, mind))
        return next((said for said in unsaid if said is not None), None)

    def _from_layer(
        self, mind: Mind, topic: Topic, depth: int, heard: Heard | None = None
    ) -> Said | None:
        """Say the line of a layer that answers best; without a turn to answer, the next one."""
        lines = self._pools.unsaid(mind, pool_of(topic, depth))
        if not lines:
            return None
        line = lines[0] if heard is None else self._recall.nearest_line(heard, lines)
        reveals = topic.layers[depth].reveals
        moved_on = mind.topic is not None and mind.topic != topic.id
        said = replace(
            mind,
            topic=topic.id,
            revealed=mind.revealed | {reveals} if reveals else mind.revealed,
            said=(*mind.said, line.id),
            licensed=mind.licensed and not moved_on,
        )
        return Said(line, said)

    def _follow_up(self, mind: Mind, heard: Heard) -> Said:
        if mind.topic is not None:
            return self._on_topic(mind, heard, mind.topic)
        if mind.ideas:
            pool = f"ideas.{mind.ideas[-1]}.lines"
            if self._pools.unsaid(mind, pool):
                return self._pools.say(mind, pool, in_order=True)
            return self._react(mind, Taken.USED_UP)
        return self._on_topic(mind, heard, self._file.topics[0].id)

    def _voice_idea(self, mind: Mind, heard: Heard) -> Said:
        ready = [
            idea.id
            for idea in self._file.ideas
            if idea.id not in mind.ideas and meets(mind, idea_needs(idea))
        ]
        if ready:
            idea = self._nearest_idea(mind, heard, ready)
            said = self._pools.say(mind, f"ideas.{idea}.lines", in_order=True)
            return Said(said.line, replace(said.mind, ideas=(*mind.ideas, idea), topic=None))
        if mind.ideas and mind.chosen is None and meets(mind, CHOICE_NEEDS):
            return self._choose_step(mind, heard)
        return self._react(mind, Taken.USED_UP if mind.ideas else Taken.NOT_YET)

    def _choose_step(self, mind: Mind, heard: Heard) -> Said:
        if mind.chosen is not None:
            return self._commit(mind, heard)
        if not mind.ideas or not meets(mind, CHOICE_NEEDS):
            return self._not_ready(mind, heard)
        idea = self._nearest_idea(mind, heard, mind.ideas)
        said = self._pools.say(mind, f"ideas.{idea}.choose")
        return Said(said.line, replace(said.mind, chosen=idea, topic=None))

    def _not_ready(self, mind: Mind, heard: Heard) -> Said:
        """Answer a request for a decision there is none for yet: an idea, a not yet, or a no."""
        honest = self._file.kind is Kind.ENROLLMENT and mind.trust >= _HONEST_FROM_TRUST
        if honest and mind.too_soon and self._file.reactions.declined:
            return self._react(replace(mind, declined=True), Taken.DECLINED)
        if not mind.ideas and any(meets(mind, idea_needs(idea)) for idea in self._file.ideas):
            return self._voice_idea(mind, heard)
        return self._react(replace(mind, too_soon=mind.too_soon + 1), Taken.NOT_YET)

    def _commit(self, mind: Mind, heard: Heard) -> Said:
        if mind.chosen is None:
            if mind.ideas:
                return self._choose_step(mind, heard)
            return self._react(mind, Taken.NOT_YET)
        if not meets(mind, COMMITMENT_NEEDS):
            return self._react(mind, Taken.NOT_YET)
        said = self._pools.say(mind, f"ideas.{mind.chosen}.commit")
        return Said(said.line, replace(said.mind, committed=True, topic=None))

    def _nearest_idea(self, mind: Mind, heard: Heard, among: Sequence[str]) -> str:
        """Return the idea that lies nearest to the question and to what was just said."""
        near = self._recall.idea_nearness(heard, self._pools.last(mind))

        def pull(idea: str) -> float:
            handed = _HANDED if idea in mind.handed else 0.0
            return near[idea] - handed + _JITTER * self._pools.jitter(mind, idea)

        return max(among, key=pull)

    def _topic(self, topic_id: str) -> Topic:
        return next(topic for topic in self._file.topics if topic.id == topic_id)

    def _react(self, mind: Mind, taken: Taken) -> Said:
        return self._pools.react(mind, taken)
