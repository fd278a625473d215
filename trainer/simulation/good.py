"""Managers who do it well: a coach, an enroller, a mentor, and a coach with one slip."""

from __future__ import annotations

import random
from collections.abc import Sequence

from trainer.scenario.model import ScenarioFile, Stage, Topic
from trainer.simulation import phrases
from trainer.simulation.echo import echoes, second_person
from trainer.simulation.hearing import Heard, Part, heard_in
from trainer.types import Reply

PATIENCE = (4, 6, 9, 13)  # turns of asking and listening before asking for ideas
ON_TOPIC = (3, 4, 6)  # turns on one topic before moving to the next
REFLECTS = 0.6  # share of answers that are given back before the next question
ONLY_REFLECTS = 0.2  # share of those where the reflection is left to stand alone
WANTS_ANOTHER_IDEA = 0.35
OWN_WORDING = 0.35  # share of asks in the manager's own words instead of the scenario's

_CANNOT_SAY = frozenset({"off_map", "stacked", "grilled", "silence"})
_PUSHED = frozenset(
    {"told", "told_again", "steered", "pressed", "blamed", "slanted", "taken_over", "switched"}
)


class Coach:
    """Asks one open question at a time, builds on the answer, and leaves the step to them."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk.

        Args:
            file: The scenario; its example asks are what this manager knows about the topics.
            rng: Varies the words and the order of the topics.
        """
        self._file = file
        self._rng = rng
        self._said: set[str] = set()
        self._turns = 0
        self._explored = 0
        self._on_topic = 0
        self._too_early = 0
        self._patience = rng.choice(PATIENCE)
        self._most_on_topic = rng.choice(ON_TOPIC)
        goals = [topic for topic in file.topics if topic.stage is Stage.GOAL]
        others = [topic for topic in file.topics if topic.stage is not Stage.GOAL]
        rng.shuffle(others)
        self._agenda = goals[:1] + others + goals[1:]
        self._topic: Topic | None = None

    def say(self, reply: Reply) -> str:
        """Answer the salesperson's last line."""
        self._turns += 1
        heard = heard_in(reply)
        if self._turns == 1:
            return self._first(heard)
        if heard.part is Part.IDEAS:
            return self._on_their_idea(heard)
        if heard.part is Part.REACTIONS:
            return self._on_reaction(heard)
        return self._explore(heard)

    def _first(self, heard: Heard) -> str:
        del heard
        self._topic = self._agenda.pop(0)
        asks = [*phrases.GOALS, *self._asks(self._topic)]
        return self._rng.choice(phrases.WARM_UPS) + self._fresh(asks)

    def _on_their_idea(self, heard: Heard) -> str:
        steps = self._file.step_asks
        if heard.move in {"choose", "commit"}:
            return self._own_say() + self._fresh([*phrases.COMMITMENTS, *steps.commitment])
        if self._rng.random() < WANTS_ANOTHER_IDEA:
            return self._given_back(heard, always=False) + self._fresh(phrases.ELSE)
        return self._own_say() + self._fresh([*phrases.CHOICES, *steps.choice])

    def _on_reaction(self, heard: Heard) -> str:
        if heard.name == "not_yet":
            self._too_early = 2
        if heard.name in {"not_yet", "used_up"}:
            self._on_topic = self._most_on_topic
        if heard.name == "used_up":
            self._explored += 1  # enough is known there to go on to what they could do
        if heard.name in _PUSHED:
            return f"{self._fresh(phrases.REPAIRS)} {self._next_ask()}"
        if heard.name in {"stacked", "grilled"}:
            return f"{self._rng.choice(phrases.ONE_AT_A_TIME)} {self._next_ask()}"
        if heard.name in _CANNOT_SAY and self._topic is not None:
            return self._fresh(self._asks(self._topic))
        return self._rng.choice(phrases.LEADS_IN) + self._next_ask()

    def _explore(self, heard: Heard) -> str:
        self._explored += 1
        self._on_topic += 1
        self._too_early = max(0, self._too_early - 1)
        back = self._given_back(heard)
        if back and self._rng.random() < ONLY_REFLECTS:
            return back.strip()
        return (back or self._rng.choice(phrases.LEADS_IN)) + self._next_ask(heard)

    def _next_ask(self, heard: Heard | None = None) -> str:
        ready = self._explored >= self._patience and self._too_early == 0
        if ready and self._rng.random() < 0.2 + 0.1 * (self._explored - self._patience):
            return self._own_say() + self._fresh([*phrases.OPTIONS, *self._file.step_asks.options])
        if heard is not None and heard.part is Part.TOPICS and self._on_topic < self._most_on_topic:
            if self._rng.random() < OWN_WORDING:
                return self._fresh(phrases.FOLLOW_UPS)
            self._topic = next(t for t in self._file.topics if t.id == heard.name)
            return self._fresh(self._asks(self._topic))
        return self._move_on()

    def _move_on(self) -> str:
        if not self._agenda:
            self._agenda = list(self._file.topics)
            self._rng.shuffle(self._agenda)
        self._topic = self._agenda.pop(0)
        self._on_topic = 0
        return self._fresh(self._asks(self._topic))

    def _asks(self, topic: Topic) -> list[str]:
        """Return the scenario's questions about a topic; statements are another manager's."""
        better = [line.say for line in self._file.better_lines if line.topic == topic.id]
        return [ask for ask in (*topic.asks, *better) if ask.endswith("?")] or list(topic.asks)

    def _given_back(self, heard: Heard, *, always: bool = False) -> str:
        back = echoes(heard.text)
        if not back or not (always or self._rng.random() < REFLECTS):
            return ""
        return self._rng.choice(phrases.REFLECTIONS).format(self._rng.choice(back)) + " "

    def _own_say(self) -> str:
        return self._rng.choice(phrases.OWN_SAY)

    def _fresh(self, options: Sequence[str]) -> str:
        """Choose a wording not used yet in this talk, if there is one."""
        unsaid = [option for option in options if option not in self._said] or list(options)
        chosen = self._rng.choice(unsaid)
        self._said.add(chosen)
        return chosen


