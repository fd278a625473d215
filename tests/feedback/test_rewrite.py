"""Better lines: proposed from the manager's words, kept only when the scorer agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.feedback.choose import WORTH_A_TIP
from trainer.feedback.give import give_feedback
from trainer.feedback.rewrite import LEAST_GAIN
from trainer.labels import STEERING
from trainer.scoring.rules import RulesClassifier
from trainer.scoring.score import score_turn, score_turns
from trainer.training.corpus import corpus_files, read_corpus
from trainer.training.split import FILE, read_split
from trainer.types import Feedback, ManagerTurn

CORPUS = Path(__file__).parents[2] / "models" / "corpus"
SAID = ("I rang the buyer twice and the contract is still on her desk.",)


def feedback_on(text: str, *better_lines: str) -> Feedback:
    classifier = RulesClassifier()
    turn = ManagerTurn(text, SAID)
    given = give_feedback(classifier, turn, score_turn(classifier, turn), better_lines=better_lines)
    assert given is not None
    return given


POOR = [
    "Send her the contract again today.",
    "Have you considered going to her boss about the contract?",
    "You should offer her the smaller package.",
    "Isn't the price the real problem?",
    "Why didn't you book the next meeting?",
    "What stopped you, was it the price?",
    "Did you ask about the budget?",
    "What happened? Did she like the demo? When is the renewal?",
]


@pytest.mark.parametrize("text", POOR)
def test_a_poor_turn_gets_a_line_that_scores_at_least_twenty_more(text: str) -> None:
    feedback = feedback_on(text)
    classifier = RulesClassifier()
    before = score_turn(classifier, ManagerTurn(text, SAID)).lowest
    assert feedback.rewrite is not None and before is not None
    after = score_turn(classifier, ManagerTurn(feedback.rewrite, SAID))
    assert after.lowest is not None and after.lowest >= before + LEAST_GAIN
    assert feedback.rewrite_score == after.lowest
    assert not any(segment.label in STEERING for segment in after.segments)


@pytest.mark.parametrize("text", POOR)
def test_the_quote_is_what_was_said(text: str) -> None:
    assert feedback_on(text).quote.strip(" .?") in text


def test_a_narrowed_question_keeps_its_own_open_stem() -> None:
    assert feedback_on("What stopped you, was it the price?").rewrite == "What stopped you?"


def test_a_stacked_turn_keeps_one_of_its_own_questions() -> None:
    text = "What do you make of her silence? Did she like the demo? When is the renewal?"
    assert feedback_on(text).rewrite == "What do you make of her silence?"


def test_a_line_that_steers_is_never_offered_even_when_the_scenario_proposes_it() -> None:
    steering = "Don't you think you should call her?"
    assert feedback_on("Send it again today.", steering).rewrite != steering


def test_a_line_of_the_scenario_comes_first_only_where_it_is_about_what_is_talked_about() -> None:
    near, far = "What makes that contract so slow?", "How did the holidays change you?"
    assert feedback_on("Is that contract slow?", near).rewrite == near
    assert feedback_on("Is that contract slow?", far).rewrite != far


def test_a_strong_turn_gets_no_rewrite_and_no_invitation() -> None:
    feedback = feedback_on("You rang her twice. What do you make of her silence?")
    assert (feedback.rewrite, feedback.invite_retry) == (None, False)


def test_no_line_comes_twice_in_a_talk_while_there_are_others() -> None:
    classifier = RulesClassifier()
    turn = ManagerTurn("Have you considered going to her boss?", SAID)
    score = score_turn(classifier, turn)
    offered: list[str] = []
    for _ in range(4):
        feedback = give_feedback(classifier, turn, score, offered=offered)
        assert feedback is not None and feedback.rewrite is not None
        offered.append(feedback.rewrite)
    assert len(set(offered)) == 4


def test_nearly_every_poor_turn_of_the_test_talks_gets_a_better_line() -> None:
    talks = read_split(read_corpus(corpus_files(CORPUS)), CORPUS / FILE).test
    turns = [item.turn for talk in talks for item in talk.turns]
    classifier = RulesClassifier()
    found: list[str | None] = []
    for turn, score in zip(turns, score_turns(classifier, turns), strict=True):
        if score.lowest is not None and score.lowest < WORTH_A_TIP:
            feedback = give_feedback(classifier, turn, score)
            found.append(feedback.rewrite if feedback else None)
    lines = [line for line in found if line is not None]
    assert len(lines) >= 0.9 * len(found)
    assert len(set(lines)) >= 0.6 * len(lines)
    assert all(len(line.split()) <= 24 for line in lines)
