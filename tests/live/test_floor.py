"""Who has the floor: what counts to which turn."""

from __future__ import annotations

import pytest

from trainer.live.floor import Floor


def frames(floor: Floor, seconds: float, *, manager: bool = False, told: bool = False) -> None:
    for _ in range(round(seconds / 0.032)):
        floor.note(manager=manager, salesperson=told)


def test_each_turn_counts_from_the_one_before() -> None:
    floor = Floor()
    for speech_s in (2.0, 3.0):
        frames(floor, 4.0, told=True)
        frames(floor, 1.5)
        frames(floor, speech_s, manager=True)
        delivery = floor.answered()
        floor.next_turn()
        assert delivery.speech_s == pytest.approx(speech_s, abs=0.05)
        assert delivery.salesperson_s == pytest.approx(4.0, abs=0.05)
        assert delivery.left_s == pytest.approx(1.5, abs=0.05)


def test_a_reopened_turn_counts_whole_and_the_answer_begun_to_it_not_at_all() -> None:
    floor = Floor()
    frames(floor, 4.0, told=True)
    frames(floor, 1.0)
    frames(floor, 2.0, manager=True)
    floor.answered()
    frames(floor, 1.0, told=True)
    floor.reopened()
    frames(floor, 3.0, manager=True)
    delivery = floor.answered()
    assert delivery.speech_s == pytest.approx(5.0, abs=0.1)
    assert delivery.salesperson_s == pytest.approx(4.0, abs=0.1)
    assert delivery.left_s == pytest.approx(1.0, abs=0.05)
    assert not delivery.interrupted


def test_a_forgotten_cough_is_not_the_managers_first_word() -> None:
    floor = Floor()
    frames(floor, 2.0, told=True)
    frames(floor, 0.5)
    frames(floor, 0.3, manager=True)
    floor.next_turn()
    frames(floor, 1.0)
    frames(floor, 2.0, manager=True)
    assert floor.answered().left_s == pytest.approx(1.8, abs=0.05)