class Enroller(Coach):
    """Says openly what they want and why, draws out the objection, and lets the other word it."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        super().__init__(file, rng)
        self._requests = [topic for topic in file.topics if _statements(topic)]
        aims = [topic for topic in self._agenda if topic.stage is Stage.GOAL]
        rest = [topic for topic in self._agenda if topic.stage is not Stage.GOAL]
        self._agenda = [topic for topic in aims if topic not in self._requests[:1]] + rest

    def _first(self, heard: Heard) -> str:
        if not self._requests:
            return super()._first(heard)
        self._topic = self._requests[0]
        request = self._fresh(_statements(self._topic))
        return f"{self._fresh(phrases.OPENNESS)} {request} {self._fresh(phrases.NO_IS_FINE)}"


class Mentor(Coach):
    """Asks what they know, then offers two ways with their limits, with leave, and asks back."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        super().__init__(file, rng)
        self._offers_at = rng.choice((3, 4, 5))

    def say(self, reply: Reply) -> str:
        """Answer the salesperson's last line; leave is asked once, and waited for."""
        heard = heard_in(reply)
        if heard.part is Part.REACTIONS and heard.name == "granted":
            self._turns += 1
            return self._fresh(phrases.ADVICE_WITH_LIMITS)
        if heard.part is Part.REACTIONS and heard.name == "advised":
            self._turns += 1
            return self._fresh(phrases.CHECK_BACKS)
        if heard.part is Part.TOPICS and self._turns >= self._offers_at:
            self._offers_at = 99
            self._turns += 1
            return self._given_back(heard, always=True) + self._fresh(phrases.LEAVE)
        return super().say(reply)


def _statements(topic: Topic) -> list[str]:
    return [ask for ask in topic.asks if not ask.endswith("?")]


def good_manager(file: ScenarioFile, rng: random.Random) -> Coach:
    """Return the one who does well in this kind of talk."""
    return {"coaching": Coach, "enrollment": Enroller, "mentoring": Mentor}[file.kind.value](
        file, rng
    )


class OneSlip:
    """Does well, but once, early on, pushes an idea of their own; then says so and goes on."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._file = file
        self._rng = rng
        self._good = good_manager(file, rng)
        self._slips_at = rng.choice((3, 4, 5))
        self._turns = 0

    def say(self, reply: Reply) -> str:
        """Answer the salesperson's last line."""
        self._turns += 1
        if self._turns == self._slips_at:
            action = self._rng.choice(self._file.ideas).action
            return self._rng.choice(phrases.LEADS).format(second_person(action))
        return self._good.say(reply)
