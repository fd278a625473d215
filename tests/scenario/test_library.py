"""The shipped scenarios: each loads, is complete, has real voices, and passes its own tests."""

from __future__ import annotations

from functools import partial

import pytest

from trainer import build, paths
from trainer.cli.scenarios import line_count
from trainer.evaluation.scripted import run_tests
from trainer.protocols import Encoder
from trainer.scenario.load import Scenario, load, load_all
from trainer.text_to_speech import kokoro, piper
from trainer.text_to_speech.voice_name import parse, require
from trainer.types import Kind, Outcome

SHIPPED = sorted(paths.PROJECT.joinpath("scenarios").glob("*.yaml"))
MOST_WORDS = 32  # what a calm voice says in 12 seconds


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(request.param)


def test_every_file_in_the_folder_loads() -> None:
    assert [listed.problem for listed in load_all() if listed.problem] == []


def test_there_is_one_of_each_kind() -> None:
    assert {load(path).file.kind for path in SHIPPED} == set(Kind)


def test_a_scenario_has_enough_to_say_and_two_ways_to_end(scenario: Scenario) -> None:
    assert line_count(scenario) >= 70
    assert len(scenario.file.topics) >= 7
    assert {Outcome.GOOD, Outcome.POOR} <= {ending.outcome for ending in scenario.file.endings}
    assert len(scenario.file.tests) >= 8


def test_no_line_takes_longer_than_twelve_seconds_to_say(scenario: Scenario) -> None:
    file = scenario.file
    lines = [line for topic in file.topics for layer in topic.layers for line in layer.lines]
    lines += [line for idea in file.ideas for line in (*idea.lines, *idea.choose, *idea.commit)]
    lines += [line for _, pool in file.reactions for line in pool]
    assert [line for line in lines if len(line.split()) > MOST_WORDS] == []


def test_the_voices_exist(scenario: Scenario) -> None:
    known = {
        "piper": (*piper.VOICES, "en_US-joe-medium"),
        "kokoro": kokoro.VOICES,
    }
    for engine, voice in scenario.file.voice.items():
        for share in parse(voice).blend:
            require(share.voice, known.get(engine, (share.voice,)), engine)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return build.sentence_encoder()


@pytest.mark.model
def test_the_scripted_talks_inside_pass(scenario: Scenario, encoder: Encoder) -> None:
    begin = partial(build.session, scenario, recogniser=None, encoder=encoder)
    failures = [
        f"{result.name}: {failure}"
        for result in run_tests(scenario.file.tests, begin)
        for failure in result.failures
    ]
    assert failures == []
