"""Echo cancellation: what belongs beside what, what is taken out, and what was one's own voice."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.audio.echo import (
    COMPARED_SAMPLES,
    PLAYED_SAMPLES,
    STEP_SAMPLES,
    EchoCanceller,
    LineUp,
    Reference,
    likeness,
)
from trainer.audio.listen import level_dbfs
from trainer.types import MODEL_RATE_HZ, EchoLevels, Samples

BLOCK = 320
S = MODEL_RATE_HZ


def babble(seconds: float, seed: int) -> Samples:
    """Make noise that comes and goes four times a second, as syllables do."""
    rng = np.random.default_rng(seed)
    count = round(seconds * S)
    noise = np.cumsum(rng.standard_normal(count))
    noise -= np.convolve(noise, np.ones(200) / 200, "same")
    syllables = np.repeat(rng.uniform(0.0, 1.0, count // 4000 + 1), 4000)[:count]
    sound = noise * syllables
    return np.asarray(0.1 * sound / np.sqrt(np.mean(sound**2)), dtype=np.float32)


def vowel(seconds: float) -> Samples:
    """Make a gliding sound with the overtones of a voice."""
    times = np.arange(round(seconds * S)) / S
    phase = 2 * np.pi * np.cumsum(140 + 30 * np.sin(2 * np.pi * 0.7 * times)) / S
    sound = sum(np.sin(k * phase) / k for k in range(1, 20)) * (1 + np.sin(2 * np.pi * 3 * times))
    return np.asarray(0.05 * sound, dtype=np.float32)


def echoed(played: Samples, delay_s: float, gain_db: float) -> Samples:
    late = round(delay_s * S)
    echo = np.concatenate((np.zeros(late, np.float32), played))[: len(played)]
    return (10 ** (gain_db / 20) * echo).astype(np.float32)


def cleaned(heard: Samples, played: Samples) -> Samples:
    canceller = EchoCanceller()
    return np.concatenate(
        [
            canceller.remove(heard[at : at + STEP_SAMPLES], played[at : at + STEP_SAMPLES])
            for at in range(0, len(heard) // STEP_SAMPLES * STEP_SAMPLES, STEP_SAMPLES)
        ]
    )


@pytest.mark.parametrize("delay_s", [0.02, 0.06, 0.15, 0.4])
@pytest.mark.parametrize("gain_db", [-6.0, -20.0])
def test_an_echo_is_found_at_any_delay_and_taken_out(delay_s: float, gain_db: float) -> None:
    played = babble(8.0, seed=1)
    heard = echoed(played, delay_s, gain_db)
    left = cleaned(heard, played)
    assert level_dbfs(left[4 * S :]) < level_dbfs(heard[4 * S :]) - 15


def test_what_is_said_over_it_stays() -> None:
    played = babble(12.0, seed=1)
    said = vowel(12.0)
    said[: 8 * S] = 0.0
    left = cleaned(echoed(played, 0.1, -15.0) + said, played)
    assert level_dbfs(left[8 * S :]) == pytest.approx(level_dbfs(said[8 * S :]), abs=6.0)


def test_without_anything_played_what_is_heard_stays_as_it_is() -> None:
    said = vowel(4.0)
    left = cleaned(said, np.zeros_like(said))
    assert level_dbfs(left[S:]) == pytest.approx(level_dbfs(said[S:]), abs=1.5)


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="equal multiples of 160 samples, found 160 and 320"):
        EchoCanceller().remove(np.zeros(160, np.float32), np.zeros(320, np.float32))


def test_the_reference_is_silence_with_the_clips_in_their_places() -> None:
    reference = Reference()
    reference.add(100, np.full(50, 0.5, np.float32))
    reference.add(200, np.full(50, 0.25, np.float32))
    reference.cut(220)
    expected = np.zeros(200, np.float32)
    expected[50:100], expected[150:170] = 0.5, 0.25
    assert np.array_equal(reference.between(50, 250), expected)
    assert np.array_equal(reference.between(110, 120), np.full(10, 0.5, np.float32))


def test_the_reference_forgets_what_is_long_past() -> None:
    reference = Reference()
    reference.add(0, np.ones(S, np.float32))
    reference.between(60 * S, 61 * S)
    assert not reference.between(0, S).any()


def placed(arrivals: list[int], line_up: LineUp) -> list[int]:
    return [line_up.place(BLOCK * (n + 1), played) for n, played in enumerate(arrivals)]


def test_jittering_callbacks_are_laid_side_by_side_evenly() -> None:
    rng = np.random.default_rng(1)
    jitter = rng.choice([0, BLOCK, -BLOCK], size=200)
    arrivals = [BLOCK * (n + 3) + int(jitter[n]) for n in range(200)]
    line_up = LineUp()
    places = placed(arrivals, line_up)
    assert set(np.diff(places[51:])) == {BLOCK}
    assert line_up.slips == 0


@pytest.mark.parametrize("lost", [0.1 * S, -0.1 * S])
def test_lost_sound_is_noticed_and_lined_up_again(lost: float) -> None:
    arrivals = [BLOCK * (n + 1) + (round(lost) if n >= 100 else 0) for n in range(200)]
    line_up = LineUp()
    places = placed(arrivals, line_up)
    assert line_up.slips == 1
    assert places[-1] == arrivals[-1]


@pytest.mark.parametrize("known_s, lead_s", [(0.0, 0.0), (0.1, 0.0), (0.4, 0.25)])
def test_a_long_known_delay_is_shortened_to_what_is_found_at_once(
    known_s: float, lead_s: float
) -> None:
    arrivals = [BLOCK * (n + 1) for n in range(50)]
    assert placed(arrivals, LineUp(known_s))[-1] == arrivals[-1] - round(lead_s * S)


@pytest.mark.parametrize("delay_s", [0.01, 0.2, 0.55])
def test_a_faint_late_copy_is_ones_own_voice_and_another_voice_is_not(delay_s: float) -> None:
    played = babble(10.0, seed=3)[-PLAYED_SAMPLES:]
    echo = echoed(played, delay_s, -20.0)[-COMPARED_SAMPLES:]
    noise = np.random.default_rng(1).standard_normal(COMPARED_SAMPLES) * 0.0005
    own = likeness((echo + noise).astype(np.float32), played)
    other = likeness(babble(1.0, seed=4)[:COMPARED_SAMPLES], played)
    assert EchoLevels(-20, -40, -40, own).is_own_voice and own > 0.6
    assert not EchoLevels(-20, -26, -26, other).is_own_voice


def test_silence_is_like_nothing() -> None:
    silence = np.zeros(PLAYED_SAMPLES, np.float32)
    voice = babble(2.0, seed=3)
    assert likeness(silence[:COMPARED_SAMPLES], voice[:PLAYED_SAMPLES]) == 0.0
    assert likeness(voice[:COMPARED_SAMPLES], silence) == 0.0
