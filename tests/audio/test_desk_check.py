"""What doctor finds at a desk: the echo's delay and level, and how a manager comes in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.audio.test_duplex import Room, enter, line
from trainer.audio.desk_check import hears_itself, judge_level, measure_path
from trainer.audio.duplex import Duplex
from trainer.audio.end_of_turn import EndOfTurn
from trainer.audio.scripted_duplex import ScriptedDuplex
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import LoudnessVoiceActivity
from trainer.types import MODEL_RATE_HZ, AudioClip, Samples

__all__ = ["enter"]


class NeverAsked(EndOfTurn):
    """Whether a turn is finished does not matter here."""

    def probability(self, samples: Samples) -> float:
        raise AssertionError("asked")


def detector() -> AudioTurnDetector:
    return AudioTurnDetector(LoudnessVoiceActivity(), NeverAsked())


def said(seconds: float, level: float) -> AudioClip:
    return AudioClip(np.full(round(seconds * MODEL_RATE_HZ), level, np.float32), MODEL_RATE_HZ)


def test_the_way_from_speaker_to_microphone_is_measured(enter: Callable[[Room], None]) -> None:
    enter(Room(gain=0.3))
    quiet = AudioClip(0.25 * line(4.0).samples, MODEL_RATE_HZ)  # its peaks would clip
    path = measure_path(None, None, quiet)
    assert path.returned_db == pytest.approx(20 * np.log10(0.3), abs=1.0)
    assert path.delay_s == pytest.approx(0.1, abs=0.03)


def test_with_headphones_nothing_comes_back(enter: Callable[[Room], None]) -> None:
    enter(Room(gain=0.0))
    path = measure_path(None, None, line(4.0))
    assert (path.delay_s, path.returned_db) == (None, None)


def test_a_desk_whose_echo_is_taken_out_does_not_hear_itself(
    enter: Callable[[Room], None],
) -> None:
    enter(Room(gain=0.3))
    with Duplex() as desk:
        assert not hears_itself(desk, detector(), line(4.0))


@pytest.mark.parametrize(("heard", "itself"), [(0.0, False), (0.2, True)])
def test_a_desk_that_would_stop_for_its_own_voice_is_noticed(heard: float, itself: bool) -> None:
    desk = ScriptedDuplex([0.5, said(1.0, heard), 3.0])
    with desk:
        assert hears_itself(desk, detector(), said(2.0, 0.1)) is itself


@pytest.mark.parametrize(
    ("level", "trouble"),
    [
        pytest.param(0.0, "gives only silence; unmute it", id="muted"),
        pytest.param(0.004, "is too quiet to be understood well", id="too quiet"),
        pytest.param(0.05, None, id="good"),
        pytest.param(1.0, "is too loud: your voice is cut off", id="clipping"),
    ],
)
def test_a_level_is_judged_in_plain_words(level: float, trouble: str | None) -> None:
    voice = LoudnessVoiceActivity(threshold_dbfs=-60.0)
    judged = judge_level(said(3.0, level), voice)
    if trouble is None:
        assert judged.trouble is None and judged.spoke
    else:
        assert judged.trouble is not None and judged.trouble.startswith(trouble)


def test_a_quiet_room_is_not_a_quiet_voice() -> None:
    judged = judge_level(said(3.0, 0.0005), LoudnessVoiceActivity())
    assert judged.trouble is None and not judged.spoke
