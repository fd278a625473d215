"""Talks recorded with one speaker a channel: who has the floor, what is theirs, how it is cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.evaluation.conftest import Evaluate, tone
from trainer.audio.channels import read_channels
from trainer.audio.voice_activity import LoudnessVoiceActivity
from trainer.evaluation.hear import LONGEST_S, Utterance, clip_bounds, floor, utterances
from trainer.evaluation.talks import Channel
from trainer.types import MODEL_RATE_HZ, Samples


def spoken(length_s: float, *spans_s: tuple[float, float]) -> Samples:
    """Lay tones into silence."""
    side = np.zeros(round(length_s * MODEL_RATE_HZ), np.float32)
    for start_s, end_s in spans_s:
        sound = tone(end_s - start_s)
        start = round(start_s * MODEL_RATE_HZ)
        side[start : start + len(sound)] = sound
    return side


def write_talk(path: Path, left: Samples, right: Samples, rate: int = MODEL_RATE_HZ) -> Path:
    import soundfile

    soundfile.write(path, np.stack([left, right], 1), rate)
    return path


def seconds(found: list[Utterance]) -> list[tuple[float, float]]:
    return [(round(a / MODEL_RATE_HZ, 1), round(b / MODEL_RATE_HZ, 1)) for a, b in found]


def test_a_pause_does_not_part_an_utterance_and_a_click_is_none() -> None:
    side = spoken(12, (1, 2), (2.5, 3.5), (5, 5.05), (8, 9))
    assert seconds(utterances(side, LoudnessVoiceActivity())) == [(1.0, 3.5), (8.0, 9.0)]


def test_what_is_said_inside_the_others_words_does_not_take_the_floor() -> None:
    mine = [Utterance(0, 100), Utterance(300, 400)]
    theirs = [Utterance(40, 60), Utterance(150, 250), Utterance(380, 500)]
    assert list(floor(mine, theirs)) == [
        (True, [mine[0]]),
        (False, [theirs[1]]),
        (True, [mine[1]]),
        (False, [theirs[2]]),
    ]


def test_utterances_of_one_turn_share_clips_as_long_as_the_recogniser_takes_at_once() -> None:
    def at(start_s: float, end_s: float) -> Utterance:
        return Utterance(round(start_s * MODEL_RATE_HZ), round(end_s * MODEL_RATE_HZ))

    bounds = clip_bounds([at(0.1, 9), at(10, 20), at(21, 35)], 40 * MODEL_RATE_HZ)
    assert seconds([Utterance(*each) for each in bounds]) == [(0.0, 20.3), (20.7, 35.3)]
    assert all((b - a) / MODEL_RATE_HZ <= LONGEST_S for a, b in bounds)


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("rate", [MODEL_RATE_HZ, 44_100])
def test_a_talk_is_heard_turn_by_turn_with_what_the_other_said_before(
    channel: Channel, rate: int, tmp_path: Path, run: Evaluate
) -> None:
    import soxr

    mine = spoken(12, (0.5, 2), (6, 8), (9, 10))
    theirs = spoken(12, (3, 5), (6.5, 6.8))
    sides = (mine, theirs) if channel is Channel.LEFT else (theirs, mine)
    left, right = (soxr.resample(side, MODEL_RATE_HZ, rate) for side in sides)
    path = write_talk(tmp_path / "talk.flac", left, right, rate)
    heard = ["open: How was it?", "They went quiet.", "tell: Ring them."]
    with run(path, channel=channel, heard=heard) as result:
        one, two = result.turns()
    assert (one.text, two.text, two.said_before) == (heard[0], heard[2], heard[1])
    assert one.start_s == pytest.approx(0.5, abs=0.1)
    assert two.end_s == pytest.approx(10, abs=0.1)
    (talk,) = result.talks
    assert talk.whole and talk.talk_share == pytest.approx(5.5 / 7.8, abs=0.03)


def test_an_empty_manager_channel_is_a_problem_that_says_so(tmp_path: Path, run: Evaluate) -> None:
    path = write_talk(tmp_path / "t.wav", spoken(4), spoken(4, (1, 3)))
    with run(path, channel=Channel.LEFT) as result:
        assert not result.summary.turns
    assert result.problems[0].message == (
        "nobody speaks on the manager's channel (left); is it the other one?"
    )


def test_a_cut_two_channel_recording_is_refused(tmp_path: Path, run: Evaluate) -> None:
    path = write_talk(tmp_path / "t.wav", spoken(4, (1, 3)), spoken(4))
    path.write_bytes(path.read_bytes()[:50_000])
    with run(path, channel=Channel.LEFT) as result:
        assert "is cut short" in result.problems[0].message


def test_channels_are_read_in_stretches_without_a_seam(tmp_path: Path) -> None:
    left = spoken(65, (0, 65))
    path = write_talk(tmp_path / "t.wav", left, spoken(65), 16_000)
    read, silent = read_channels(path)
    assert len(read) == len(left) and np.abs(read - left).max() < 1e-3
    assert not silent.any()
