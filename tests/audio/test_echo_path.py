"""Whether an echo is there, how late and how loud, in noise and under another voice."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.test_echo import babble, echoed, vowel
from trainer.audio.echo_path import LATEST_S, Audibility, find_echo, returned_db
from trainer.types import MODEL_RATE_HZ, Samples

S = MODEL_RATE_HZ


def hum(seconds: float, level_db: float, seed: int = 9) -> Samples:
    """Make a room's noise."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * S))
    return (10 ** (level_db / 20) * noise).astype(np.float32)


@pytest.mark.parametrize("gain_db", [-10.0, -20.0])
@pytest.mark.parametrize("delay_s", [0.05, 0.2, 0.55])
@pytest.mark.parametrize("manager", [0.0, 1.0])
def test_an_echo_is_found_in_noise_and_under_another_voice(
    gain_db: float, delay_s: float, manager: float
) -> None:
    played = babble(3.0, seed=1)
    heard = echoed(played, delay_s, gain_db) + hum(3.0, -45.0) + manager * vowel(3.0)
    found = find_echo(heard[-2 * S :], played[-round((2 + LATEST_S) * S) :])
    assert found.is_there
    assert found.delay_s == pytest.approx(delay_s, abs=0.001)


@pytest.mark.parametrize("manager", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_another_voice_is_no_echo(manager: float, seed: int) -> None:
    played = babble(3.0, seed)
    heard = hum(3.0, -45.0) + manager * vowel(3.0)
    assert not find_echo(heard[-S:], played[-round((1 + LATEST_S) * S) :]).is_there


@pytest.mark.parametrize("gain_db", [-6.0, -20.0])
def test_how_much_comes_back_is_measured_over_the_rooms_noise(gain_db: float) -> None:
    played = np.concatenate((np.zeros(S, np.float32), babble(3.0, seed=1)))
    heard = echoed(played, 0.1, gain_db) + hum(4.0, -50.0)
    assert returned_db(heard, played, 0.1) == pytest.approx(gain_db, abs=1.0)


def test_silence_is_no_echo() -> None:
    silent = np.zeros(2 * S, np.float32)
    assert not find_echo(silent[:S], silent).is_there
    assert returned_db(silent, silent, 0.1) == -np.inf


def audible(*stretches: tuple[Samples, Samples]) -> list[bool]:
    audibility, found = Audibility(), []
    for heard, played in stretches:
        for at in range(0, len(heard), 160):
            audibility.note(heard[at : at + 160], played[at : at + 160])
        found.append(audibility.is_audible)
    return found


@pytest.mark.parametrize(
    ("gain_db", "manager", "expected"),
    [
        (-10.0, 0.0, True),
        (-20.0, 0.0, True),  # mostly under the noise
        (-10.0, 1.0, True),
        (-200.0, 0.0, False),
        (-200.0, 1.0, False),  # a voice over headphones is no echo
    ],
)
def test_an_echo_that_never_comes_back_is_noticed(
    gain_db: float, manager: float, expected: bool
) -> None:
    silent = np.zeros(2 * S, np.float32)
    played = babble(5.0, seed=3)
    heard = echoed(played, 0.1, gain_db) + hum(5.0, -41.0) + manager * vowel(5.0)
    room = (hum(2.0, -41.0), silent)
    # Pauses between lines say nothing, however long.
    assert audible(room, (heard, played), room) == [True, expected, expected]


def test_a_speaker_that_is_turned_up_again_is_noticed_within_two_seconds() -> None:
    played = babble(8.0, seed=1)
    room = hum(8.0, -45.0)
    headphones = (room, played)
    loud = (room[: 2 * S] + echoed(played, 0.1, -10.0)[: 2 * S], played[: 2 * S])
    assert audible(headphones, loud) == [False, True]
