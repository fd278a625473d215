"""Managers who do it badly, each in one way: telling, leading, grilling, advising, stacking."""

from __future__ import annotations

import random
from collections.abc import Sequence

from trainer.scenario.model import ScenarioFile
from trainer.simulation import phrases
from trainer.simulation.echo import second_person
from trainer.simulation.good import good_manager
from trainer.types import Reply


class _Wordings:
    """Chooses wordings, none twice before all were used."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        self._rng = rng
        self.actions = [second_person(idea.action) for idea in file.ideas]
        self.terms = list(file.terms)
        self._said: set[str] = set()

    def one_of(self, options: Sequence[str], about: Sequence[str] = ()) -> str:
        unsaid = [option for option in options if option not in self._said] or list(options)
        chosen = self._rng.choice(unsaid)
        self._said.add(chosen)
        text = chosen.format(self._rng.choice(about)) if "{}" in chosen and about else chosen
        return text[0].upper() + text[1:]


class Teller:
    """Gives orders, whatever is answered."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._words = _Wordings(file, rng)

    def say(self, reply: Reply) -> str:
        """Give the next order."""
        del reply
        return self._words.one_of([*phrases.TELLS, *phrases.ORDERS], self._words.actions)


class Leader:
    """Leads the witness: every question has its answer inside."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._words = _Wordings(file, rng)

    def say(self, reply: Reply) -> str:
        """Ask the next leading question."""
        del reply
        return self._words.one_of([*phrases.LEADS, *phrases.VERDICTS], self._words.actions)


class Interrogator:
    """Asks one closed question after the other."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._words = _Wordings(file, rng)
        self._turns = 0

    def say(self, reply: Reply) -> str:
        """Ask the next closed question; from time to time, whether there is a plan."""
        del reply
        self._turns += 1
        if self._turns > 4 and self._turns % 3 == 0:
            return self._words.one_of(phrases.CLOSED_STEPS)
        about = self._words.terms
        return self._words.one_of(
            [*phrases.CLOSED, *(phrases.CLOSED_ABOUT if about else ())], about
        )


class Adviser:
    """A mentor nobody asked: stories and advice, without leave."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._words = _Wordings(file, rng)
        self._rng = rng

    def say(self, reply: Reply) -> str:
        """Give the next piece of advice, often behind a story."""
        del reply
        advice = self._words.one_of(phrases.ADVICE, self._words.actions)
        if self._rng.random() < 0.4:
            return f"{self._words.one_of(phrases.STORIES)} {advice}"
        return advice


class Stacker:
    """Asks three good questions in one breath, every time."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._words = _Wordings(file, rng)
        self._rng = rng
        self._asks = [ask for topic in file.topics for ask in topic.asks if ask.endswith("?")]

    def say(self, reply: Reply) -> str:
        """Ask the next three questions."""
        del reply
        return " ".join(self._rng.sample(self._asks, 3))


class SilentListener:
    """Says next to nothing, and sometimes nothing."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        del file
        self._rng = rng

    def say(self, reply: Reply) -> str:
        """Make a small sound, or none (an empty turn is one that was not heard)."""
        del reply
        return self._rng.choice(phrases.BACKCHANNELS)


class HatSwitcher:
    """Begins well, then turns to business of their own without a word about it."""

    def __init__(self, file: ScenarioFile, rng: random.Random) -> None:
        """Prepare for one talk."""
        self._good = good_manager(file, rng)
        self._words = _Wordings(file, rng)
        self._rng = rng
        self._switches_at = rng.choice((4, 5, 6))
        self._turns = 0

    def say(self, reply: Reply) -> str:
        """Do well at first; from the switch on, every other turn is about something else."""
        self._turns += 1
        if self._turns >= self._switches_at and (self._turns - self._switches_at) % 2 == 0:
            return self._words.one_of(phrases.OWN_BUSINESS)
        return self._good.say(reply)
