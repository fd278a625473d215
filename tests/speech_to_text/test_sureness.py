"""A transcript is as sure as its least sure segment, and unsure ones are asked about."""

from __future__ import annotations

import pytest

from trainer.speech_to_text.sureness import is_unsure, transcript_of
from trainer.types import Confidence, Segment, Transcript

SURE = Confidence(no_speech_prob=0.01, avg_logprob=-0.2, compression_ratio=1.1)


def test_the_worst_of_each_value_counts() -> None:
    segments = [
        Segment("one", 0.0, 1.0, Confidence(0.3, -0.1, 1.0)),
        Segment("two", 1.0, 2.0, Confidence(0.1, -0.9, 2.0)),
        Segment("three", 2.0, 3.0),
    ]
    assert transcript_of(segments, "en", "x").confidence == Confidence(0.3, -0.9, 2.0)
    assert transcript_of(segments[2:], "en", "x").confidence is None


@pytest.mark.parametrize(
    ("confidence", "unsure"),
    [
        (SURE, False),
        (Confidence(0.55, -0.2, 1.1), True),
        (Confidence(0.01, -1.3, 1.1), True),
        (Confidence(0.01, -0.2, 3.0), True),
        (None, False),
    ],
)
def test_one_bad_value_is_enough_to_ask(confidence: Confidence | None, unsure: bool) -> None:
    segments = [Segment("one", 0.0, 1.0, SURE), Segment("two", 1.0, 2.0, confidence)]
    assert is_unsure(transcript_of(segments, "en", "x")) == unsure


def test_without_words_or_without_numbers_nothing_is_asked() -> None:
    assert not is_unsure(Transcript((), "en", "x"))
    assert not is_unsure(Transcript((Segment("typed"),), "en", "typed"))
