"""The end of a sentence that is listened to twice is written once."""

from __future__ import annotations

import pytest

from trainer.speech_to_text.decoded import Decoded, Gap
from trainer.speech_to_text.heard_again import without_heard_again

GAP = Gap(20.0, 24.0)


def piece(text: str, start_s: float) -> Decoded:
    return Decoded(text, start_s, start_s + 1.0, 0.0, -0.3, 1.0)


def kept(found: str, *, before: str = "", after: str = "") -> str:
    around = [piece(before, 15.0)] * bool(before) + [piece(after, 24.0)] * bool(after)
    return " ".join(each.text for each in without_heard_again([piece(found, 20.0)], around, GAP))


@pytest.mark.parametrize(
    ("found", "before", "after", "left"),
    [
        ("After that it runs.", "Same as a pump, after that it runs.", "", ""),
        (
            "Wine time, it's the first minute, same as a pump.",
            "A guy could find time. It's the first minute, same as a pump.",
            "",
            "",
        ),
        ("it runs. And what then?", "After that it runs.", "", "And what then?"),
        ("So who signs it? What would", "", "What would help?", "So who signs it?"),
        ("And who signs it?", "What would help?", "When is that?", "And who signs it?"),
        ("Time is short.", "A guy could find time.", "", "Time is short."),
        ("It is.", "Is it?", "", "It is."),
        ("So who signs it?", "", "", "So who signs it?"),
    ],
    ids=[
        "the end again",
        "the end again, one word misheard",
        "the end again, then something new",
        "the beginning of what follows",
        "something new",
        "one word alike",
        "the same words turned round",
        "nothing beside it",
    ],
)
def test_what_is_left_of_a_gap(found: str, before: str, after: str, left: str) -> None:
    assert kept(found, before=before, after=after) == left


def test_several_pieces_lose_only_what_stands_at_the_seams() -> None:
    found = [piece("after that it runs.", 20.0), piece("Good.", 21.0), piece("And who", 22.0)]
    around = [piece("Same as a pump, after that it runs.", 15.0), piece("And who signs?", 24.0)]
    assert [each.text for each in without_heard_again(found, around, GAP)] == ["Good."]
