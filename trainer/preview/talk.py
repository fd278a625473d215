"""A talk that is tried out: said again from its start whenever the scenario file changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trainer.preview.start import Change, changed
from trainer.protocols import Classifier, Encoder
from trainer.salesperson.policy import ScenarioSalesperson
from trainer.scenario.load import Scenario
from trainer.scoring.score import score_turn
from trainer.session import turn_after
from trainer.types import Mind, Reply, TurnScore


class Step(NamedTuple):
    """One thing that was done in a preview, and how the talk stands after it."""

    done: str | Change
    """What was said, or what was set by hand."""
    score: TurnScore | None
    """None where nothing was said."""
    before: Mind
    reply: Reply


class PreviewTalk:
    """A typed talk of which nothing is kept.

    Args:
        scenario: As it is now; ``reload`` puts another version in its place.
        classifier: Labels what is said.
        encoder: Finds what it is about.
        seed: Chooses among lines that fit equally.
        start: What is set before the first line.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        classifier: Classifier,
        encoder: Encoder,
        seed: int = 0,
        start: Change | None = None,
    ) -> None:
        self.scenario = scenario
        self._classifier = classifier
        self._encoder = encoder
        self._seed = seed
        self._start = start or Change()
        self.steps: list[Step] = []
        self._begin(scenario)

    def _begin(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._salesperson = ScenarioSalesperson(scenario.file, self._encoder, seed=self._seed)
        opening = self._salesperson.open()
        self.opening = Reply(opening.lines, changed(opening.mind, self._start, scenario.file))

    @property
    def reply(self) -> Reply:
        """What stands to be answered."""
        return self.steps[-1].reply if self.steps else self.opening

    @property
    def is_over(self) -> bool:
        """Whether the salesperson has ended the talk."""
        return self.reply.ended is not None

    def say(self, text: str) -> Step:
        """Say something to the salesperson; an empty text is a turn that was not heard."""
        standing = self.reply
        if not text.strip():
            unheard = 1
            for step in reversed(self.steps):
                if step.done != "":
                    break
                unheard += 1
            reply = self._salesperson.unheard(standing.mind, unheard)
            return self._add(Step("", None, standing.mind, reply))
        lines = [self.opening.text, *(s.reply.text for s in self.steps if s.score is not None)]
        turn = turn_after(lines, text, standing.mind, self.scenario.file.kind)
        score = score_turn(self._classifier, turn)
        reply = self._salesperson.answer(standing.mind, turn, score)
        return self._add(Step(text, score, standing.mind, reply))

    def set(self, change: Change) -> Step:
        """Set something in the mind by hand; the line that stands is not said anew."""
        standing = self.reply
        mind = changed(standing.mind, change, self.scenario.file)
        return self._add(Step(change, None, standing.mind, Reply(standing.lines, mind)))

    def back(self) -> bool:
        """Take the last step back; False when there is none."""
        if not self.steps:
            return False
        self.steps.pop()
        return True

    def restart(self) -> None:
        """Begin anew."""
        self.steps.clear()

    def reload(self, scenario: Scenario) -> int:
        """Take another version of the scenario, and say everything again to it.

        Returns:
            How many turns were said again; fewer than before when the talk now ends earlier.
        """
        done = [step.done for step in self.steps]
        self.steps.clear()
        self._begin(scenario)
        return self.do_all(done)

    def do_all(self, done: Sequence[str | Change]) -> int:
        """Say and set one thing after the other until the talk is over; return how many."""
        for count, each in enumerate(done):
            if self.is_over:
                return count
            if isinstance(each, Change):
                self.set(each)
            else:
                self.say(each)
        return len(done)

    def _add(self, step: Step) -> Step:
        self.steps.append(step)
        return step
