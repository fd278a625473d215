"""Delivery, measured on two constructed voices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from trainer.scoring.delivery import (
    Span,
    TalkDelivery,
    count_words,
    delivery_lines,
    spans_of,
    talk_delivery,
    turn_delivery,
)
from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, Delivery, Samples

FRAME_S = FRAME_SAMPLES / MODEL_RATE_HZ


def voice(*spoken: tuple[float, float], length_s: float = 20.0) -> Samples:
    """Make a clip in which a tone sounds in the given stretches, with faint noise between."""
    times = np.arange(round(length_s * MODEL_RATE_HZ)) / MODEL_RATE_HZ
    samples = 0.0005 * np.random.default_rng(1).standard_normal(len(times))
    for start_s, end_s in spoken:
        inside = (times >= start_s) & (times < end_s)
        samples[inside] += 0.3 * np.sin(2 * np.pi * 220 * times[inside])
    return samples.astype(np.float32)


def spans_in(clip: Samples) -> tuple[Span, ...]:
    frames = clip[: len(clip) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    return spans_of([bool(np.sqrt(np.mean(frame**2)) > 0.01) for frame in frames], FRAME_S)


def measured(
    manager: Sequence[tuple[float, float]], salesperson: Sequence[tuple[float, float]]
) -> Delivery:
    return turn_delivery(spans_in(voice(*manager)), spans_in(voice(*salesperson)))


def test_gaps_between_words_join_and_clicks_are_left_out() -> None:
    spans = spans_in(voice((1.0, 2.0), (2.2, 3.0), (5.0, 6.0), (8.0, 8.05)))
    assert np.round(spans, 1).tolist() == [[1.0, 3.0], [5.0, 6.0]]


@pytest.mark.parametrize(
    "manager, salesperson, speech_s, told_s, left_s, interrupted",
    [
        pytest.param([(6, 9)], [(0, 4)], 3, 4, 2.0, False, id="silence is left"),
        pytest.param([(4.2, 9)], [(0, 4)], 4.8, 4, 0.2, False, id="hardly any is left"),
        pytest.param([(6, 8), (10, 11)], [(0, 4)], 3, 4, 2.0, False, id="a thinking pause"),
        pytest.param([(3, 9)], [(0, 3.25)], 6, 3.25, None, True, id="interrupted"),
        pytest.param(
            [(2, 2.3), (8, 9)], [(0, 2.2), (3, 6)], 1.3, 5.2, 2.0, False, id="mhm and goes on"
        ),
        pytest.param([(2, 2.5), (6, 8)], [(0, 4)], 2.5, 4, 2.0, False, id="mhm meanwhile"),
        pytest.param([(1, 3)], [], 2, 0, None, False, id="nobody spoke before"),
        pytest.param([], [(1, 3)], 0, 2, None, False, id="typed after all"),
    ],
)
def test_a_turn_is_measured_from_where_the_voices_lie(
    manager: list[tuple[float, float]],
    salesperson: list[tuple[float, float]],
    speech_s: float,
    told_s: float,
    left_s: float | None,
    interrupted: bool,
) -> None:
    delivery = measured(manager, salesperson)
    assert delivery.speech_s == pytest.approx(speech_s, abs=0.15)
    assert delivery.salesperson_s == pytest.approx(told_s, abs=0.15)
    assert delivery.left_s == (None if left_s is None else pytest.approx(left_s, abs=0.08))
    assert delivery.interrupted is interrupted


@pytest.mark.parametrize(
    "text, words",
    [("", 0), ("What don't you see?", 4), ("— so … why?", 2), ("It's 10% of the Q3 plan.", 6)],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_talk_is_measured_from_its_turns() -> None:
    ten = "one two three four five six seven eight nine ten"
    talk = talk_delivery(
        [
            (ten, Delivery(4.0, 6.0, 1.0)),
            (f"{ten} {ten}", Delivery(8.0, 9.0, None, interrupted=True)),
            (ten, Delivery(3.0, 15.0, 2.0)),
            ("typed", Delivery(0.0)),
        ]
    )
    assert talk is not None
    assert talk.talk_share == pytest.approx(15 / 45)
    assert talk.words_per_turn == pytest.approx(40 / 3)
    assert talk.pace_wpm == pytest.approx(60 * 40 / 15)
    assert talk.silence_left_s == pytest.approx(1.5)
    assert talk.interruptions == 1


def test_what_cannot_be_measured_is_none_and_not_said() -> None:
    assert talk_delivery([]) is None
    assert talk_delivery([("typed", Delivery(0.0))]) is None
    talk = talk_delivery([("What do you see", Delivery(2.0))])
    assert talk is not None
    assert (talk.talk_share, talk.pace_wpm, talk.silence_left_s) == (None, None, None)
    assert delivery_lines(talk, name="Joel") == [
        "Delivery (not part of the scores): 4 words a turn."
    ]


def test_the_lines_say_what_is_out_of_the_good_range() -> None:
    (line,) = delivery_lines(TalkDelivery(0.72, 41.0, 205.0, 0.3, 2), name="Joel")
    assert line == (
        "Delivery (not part of the scores): you spoke 72% of the time (half of it is theirs), "
        "41 words a turn (20 are enough), 205 words a minute (fast), 0.3 s of silence left after "
        "Joel stopped (a second lets them go on), Joel interrupted 2 times."
    )
    (line,) = delivery_lines(TalkDelivery(0.4, 15.0, 140.0, 1.4, 0), name="Joel")
    assert "(" not in line.removeprefix("Delivery (not part of the scores)")
