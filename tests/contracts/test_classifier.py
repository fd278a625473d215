"""What every Classifier does, on the scripted one and the real ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trainer.protocols import Classifier
from trainer.scoring.classifier import TrainedClassifier
from trainer.scoring.fake import ScriptedClassifier, ScriptExhaustedError
from trainer.scoring.rules import RulesClassifier
from trainer.types import Label, LabelledSegment, ManagerTurn

TURNS = [
    ManagerTurn("They  rang.\nWhat did they want?", ("I had a call.",)),
    ManagerTurn("   "),
    ManagerTurn("so what do you make of that", ("They went quiet.",), licensed=True),
]
SCRIPT = [
    (
        LabelledSegment.certain("They rang.", Label.REFLECTION),
        LabelledSegment.certain("What did they want?", Label.OPEN_QUESTION),
    ),
    (LabelledSegment.certain("so what do you make of that", Label.OPEN_QUESTION),),
]
ENGINES = [
    pytest.param(lambda: ScriptedClassifier([*SCRIPT, *SCRIPT]), id="scripted"),
    pytest.param(RulesClassifier, id="rules"),
    pytest.param(TrainedClassifier, id="trained", marks=pytest.mark.model),
]


@pytest.fixture(params=ENGINES)
def classifier(request: pytest.FixtureRequest) -> Classifier:
    build: Callable[[], Classifier] = request.param
    return build()


def test_it_says_its_name_and_version(classifier: Classifier) -> None:
    name, _, version = classifier.name.rpartition("-")
    assert name and version.isdigit()


def test_it_answers_every_turn_in_order(classifier: Classifier) -> None:
    assert len(classifier.label(TURNS)) == len(TURNS)
    assert classifier.label([]) == []


def test_the_segments_joined_are_the_turn(classifier: Classifier) -> None:
    for turn, found in zip(TURNS, classifier.label(TURNS), strict=True):
        assert " ".join(each.segment.text for each in found) == " ".join(turn.text.split())


def test_a_turn_without_words_gives_no_segments(classifier: Classifier) -> None:
    assert classifier.label(TURNS)[1] == ()


def test_probabilities_cover_all_labels_and_sum_to_one(classifier: Classifier) -> None:
    for found in classifier.label(TURNS):
        for each in found:
            assert set(each.probs) == set(Label)
            assert sum(each.probs.values()) == pytest.approx(1)
            assert all(0 <= share <= 1 for share in each.probs.values())


def test_the_same_turns_get_the_same_labels(classifier: Classifier) -> None:
    assert classifier.label(TURNS) == classifier.label(TURNS)


def test_the_scripted_one_records_its_turns_and_says_when_its_script_is_over() -> None:
    scripted = ScriptedClassifier(SCRIPT)
    scripted.label(TURNS)
    assert scripted.turns == TURNS
    assert scripted.left == 0
    with pytest.raises(ScriptExhaustedError, match="turn 4"):
        scripted.label(TURNS[:1])
