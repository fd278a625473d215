"""Simulated talks with the small scenario, the rules and the word encoder."""

from __future__ import annotations

import random

import pytest

from tests.talks import small_scenario
from trainer.salesperson.encoder import WordEncoder
from trainer.scenario.lines import lines_by_id
from trainer.scoring.rules import RulesClassifier
from trainer.simulation.managers import MANAGERS, Kind
from trainer.simulation.talk import Talk, talks_with
from trainer.simulation.watch import early_reveals, repeats
from trainer.types import Line, Outcome, Reply

BY_NAME = {kind.name: kind for kind in MANAGERS}


def talks(*names: str, seeds: int = 3) -> list[Talk]:
    return talks_with(
        small_scenario(),
        [BY_NAME[name] for name in names],
        range(seeds),
        classifier=RulesClassifier(),
        encoder=WordEncoder(),
    )


def words(talk: Talk) -> list[str]:
    return [exchange.said for exchange in talk.exchanges]


def test_the_same_seed_gives_the_same_talk_and_other_seeds_other_words() -> None:
    first, again = talks("coach"), talks("coach")
    assert [words(talk) for talk in first] == [words(talk) for talk in again]
    assert words(first[0]) != words(first[1])


def test_a_talk_does_not_depend_on_what_is_held_beside_it() -> None:
    alone = talks("teller")
    beside = [talk for talk in talks("coach", "teller", "stacker") if talk.manager == "teller"]
    assert [words(talk) for talk in alone] == [words(talk) for talk in beside]


@pytest.mark.parametrize("name", ["teller", "leader"])
def test_managers_who_push_do_not_get_the_good_ending(name: str) -> None:
    assert all(talk.ended is Outcome.POOR for talk in talks(name))


@pytest.mark.parametrize("kind", MANAGERS, ids=lambda kind: kind.name)
def test_no_manager_ever_hears_a_layer_before_its_time(kind: Kind) -> None:
    file = small_scenario().file
    assert sum(early_reveals(talk, file) for talk in talks(kind.name)) == 0


def test_nothing_said_is_a_turn_that_was_not_heard() -> None:
    unheard = [each for talk in talks("silent") for each in talk.exchanges if not each.said]
    assert unheard
    assert all(each.score is None for each in unheard)
    assert all(each.reply.lines[0].id.startswith("reactions.silence.") for each in unheard)


def test_every_line_said_is_a_line_of_the_file() -> None:
    known = {line.id for line in lines_by_id(small_scenario().file)}
    said = {
        line.id
        for talk in talks(*BY_NAME, seeds=1)
        for exchange in talk.exchanges
        for line in exchange.reply.lines
    }
    assert said <= known


def test_a_manager_gives_back_what_was_said() -> None:
    file = small_scenario().file
    line = Line("topics.month.1.1", "I stopped ringing Norvik after their last mail.")
    said = []
    for seed in range(20):
        coach = BY_NAME["coach"].build(file, random.Random(seed))
        mind = talks("coach", seeds=1)[0].opening.mind
        coach.say(Reply((Line("opening.1", "It was quiet."),), mind))
        said.append(coach.say(Reply((line,), mind)))
    assert any("you stopped ringing Norvik after their last mail" in text for text in said)


def test_a_line_that_comes_back_within_six_turns_is_counted() -> None:
    [talk] = talks("teller", seeds=1)
    doubled = Talk(talk.manager, 0, talk.opening, (talk.exchanges[0], talk.exchanges[0]))
    assert repeats(doubled) == 1
