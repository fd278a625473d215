"""`trainer scenarios`: what a trainer types, with the small scenario and the word encoder."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run
from tests.talks import SMALL
from trainer import build
from trainer.salesperson.encoder import WordEncoder

TESTS = """
tests:
  - name: an order is answered flatly
    turns: [{say: Ring them today., label: direction, reaction: told}]
  - name: what cannot be
    turns: [{say: Ring them today., label: open_question}]
"""
ANSWERS = (
    "The quiet month\n\nhard\nAna Sample\nwoman\nSells pumps\nShe is behind.\n"
    "the prospecting calls\nMorning. It's been quiet.\nI promised a date I knew was wrong.\n"
    "I could ring Norvik.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound file and a broken one, which comes first."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "a_broken.yaml").write_text("titel: [\n")
    (folder / "quiet_month.yaml").write_text(SMALL.read_text() + TESTS)
    monkeypatch.setenv("TRAINER_SCENARIOS", str(folder))
    monkeypatch.setattr(build, "sentence_encoder", WordEncoder)
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["list"], 0, "quiet_month"),
        (["check"], 2, "warnings: 35 spoken lines"),
        (["test"], 2, "pass  quiet_month: an order is answered flatly"),
        (["simulate", "--seeds", "1", "--manager", "teller"], 2, "quiet_month              teller"),
    ],
)
def test_a_broken_file_is_one_line_and_never_hides_the_others(
    trainer: Run, folder: Path, arguments: list[str], code: int, expected: str
) -> None:
    ran = trainer("scenarios", *arguments)
    assert ran.code == code
    assert expected in ran.out
    assert f"{folder}/a_broken.yaml:2:1: file: not valid YAML" in ran.err


def test_a_scripted_talk_that_goes_otherwise_fails_with_what_was_found(
    trainer: Run, folder: Path
) -> None:
    ran = trainer("scenarios", "test", "quiet_month")
    assert ran.code == 1
    assert "turn 1: label: found direction, expected open_question" in ran.out


def test_results_are_written_for_a_build_server(trainer: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "junit.xml"
    trainer("scenarios", "test", "--junit", target)
    suites = ElementTree.parse(target).getroot()
    assert {name: suites.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "3",
        "failures": "1",
        "errors": "1",
    }
    (failure,) = suites.iter("failure")
    assert "found direction, expected open_question" in str(failure.get("message"))
    ran = trainer("scenarios", "test", "quiet_month", "--junit", tmp_path / "none" / "x.xml")
    assert ran.code == 2 and "cannot be written: No such file" in ran.err


def test_a_begun_file_is_written_and_never_over_another(
    trainer: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = trainer("scenarios", "new", stdin=ANSWERS)
    begun = folder / "the_quiet_month.yaml"
    assert begun.is_file() and f"Wrote {begun}: 0 findings" in ran.out
    again = trainer("scenarios", "new", "the quiet month")
    assert again.code == 2 and "is there already; choose another name" in again.err


def test_a_line_that_is_too_long_to_say_is_asked_for_again(trainer: Run, folder: Path) -> None:
    lengthy = ANSWERS.replace("Morning. It's been quiet.", "word " * 60 + "\nMorning.")
    ran = trainer("scenarios", "new", stdin=lengthy)
    assert "s to say; cut it to" in ran.err
    assert (folder / "the_quiet_month.yaml").is_file()


@pytest.mark.model
def test_a_begun_file_passes_its_own_check_and_tests(
    trainer: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_SCENARIOS", str(tmp_path))
    assert trainer("scenarios", "new", stdin=ANSWERS).code == 0
    assert trainer("scenarios", "check", "--strict", "the_quiet_month").code == 0
    assert trainer("scenarios", "test", "the_quiet_month").code == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["preview", "quiet_month", "--revealed", "the_male"], "did you mean 'the_mail'?"),
        (["preview", "quiet_month", "--after", "9"], "found '9', which the scenario does not"),
        (["preview", "quiet_month", "--say=endings.flat.7"], "no line is called 'endings.flat.7'"),
        (["preview", "quiet_month", "--openness", "400"], "400.0 is not in the range"),
        (["preview", "a_broken"], "a_broken.yaml:2:1: file: not valid YAML"),
        (["show", "--graph", "a_broken"], "a_broken.yaml:2:1: file: not valid YAML"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_one_line_and_exit_code_2(
    trainer: Run, arguments: list[str], expected: str
) -> None:
    ran = trainer("scenarios", *arguments)
    assert ran.code == 2
    assert expected in ran.err and ran.err.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_a_preview_reads_what_is_piped_into_it(trainer: Run) -> None:
    script = "How was the month for you?\n/lines\n/quit\n"
    ran = trainer("scenarios", "preview", "quiet_month", "--after", "1", stdin=script)
    assert ran.code == 0
    assert "[open_question]" in ran.out and "layers" in ran.out


@pytest.mark.usefixtures("folder")
def test_a_scenario_is_drawn(trainer: Run) -> None:
    ran = trainer("scenarios", "show", "quiet_month", "--graph")
    assert ran.code == 0 and "├─ month (reality" in ran.out
