"""Words given back to the person who said them."""

from __future__ import annotations

import pytest

from trainer.simulation.echo import echoes, second_person


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("I was ten years in a mill", "you were ten years in a mill"),
        ("My wife asked me about that", "your wife asked you about that"),
        ("I'm done, and I know it", "you're done, and you know it"),
        ("They told us off for our own good", "They told you off for your own good"),
    ],
)
def test_what_they_say_about_themselves_becomes_what_is_said_to_them(said: str, back: str) -> None:
    assert second_person(said) == back


def test_questions_and_words_to_the_manager_are_not_given_back() -> None:
    assert echoes("What would you do? You know these people. I drive there every week.") == [
        "you drive there every week"
    ]


def test_a_name_keeps_its_capital_and_an_opening_word_loses_it() -> None:
    assert echoes("Denny runs the whole place. It runs on its own.") == [
        "Denny runs the whole place",
        "it runs on its own",
    ]


def test_a_line_without_anything_to_give_back_gives_nothing() -> None:
    assert echoes("Mm. Yes. You bet!") == []
