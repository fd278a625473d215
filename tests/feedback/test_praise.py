"""What was strong is named in the turn's own words."""

from __future__ import annotations

import pytest

from trainer.feedback.give import give_feedback
from trainer.feedback.praise import shared_words
from trainer.scoring.rules import RulesClassifier
from trainer.scoring.score import score_turn
from trainer.types import ManagerTurn


@pytest.mark.parametrize(
    ("text", "line", "shared"),
    [
        ("What is it about the empty diary?", "I hate an empty diary.", "empty diary"),
        ("What does Priya want?", "I can't read Priya.", "Priya"),
        ("What else?", "I rang her twice.", ""),
        ("So the price is what worries you.", "It's the price, really.", "price"),
        ("", "Anything.", ""),
    ],
)
def test_the_words_they_share_are_found(text: str, line: str, shared: str) -> None:
    assert shared_words(text, (line,)) == shared


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What is it about the empty diary that gets to you?", '"empty diary"'),
        ("So the empty diary is what scares you.", '"empty diary"'),
    ],
)
def test_a_strength_names_the_words_that_made_it(text: str, named: str) -> None:
    classifier = RulesClassifier()
    turn = ManagerTurn(text, ("Every Monday I look at an empty diary.",))
    feedback = give_feedback(classifier, turn, score_turn(classifier, turn))
    assert feedback is not None and feedback.tip.startswith("strong_")
    assert named in feedback.what and "{" not in feedback.what
