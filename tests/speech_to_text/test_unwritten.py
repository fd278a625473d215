"""A sentence that Whisper skipped is found by its sound; a pause or a knock is not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.speech_to_text.sounds import noise
from trainer.speech_to_text.decoded import Decoded, Gap, unwritten, windows
from trainer.types import MODEL_RATE_HZ, Samples


def turn(*loud: tuple[float, float], duration_s: float = 12.0, room_db: float = -60.0) -> Samples:
    """Return a quiet room with loud stretches, each from a second to a second."""
    sound = noise(duration_s, room_db)
    for start_s, end_s in loud:
        start, end = int(start_s * MODEL_RATE_HZ), int(end_s * MODEL_RATE_HZ)
        sound[start:end] += noise((end - start) / MODEL_RATE_HZ, -25.0)
    return sound.astype(np.float32)


def words(start_s: float, end_s: float) -> Decoded:
    return Decoded("some words", start_s, end_s, 0.0, -0.3, 1.0)


@pytest.mark.parametrize(
    ("loud", "written", "gaps"),
    [
        ([(0, 4)], [(0, 4)], []),
        ([(0, 4), (6, 10)], [(0, 4)], [Gap(4, 12)]),
        ([(0, 4), (6, 10)], [(6, 10)], [Gap(0, 6)]),
        ([(0, 3), (5, 7), (9, 12)], [(0, 3), (9, 12)], [Gap(3, 9)]),
        ([(0, 3), (5, 7), (9, 11)], [(0, 11)], []),
        ([(0, 4), (6, 6.1)], [(0, 4)], []),
        ([(0, 11.5)], [(0, 11.2)], []),
        ([(0, 4)], [], []),
    ],
    ids=[
        "all written",
        "the end skipped",
        "the start skipped",
        "the middle skipped",
        "times that cover it all",
        "a knock after the words",
        "an end cut a little short",
        "nothing written at all",
    ],
)
def test_what_was_skipped(
    loud: list[tuple[float, float]], written: list[tuple[float, float]], gaps: list[Gap]
) -> None:
    assert unwritten(turn(*loud), [words(*each) for each in written]) == gaps


def test_a_noisy_room_after_the_words_is_not_as_loud_as_they_are() -> None:
    assert unwritten(turn((0, 4), room_db=-48.0), [words(0, 4)]) == []


def test_a_clip_shorter_than_a_frame_has_no_gaps() -> None:
    assert unwritten(np.zeros(10, np.float32), [words(0.0, 0.0)]) == []


def test_a_clip_longer_than_whispers_window_is_divided_in_its_pauses() -> None:
    sound = turn((0, 12), (13, 27), (28, 41), (41.2, 55), (55.6, 70), duration_s=72.0)
    edges = [each.end_s for each in windows(sound)]
    assert [27 < edges[0] < 28, 55 < edges[1] < 55.6, edges[2:]] == [True, True, [72.0]]
    assert [each.start_s for each in windows(sound)] == [0.0, *edges[:-1]]
    assert windows(turn((0, 4))) == [Gap(0.0, 12.0)]
    assert windows(turn((0, 29), duration_s=29.0)) == [Gap(0.0, 29.0)]
