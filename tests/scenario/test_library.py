"""The shipped scenarios: each loads, is complete, has no finding, and passes its own tests."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
import yaml

from trainer import build, paths
from trainer.evaluation.scripted import run_tests
from trainer.protocols import Encoder
from trainer.scenario.lint.lint import Linter
from trainer.scenario.load import Scenario, listed_file, load, load_all
from trainer.scenario.model import Difficulty
from trainer.scenario.size import size_of
from trainer.text_to_speech.known_voices import require_known
from trainer.types import Kind

SHIPPED = sorted(paths.PROJECT.joinpath("scenarios").glob("*.yaml"))
EDITOR_LINE = "# yaml-language-server: $schema=scenario.schema.json\n"


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load(request.param)


def test_every_file_in_the_folder_loads() -> None:
    assert [listed.problem for listed in load_all() if listed.problem] == []


def test_tools_that_know_plain_yaml_read_a_scenario_too(scenario: Scenario) -> None:
    # PyYAML's own parser is stricter than libyaml's: it refuses `{say: What else?}`.
    assert yaml.load(scenario.path.read_text(encoding="utf-8"), yaml.BaseLoader)["format"] == "1"


def test_the_library_has_every_kind_from_easy_to_hard() -> None:
    files = [load(path).file for path in SHIPPED]
    kinds = Counter(file.kind for file in files)
    assert kinds[Kind.COACHING] >= 8
    assert min(kinds[Kind.ENROLLMENT], kinds[Kind.MENTORING]) >= 3
    assert {file.difficulty for file in files if file.kind is Kind.COACHING} == set(Difficulty)


def test_every_salesperson_takes_a_moment_before_what_costs_them_something(
    scenario: Scenario,
) -> None:
    assert scenario.file.thinking is not None


def test_a_scenario_has_enough_to_say(scenario: Scenario) -> None:
    size = size_of(scenario.file)
    assert size.lines >= 70
    assert size.deep_topics >= 7
    assert size.tests >= 8


def test_a_scenario_has_no_lint_finding(scenario: Scenario) -> None:
    assert [str(each) for each in Linter(require_known).findings(listed_file(scenario.path))] == []


def test_a_scenario_opens_with_the_line_that_gives_editors_its_schema(scenario: Scenario) -> None:
    assert scenario.path.read_text(encoding="utf-8").startswith(EDITOR_LINE)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return build.sentence_encoder()


@pytest.mark.model
def test_no_two_lines_mean_the_same_and_no_example_steers(
    scenario: Scenario, encoder: Encoder
) -> None:
    linter = Linter(require_known, build.classifier(), encoder)
    assert [str(each) for each in linter.findings(listed_file(scenario.path))] == []


@pytest.mark.model
def test_the_scripted_talks_inside_pass(scenario: Scenario, encoder: Encoder) -> None:
    begin = partial(build.session, scenario, recogniser=None, encoder=encoder)
    failures = [
        f"{result.name}: {failure}"
        for result in run_tests(scenario.file.tests, begin)
        for failure in result.failures
    ]
    assert failures == []
