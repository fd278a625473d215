"""The speaker fed back into the microphone: what doctor finds, what the trainer hears of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import echo
from tests.live.desk import at_the_desk
from tests.live.virtual_devices import VirtualDevices
from trainer.audio import remembered
from trainer.audio.desk_check import hears_itself, measure_path
from trainer.audio.duplex import Duplex
from trainer.audio.remembered import Chosen, Finding
from trainer.build import turn_detector
from trainer.types import AudioClip, DuplexMode

pytestmark = pytest.mark.mic


@pytest.mark.parametrize("latency_ms", [60, 400])
def test_the_echos_delay_and_level_are_found_and_it_is_taken_out(
    latency_ms: int, sound: VirtualDevices, sentence: AudioClip
) -> None:
    sound.loop_back(latency_ms=latency_ms, volume="-12dB")
    path = measure_path(None, None, sentence)
    assert path.returned_db == pytest.approx(-12.0, abs=2.0)
    assert path.delay_s == pytest.approx(latency_ms / 1000 + 0.05, abs=0.12)
    assert path.delay_s is not None
    with Duplex(delay_s=path.delay_s) as device:
        assert not hears_itself(device, turn_detector(), sentence)


def test_with_no_way_back_none_is_found(sound: VirtualDevices, sentence: AudioClip) -> None:
    assert measure_path(None, None, sentence).returned_db is None


def test_practise_does_as_doctor_found_and_says_so(
    sound: VirtualDevices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path))
    remembered.remember_finding(Chosen(), Finding(DuplexMode.HALF, 0.1, -3.0))
    with at_the_desk("avoided_prospecting", environment=sound.environment, data=tmp_path) as desk:
        desk.wait_for("Half-duplex")
        desk.wait_for("as trainer doctor found")


def test_it_does_not_hear_itself_and_hears_a_manager_over_it() -> None:
    figures = echo.run(-10.0, line_count=3, count=2, seed=1)
    assert (figures.turns, figures.stops) == (0, 0)
    for turn in figures.interruptions:
        # A loaded machine hears later; how soon on an idle one, and the words: benchmarks.echo.
        assert turn.stopped_s is not None and turn.stopped_s < 1.0
        assert turn.over
