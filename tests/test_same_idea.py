"""Which wordings name the same step: what is taken off, and what the acts add."""

from __future__ import annotations

import pytest

from trainer.salesperson.encoder import WordEncoder
from trainer.same_idea import OTHER_ACT, SAME_ACT, act_bonus, bare_idea, same_idea


@pytest.mark.parametrize(
    ("said", "bare"),
    [
        ("Have you thought about calling Norvik back?", "calling Norvik back"),
        ("Why don't you just ring them today?", "ring them today"),
        ("Honestly, I'd want you to send them a note.", "send them a note"),
        ("Couldn't you bring Legal in?", "bring Legal in"),
        ("Call her.", "Call her"),
        ("What if you went?", "What if you went"),  # nothing of the idea would be left
    ],
)
def test_politeness_around_an_idea_is_taken_off(said: str, bare: str) -> None:
    assert bare_idea(said) == bare


@pytest.mark.parametrize(
    ("one", "other", "bonus"),
    [
        ("ring them back", "call Norvik", SAME_ACT),
        ("calling them today", "phone Norvik", SAME_ACT),
        ("call them today", "send Norvik a note", -OTHER_ACT),
        ("call them today", "the weather at Norvik", 0.0),
    ],
)
def test_the_same_act_brings_two_wordings_nearer_and_another_act_parts_them(
    one: str, other: str, bonus: float
) -> None:
    assert float(act_bonus([one], [other])[0, 0]) == pytest.approx(bonus)


def test_the_same_words_are_the_same_idea_whatever_stands_around_them() -> None:
    encoder = WordEncoder()
    assert same_idea(encoder, "You should ring Norvik back.", "ring Norvik back")
    assert not same_idea(encoder, "You should ring Norvik back.", "send the Leeds tender on Friday")
