"""A file begun from answers loads, is clean, and knows its names, whatever was answered."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.scenario.lint.lint import Linter
from trainer.scenario.load import listed_file
from trainer.scenario.model import Difficulty
from trainer.scenario.new import VOICES, Answers, file_name, plain_phrase, starter_text
from trainer.scenario.schema import EDITOR_LINE
from trainer.scoring.rules import RulesClassifier
from trainer.text_to_speech.known_voices import require_known
from trainer.types import Kind


def answers(**changes: object) -> Answers:
    given_: dict[str, object] = {
        "title": "The quiet: month",
        "kind": Kind.COACHING,
        "difficulty": Difficulty.MEDIUM,
        "name": "Ana-Lena O'Brien",
        "role": 'Sells "smart" pumps # to mills',
        "voice": "woman",
        "situation": "She is at 80% - and Norvik: no word. C:\\temp",
        "opening": "Morning. It's been a quiet month, to be honest.",
        "matter": "the prospecting calls",
        "secret": "I promised Norvik a date I knew was wrong.",
        "step": "ring Norvik and tell them the truth",
    }
    return Answers(**{**given_, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "voice"), list(product(Kind, VOICES)))
def test_a_begun_file_has_no_finding(tmp_path: Path, kind: Kind, voice: str) -> None:
    path = tmp_path / "begun.yaml"
    path.write_text(starter_text(answers(kind=kind, voice=voice)), encoding="utf-8")
    listed = listed_file(path)
    assert listed.problems == ()
    found = Linter(require_known, RulesClassifier()).findings(listed)
    assert [str(each) for each in found] == []
    text = path.read_text(encoding="utf-8")
    assert text.startswith(EDITOR_LINE)
    assert yaml.load(text, yaml.BaseLoader)["format"] == "1"


def test_what_was_answered_stands_in_the_file_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "begun.yaml"
    given_ = answers()
    path.write_text(starter_text(given_), encoding="utf-8")
    listed = listed_file(path)
    assert listed.scenario is not None
    file = listed.scenario.file
    assert (file.title, file.person.name, file.person.role) == (
        given_.title,
        given_.name,
        given_.role,
    )
    assert file.brief.situation == given_.situation
    assert file.opening == (given_.opening,)
    assert "Norvik" in file.terms
    assert "What makes the prospecting calls hard for you?" in file.topics[0].asks


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=2, max_size=60
)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(Kind), title=_TEXT, name=_TEXT, secret=_TEXT, matter=_TEXT)
def test_any_answer_makes_a_file_that_loads(
    tmp_path_factory: pytest.TempPathFactory,
    kind: Kind,
    title: str,
    name: str,
    secret: str,
    matter: str,
) -> None:
    path = tmp_path_factory.mktemp("begun") / "begun.yaml"
    text = starter_text(answers(kind=kind, title=title, name=name, secret=secret, matter=matter))
    path.write_text(text, encoding="utf-8")
    listed = listed_file(path)
    assert listed.problems == ()
    assert listed.scenario is not None and listed.scenario.file.title == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The quiet phone", "the_quiet_phone"),
        ("50% off!", "50_off"),
        ("../../etc", "etc"),
        ("Ünï", "n"),
        ("???", "scenario"),
        ("x" * 90, "x" * 40),
    ],
)
def test_a_file_is_named_after_its_title(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("I could call Lorna back.", "call Lorna back"),
        ("to take a trainee along", "take a trainee along"),
        ("I'd like you to take a trainee along!", "take a trainee along"),
        ("the calls?", "the calls"),
    ],
)
def test_a_phrase_is_made_to_fit_inside_a_sentence(said: str, phrase: str) -> None:
    assert plain_phrase(said) == phrase
