"""What every TurnDetector does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.audio.human import human_clips
from trainer.audio.end_of_turn import ScriptedEndOfTurn, SmartTurn
from trainer.audio.sources import frames_of, silence
from trainer.audio.turn_detector import AudioTurnDetector, ScriptedTurnDetector, lasting
from trainer.audio.voice_activity import LoudnessVoiceActivity, SileroVoiceActivity
from trainer.protocols import TurnDetector
from trainer.types import FRAME_SAMPLES, AudioClip, Samples, TurnState

SILENCE_S = 0.96
W, S, P, E = TurnState.WAITING, TurnState.SPEAKING, TurnState.PAUSING, TurnState.ENDED


class Case:
    """A detector with frames that hold one turn: a second of silence, speech, silence."""

    def __init__(self, detector: TurnDetector, speech: AudioClip) -> None:
        self.detector = detector
        self.speech_s = speech.duration_s
        self.frames: list[Samples] = [
            frame
            for clip in (silence(SILENCE_S), speech, silence(4.0))
            for frame in frames_of(clip)
        ]

    def run(self) -> list[TurnState]:
        return [self.detector.update(frame) for frame in self.frames]


def tone() -> AudioClip:
    return AudioClip(np.full(32_000, 0.2, np.float32), 16_000)


def scripted() -> Case:
    total = len(list(frames_of(silence(SILENCE_S)))) + len(list(frames_of(tone()))) + 125
    once = [*lasting(W, SILENCE_S), *lasting(S, 2.0), *lasting(P, 0.8)]
    once += [E] * (total - len(once))
    return Case(ScriptedTurnDetector(once * 2), tone())


def stand_ins() -> Case:
    return Case(AudioTurnDetector(LoudnessVoiceActivity(), ScriptedEndOfTurn([0.9, 0.9])), tone())


def real() -> Case:
    human = dict(human_clips())
    clip = human["sense_and_sensibility_01_austen_64kb-0920"]
    return Case(AudioTurnDetector(SileroVoiceActivity(), SmartTurn()), clip)


@pytest.fixture(params=[scripted, stand_ins, pytest.param(real, marks=pytest.mark.model)])
def case(request: pytest.FixtureRequest) -> Case:
    make: Callable[[], Case] = request.param
    return make()


def test_a_turn_goes_from_waiting_through_speech_and_pause_to_its_end(case: Case) -> None:
    states = case.run()
    order = [states.index(each) for each in (W, S, P, E)]
    assert order == sorted(order)
    assert set(states[states.index(E) :]) == {E}


def test_there_is_no_speech_until_somebody_speaks(case: Case) -> None:
    for frame in case.frames:
        state = case.detector.update(frame)
        assert (case.detector.speech is None) == (state is W)
        if state is S:
            break


def test_the_span_lies_where_the_speech_is(case: Case) -> None:
    case.run()
    span = case.detector.speech
    assert span is not None
    assert span.start % FRAME_SAMPLES == span.end % FRAME_SAMPLES == 0
    assert SILENCE_S - 0.1 <= span.start / 16_000 <= SILENCE_S + 0.6
    assert span.end / 16_000 == pytest.approx(SILENCE_S + case.speech_s, abs=0.4)
    assert 0 < span.spoken <= span.end - span.start
    assert not span.at_maximum


def test_after_a_reset_the_next_turn_is_found_the_same(case: Case) -> None:
    first, span = case.run(), case.detector.speech
    case.detector.reset()
    assert case.detector.speech is None
    assert case.run() == first
    assert case.detector.speech == span


def test_reopening_an_open_turn_changes_nothing(case: Case) -> None:
    case.detector.reopen()
    assert E in case.run()


def test_a_wrong_frame_is_refused(case: Case) -> None:
    with pytest.raises(ValueError, match="a frame is float32"):
        case.detector.update(np.zeros(160, np.float32))
