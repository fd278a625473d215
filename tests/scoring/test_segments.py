"""How a turn is split into segments."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.scoring.rules import RulesClassifier
from trainer.scoring.segments import LONGEST_WORDS, split
from trainer.types import ManagerTurn

words = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "so what do you think they said and then you could ring her didn't you um okay , ; … ... "
        "— - ? ! 😀 Dr. e.g. it's WHY which".split()
    ),
)
turns = st.lists(words, max_size=60).map(" ".join)

CASES: list[tuple[str, list[str]]] = [
    ("They rang. They want a price.", ["They rang.", "They want a price."]),
    ("Dr. Lowe rang. Good.", ["Dr. Lowe rang.", "Good."]),
    ("It is 3.5 per cent. Fine.", ["It is 3.5 per cent.", "Fine."]),
    ("I was... thinking about them.", ["I was... thinking about them."]),
    (
        "You mentioned the board, so what worries them?",
        ["You mentioned the board, so what worries them?"],
    ),
    (
        "we rang them twice yesterday so what do you make of that",
        ["we rang them twice yesterday", "so what do you make of that"],
    ),
    ("What did they say? And who was there?", ["What did they say?", "And who was there?"]),
    (
        "what did they say about the price and who did you meet there",
        ["what did they say about the price", "and who did you meet there"],
    ),
    ("what held them up was it the legal team", ["what held them up was it the legal team"]),
    ("tell me what they said about it", ["tell me what they said about it"]),
    (
        "the contract runs out in june did anybody tell you",
        ["the contract runs out in june", "did anybody tell you"],
    ),
    (
        "they liked it a lot tell me about the second meeting",
        ["they liked it a lot", "tell me about the second meeting"],
    ),
    ("she signed it on friday didn't she", ["she signed it on friday didn't she"]),
]


@pytest.mark.parametrize(("text", "pieces"), CASES)
def test_a_turn_is_split_where_its_job_changes(text: str, pieces: list[str]) -> None:
    assert [piece.text for piece in split(text)] == pieces


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("It's your choice, but send it today.", ["It's your choice,", "but send it today."]),
        ("So you were tired, but you went on.", ["So you were tired, but you went on."]),
        (
            "The fee is ten pounds. It is due in June.",
            ["The fee is ten pounds. It is due in June."],
        ),
        ("Did he sign? Did she sign?", ["Did he sign?", "Did she sign?"]),
    ],
)
def test_neighbours_that_do_one_job_are_one_segment_and_questions_never_are(
    text: str, segments: list[str]
) -> None:
    turn = ManagerTurn(text, ("They have not signed, and I was tired.",))
    [found] = RulesClassifier().label([turn])
    assert [each.segment.text for each in found] == segments


@given(turns)
def test_the_pieces_joined_are_the_turn_with_white_space_made_one(text: str) -> None:
    assert " ".join(piece.text for piece in split(text)) == " ".join(text.split())


@given(turns)
def test_no_piece_is_empty_or_endless(text: str) -> None:
    for piece in split(text):
        assert 0 < len(piece.text.split()) <= 2 * LONGEST_WORDS


@settings(deadline=None)
@given(st.sampled_from(["and", "what", "is it", "you could", "no , ", "??", "a-b"]))
def test_five_thousand_words_take_less_than_a_second(word: str) -> None:
    text = " ".join([word] * (5000 // len(word.split())))
    started = time.process_time()
    pieces = split(text)
    assert time.process_time() - started < 1.0
    assert " ".join(piece.text for piece in pieces) == " ".join(text.split())
