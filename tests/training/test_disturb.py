"""Disturbed text: the same segments, other words, the same again from the same seed."""

from __future__ import annotations

import numpy as np

from trainer.training.disturb import (
    drawn_view,
    plain,
    with_errors,
    without_fillers,
    without_marks,
)

SEGMENTS = [["Um,", "right."], ["What", "did", "Priya", "say,", "er,", "then?"], ["Mm."]]
VOCABULARY = "what when priya ring say then call price quiet would".split()


def test_marks_and_capitals_go_and_apostrophes_stay() -> None:
    assert plain("Don't — wait, WHAT?") == "don't wait what"
    assert without_marks(SEGMENTS)[1] == ["what", "did", "priya", "say", "er", "then"]


def test_a_segment_never_loses_its_last_word() -> None:
    assert without_fillers(SEGMENTS) == [
        ["right."],
        ["What", "did", "Priya", "say,", "then?"],
        ["Mm."],
    ]
    assert without_marks([["..."]]) == [["..."]]
    for seed in range(50):
        heard = with_errors(SEGMENTS, np.random.default_rng(seed), VOCABULARY, rate=0.9)
        assert all(heard) and len(heard) == len(SEGMENTS)


def test_about_the_asked_share_of_words_is_misheard() -> None:
    words = [["price"] * 5000]
    heard = with_errors(words, np.random.default_rng(1), VOCABULARY, rate=0.1)[0]
    right = sum(word == "price" for word in heard)
    assert 4400 < right < 4600


def test_the_same_seed_gives_the_same_view() -> None:
    def views(seed: int) -> list[tuple[list[list[str]], bool]]:
        chance = np.random.default_rng(seed)
        return [drawn_view(SEGMENTS, chance, VOCABULARY) for _ in range(20)]

    assert views(3) == views(3)
    assert views(3) != views(4)
