"""The ledger of ideas: the same words, scored by whose idea they carry."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer import build
from trainer.salesperson.encoder import WordEncoder
from trainer.scoring.ideas import IdeaLedger, as_theirs, ideas_in
from trainer.scoring.rules import RulesClassifier
from trainer.scoring.score import score_turn
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn, TurnScore

L, F = Label, Flag


@pytest.mark.parametrize(
    ("line", "ideas"),
    [
        ("I could ring her. She's nice.", ["I could ring her"]),
        ("I haven't rung anyone, because I'm scared of a no.", ["I haven't rung anyone"]),
        ("Maybe.", []),
        ("Denny has been here longer than me.", []),
        ("Fourteen.", []),
    ],
)
def test_what_a_line_puts_on_the_table(line: str, ideas: list[str]) -> None:
    found = ideas_in((line,))
    assert found[: len(ideas)] == ideas and bool(found) == bool(ideas)


def test_a_half_hearted_yes_puts_nothing_on_the_table() -> None:
    assert ideas_in(("I suppose I could.",)) == []


@pytest.mark.parametrize(
    ("segment", "label", "flag"),
    [
        (
            LabelledSegment.certain("What about ringing her?", L.ADVICE_QUESTION),
            L.CLOSED_QUESTION,
            F.UPTAKE,
        ),
        (
            LabelledSegment.certain("How would ringing her be?", L.ADVICE_QUESTION),
            L.OPEN_QUESTION,
            F.UPTAKE,
        ),
        (
            LabelledSegment.certain("Shouldn't you ring?", L.ADVICE_QUESTION, F.PUSH),
            L.ADVICE_QUESTION,
            F.THEIRS,
        ),
        (LabelledSegment.certain("I'd ring her.", L.ADVICE), L.ADVICE, F.THEIRS),
        (LabelledSegment.certain("Ring her.", L.DIRECTION), L.DIRECTION, F.THEIRS),
    ],
)
def test_what_a_suggestion_is_when_the_idea_is_theirs(
    segment: LabelledSegment, label: Label, flag: Flag
) -> None:
    found = as_theirs(segment)
    assert found.label is label and flag in found.flags
    assert sum(found.probs.values()) == pytest.approx(1)


class Swap(NamedTuple):
    """A manager's words, a line of whose idea they are, and one that leaves it the manager's."""

    text: str
    theirs: str
    other: str


SWAPS = [
    Swap(
        "What if you phoned the woman at the pickle plant?",
        "I've been thinking of calling Lorna at the pickle plant back.",
        "Lorna at the pickle plant stopped answering.",
    ),
    Swap(
        "How about asking Denny to put you in touch with people?",
        "I could ask Denny to introduce me to people he knows.",
        "Denny has been here longer than me.",
    ),
    Swap(
        "Have you considered letting the families decide where she sits?",
        "I thought I'd let the families decide where she sits.",
        "The families don't know her yet.",
    ),
    Swap(
        "Why don't you go to the farm store and be honest with Cody?",
        "I'd have to go to the farm store and tell Cody the truth.",
        "Cody hasn't spoken to me since the delivery went wrong.",
    ),
    Swap(
        "Have you thought about starting your next call with the honest delivery date?",
        "I want to open the next call with an honest delivery date.",
        "The delivery date is the first thing people ask.",
    ),
]


@pytest.fixture(scope="module", params=["rules", pytest.param("minilm")])
def scorer(request: pytest.FixtureRequest) -> IdeaLedger:
    found = build.classifier(request.param)
    assert isinstance(found, IdeaLedger)
    return found


def neutrality(scorer: IdeaLedger, text: str, line: str) -> float:
    score: TurnScore = score_turn(scorer, ManagerTurn(text, (line,)))
    assert score.agenda_neutrality is not None
    return score.agenda_neutrality


@pytest.mark.model
@pytest.mark.parametrize("swap", SWAPS, ids=lambda swap: swap.text)
def test_the_same_words_steer_only_where_the_idea_is_the_managers(
    scorer: IdeaLedger, swap: Swap
) -> None:
    theirs, mine = (neutrality(scorer, swap.text, line) for line in (swap.theirs, swap.other))
    assert mine <= 60 and theirs >= mine + 20


@pytest.mark.model
@pytest.mark.parametrize("swap", SWAPS[:3], ids=lambda swap: swap.text)
def test_a_half_hearted_yes_to_the_managers_idea_leaves_it_the_managers(
    scorer: IdeaLedger, swap: Swap
) -> None:
    turn = ManagerTurn(swap.text, (swap.other, "Maybe."))
    score = score_turn(scorer, turn).agenda_neutrality
    assert score is not None and score <= 60


def test_the_ledger_loads_nothing_until_a_suggestion_needs_it() -> None:
    def never() -> WordEncoder:
        raise AssertionError("loaded")

    ledger = IdeaLedger(RulesClassifier(), never)
    ledger.label([ManagerTurn("What do you make of it?", ("I could ring her.",))])
    ledger.label([ManagerTurn("You should ring her.")])


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=2))
def test_any_text_and_any_lines_before_it_are_labelled(text: str, said: list[str]) -> None:
    ledger = IdeaLedger(RulesClassifier(), WordEncoder)
    [found] = ledger.label([ManagerTurn(f"{text} you should {text}", tuple(said))])
    assert all(sum(each.probs.values()) == pytest.approx(1) for each in found)
