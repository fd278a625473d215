"""Word errors are counted on normalised words and can be added up."""

from __future__ import annotations

import sys

import pytest

from trainer.errors import MissingExtraError
from trainer.speech_to_text.word_errors import WordErrors, word_errors


def test_errors_of_several_clips_add_up() -> None:
    total = WordErrors(1, 8) + WordErrors(1, 2)
    assert (total.errors, total.words, total.rate) == (2, 10, 0.2)


def test_the_rate_of_nothing_said_is_not_known() -> None:
    assert WordErrors(0, 0).rate is None
    assert WordErrors(3, 0).rate is None


def test_without_jiwer_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jiwer", None)
    with pytest.raises(MissingExtraError, match=r"practice-trainer\[dev\]"):
        word_errors("a", "b")


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "heard", "errors", "words"),
    [
        ("What happened then?", "what happened then", 0, 3),
        ("Mister Dashwood said twenty two", "Mr. Dashwood said 22.", 0, 4),
        ("Um, I have coloured it", "I've colored it", 0, 4),
        ("and what else", "and what", 1, 3),
        ("and what", "and what else", 1, 2),
        ("not an ill disposed man", "not an old sposed man", 2, 5),
        ("one word", "a b c d e", 5, 2),
        ("and what else", "", 3, 3),
        ("", "thank you", 2, 0),
        ("...", "", 0, 0),
    ],
)
def test_words_are_counted(said: str, heard: str, errors: int, words: int) -> None:
    assert word_errors(said, heard) == WordErrors(errors, words)
