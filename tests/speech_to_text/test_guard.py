"""A quick decoding that repeats itself, runs on, or is unsure is not believed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from trainer.speech_to_text.greedy import draft_tokens
from trainer.speech_to_text.guard import is_believable, is_doubtful, most_repeats
from trainer.types import Segment, Transcript

PLAIN = "What would a good outcome look like from your side?"


def believed(
    text: str = PLAIN,
    *,
    seconds: float = 4.0,
    compression: float = 1.1,
    logprob: float = -0.3,
    tokens: int = 14,
) -> bool:
    result = SimpleNamespace(
        text=text, compression_ratio=compression, avg_logprob=logprob, tokens=[0] * tokens
    )
    return is_believable(result, seconds, most_tokens=224)


def test_an_ordinary_turn_is_believed() -> None:
    assert believed()
    assert believed("No, no, no, no.", seconds=1.0)
    assert believed("Why?", seconds=0.3)
    assert believed("What do you want to do, and what do you want to know?")


@pytest.mark.parametrize(
    "unbelieved",
    [
        believed(compression=2.3),
        believed(logprob=-0.9),
        believed(tokens=224),
        believed(seconds=0.5),
        believed("How does it look? How does it look? How does it look?", seconds=9.0),
        believed("Tell me more about that. Tell me more about that.", seconds=4.0),
        believed("Sure. What makes it hard? What makes it hard to start?", seconds=9.0),
        believed("Go on. Go on.", seconds=1.5),
    ],
    ids=[
        "compresses well",
        "unsure",
        "never ended",
        "too many words",
        "said three times",
        "said twice",
        "begun again",
        "two words twice",
    ],
)
def test_what_has_gone_astray_is_not(unbelieved: bool) -> None:
    assert not unbelieved


def test_repeats_are_counted_in_runs_of_three_words() -> None:
    assert most_repeats(["a", "b"]) == 0
    assert most_repeats(list("abcabcabc")) == 3


@pytest.mark.parametrize(("prob", "doubtful"), [(0.1, False), (0.5, True), (0.95, False)])
def test_doubt_lies_between_speech_and_silence(prob: float, doubtful: bool) -> None:
    assert is_doubtful(prob) == doubtful


class Letters:
    """A tokenizer of one token a letter."""

    timestamp_begin = 1000

    def encode(self, text: str) -> list[int]:
        return [ord(letter) for letter in text]


def test_a_draft_is_written_with_its_times_but_for_the_last_end() -> None:
    draft = Transcript((Segment("A", 0.0, 1.0), Segment("B", 1.0, 2.5)), "en", "x")
    space = ord(" ")
    assert draft_tokens(draft, Letters()) == [1000, space, 65, 1050, 1050, space, 66]
    assert draft_tokens(Transcript((), "en", "x"), Letters()) == []
    assert draft_tokens(Transcript((Segment("typed"),), "en", "x"), Letters()) == []
