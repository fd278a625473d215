from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future

import numpy as np
import pytest

from trainer.audio.end_of_turn import ScriptedEndOfTurn
from trainer.audio.patience import (
    FRAME_S,
    SETTINGS,
    Patience,
    Pause,
    TurnSettings,
    frames_in,
    wait_s,
)
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.voice_activity import ScriptedVoiceActivity
from trainer.audio.words_so_far import SoFar
from trainer.types import FRAME_SAMPLES, Samples, TurnState

QUIET, LOUD = 0.05, 0.95
W, S, P, E = TurnState.WAITING, TurnState.SPEAKING, TurnState.PAUSING, TurnState.ENDED
NORMAL = SETTINGS[Patience.NORMAL]


def heard(*parts: tuple[float, float]) -> list[float]:
    """Return probabilities frame by frame from (seconds, probability) parts."""
    return [p for seconds, p in parts for _ in range(frames_in(seconds))]


class Run:
    """A detector stepped over a script, frame numbers in the samples."""

    def __init__(
        self,
        probabilities: Iterable[float],
        opinions: Iterable[float] = (),
        settings: TurnSettings = NORMAL,
    ) -> None:
        script = list(probabilities)
        self.smart_turn = ScriptedEndOfTurn(opinions)
        self.detector = AudioTurnDetector(ScriptedVoiceActivity(script), self.smart_turn, settings)
        self.states = [self.step(number) for number in range(len(script))]

    def step(self, number: int) -> TurnState:
        return self.detector.update(np.full(FRAME_SAMPLES, number, np.float32))

    @property
    def end_s(self) -> float | None:
        """Silence after which it ended, in seconds; None if it did not."""
        if E not in self.states or self.detector.speech is None:
            return None
        return self.states.index(E) * FRAME_S + FRAME_S - self.detector.speech.end / 16_000


def test_silence_waits_for_ever() -> None:
    run = Run(heard((200.0, QUIET)))
    assert set(run.states) == {W}
    assert run.detector.speech is None


@pytest.mark.parametrize(
    ("what", "probabilities"),
    [
        ("a click", heard((0.5, QUIET), (0.03, LOUD), (1.0, QUIET))),
        ("a cough", heard((0.5, QUIET), (0.15, LOUD), (1.0, QUIET))),
        ("clicks far apart", heard(*[(0.06, LOUD), (0.3, QUIET)] * 5)),
        ("a doubtful hum", heard((5.0, 0.45))),
    ],
)
def test_a_turn_is_not_started_by(what: str, probabilities: list[float]) -> None:
    assert set(Run(probabilities).states) == {W}, what


def test_a_turn_starts_within_a_fifth_of_a_second_and_knows_its_first_frame() -> None:
    run = Run(heard((0.5, QUIET), (0.5, LOUD)))
    first = run.states.index(S)
    assert (first - 16 + 1) * FRAME_S == pytest.approx(0.2, abs=FRAME_S)
    assert run.detector.speech is not None
    assert run.detector.speech.start == 16 * FRAME_SAMPLES
    assert run.detector.speech.end == len(run.states) * FRAME_SAMPLES


def test_a_stammered_start_counts_from_its_first_sound() -> None:
    run = Run(heard((0.5, QUIET), (0.1, LOUD), (0.06, QUIET), (0.5, LOUD)))
    assert run.detector.speech is not None
    assert run.detector.speech.start == 16 * FRAME_SAMPLES


@pytest.mark.parametrize(
    ("what", "spoken_s", "opinions", "expected_s"),
    [
        ("finished", 2.0, [0.9], 0.8),
        ("unfinished", 2.0, [0.1, 0.1, 0.1, 0.1], 2.5),
        ("finished on second thoughts", 2.0, [0.3, 0.9], 0.8),
        ("one good moment among bad ones", 2.0, [0.05, 0.6, 0.1, 0.2], 2.5),
        ("two words, not judged", 0.5, [], 1.4),
        ("finished late", 2.0, [0.3, 0.5, 0.8], 1.4),
    ],
)
def test_the_silence_that_ends_a_turn(
    what: str, spoken_s: float, opinions: list[float], expected_s: float
) -> None:
    run = Run(heard((spoken_s, LOUD), (4.0, QUIET)), opinions)
    assert run.end_s == pytest.approx(expected_s, abs=FRAME_S), what
    assert len(run.smart_turn.asked) == len(opinions), what


@pytest.mark.parametrize("patience", list(Patience))
def test_patience_orders_the_waits(patience: Patience) -> None:
    settings = SETTINGS[patience]
    finished = Run(heard((2.0, LOUD), (5.0, QUIET)), [0.9], settings)
    assert finished.end_s == pytest.approx(settings.finished_wait_s, abs=FRAME_S)
    questions = [0.0] * len(settings.ask_after_s)
    unfinished = Run(heard((2.0, LOUD), (5.0, QUIET)), questions, settings)
    assert unfinished.end_s == pytest.approx(settings.unfinished_wait_s, abs=FRAME_S)
    assert settings.finished_wait_s < settings.short_turn_wait_s < settings.unfinished_wait_s
    assert max(settings.ask_after_s) < settings.unfinished_wait_s


def test_the_more_patient_preset_always_waits_longer() -> None:
    for pause in (Pause(2.0, (0.9,)), Pause(2.0, (0.1,)), Pause(0.3)):
        waits = [wait_s(pause, SETTINGS[each]) for each in Patience]
        assert waits == sorted(waits) and len(set(waits)) == 3


@pytest.mark.parametrize(
    ("words", "spoken_s", "opinion", "expected_s"),
    [
        (SoFar.ASKED, 2.0, 0.9, 0.4),
        (SoFar.ASKED, 2.0, 0.1, 0.9),
        (SoFar.SAID, 2.0, 0.9, 1.1),
        (SoFar.SAID, 0.4, None, 1.1),
        (SoFar.UNFINISHED, 2.0, 0.9, 2.5),
        (SoFar.NOTHING, 0.4, None, 2.5),
        (None, 2.0, 0.9, 0.8),
    ],
)
def test_words_and_sound_together_decide_the_wait(
    words: SoFar | None, spoken_s: float, opinion: float | None, expected_s: float
) -> None:
    pause = Pause(spoken_s, () if opinion is None else (opinion,), words)
    assert wait_s(pause, NORMAL) == expected_s


def test_words_known_in_the_pause_end_the_turn_sooner_and_are_forgotten_when_speech_goes_on() -> (
    None
):
    script = heard((2.0, LOUD), (0.3, QUIET), (1.0, LOUD), (0.3, QUIET), (0.2, QUIET))
    detector = AudioTurnDetector(ScriptedVoiceActivity(script), ScriptedEndOfTurn([0.9] * 9))
    states = []
    for number in range(len(script)):
        if number in (frames_in(2.3), len(script) - frames_in(0.2)):
            detector.note_words(SoFar.ASKED)
        states.append(detector.update(np.zeros(FRAME_SAMPLES, np.float32)))
        if states[-1] is S:
            assert detector.pause.words is None or number < frames_in(2.5)
    assert states[-1] is E and states.count(E) <= 4


def test_an_opinion_that_comes_late_still_counts() -> None:
    late: list[Future[float]] = []

    def submit(ask: Callable[[Samples], float], turn: Samples) -> Future[float]:
        late.append(Future())
        return late[-1]

    script = heard((2.0, LOUD), (1.2, QUIET))
    detector = AudioTurnDetector(
        ScriptedVoiceActivity(script), ScriptedEndOfTurn([]), submit=submit
    )
    states = []
    for number in range(len(script)):
        if number == frames_in(2.9):
            late[0].set_result(0.9)
        states.append(detector.update(np.zeros(FRAME_SAMPLES, np.float32)))
    assert states.index(E) == frames_in(2.9)


def test_a_thinking_pause_does_not_end_an_unfinished_turn() -> None:
    run = Run(heard((1.5, LOUD), (1.8, QUIET), (1.5, LOUD), (1.0, QUIET)), [0.1, 0.1, 0.1, 0.9])
    assert run.states.count(E) > 0
    assert run.detector.speech is not None
    spoken, thought = frames_in(1.5), frames_in(1.8)
    assert run.detector.speech.end == (2 * spoken + thought) * FRAME_SAMPLES
    assert run.detector.speech.spoken == 2 * spoken * FRAME_SAMPLES


def test_opinions_of_an_earlier_pause_do_not_count() -> None:
    run = Run(heard((1.0, LOUD), (0.5, QUIET), (1.0, LOUD), (1.0, QUIET)), [0.9, 0.0, 0.0])
    assert E not in run.states
    assert run.detector.pause.opinions == (0.0, 0.0)


def test_a_mouse_click_in_a_pause_neither_resumes_nor_prolongs_it() -> None:
    run = Run(heard((1.0, LOUD), (0.5, QUIET), (0.03, LOUD), (3.0, QUIET)), [0.9])
    assert run.end_s == pytest.approx(0.8, abs=FRAME_S)


def test_gaps_between_words_are_not_pauses() -> None:
    run = Run(heard(*[(0.3, LOUD), (0.13, QUIET)] * 6))
    assert P not in run.states


def test_fading_word_ends_are_still_speech() -> None:
    run = Run(heard((1.0, LOUD), (0.3, 0.4), (0.1, QUIET)))
    assert run.detector.speech is not None
    assert run.detector.speech.end == (frames_in(1.0) + frames_in(0.3)) * FRAME_SAMPLES


def test_a_turn_ends_at_its_longest() -> None:
    settings = TurnSettings(longest_s=5.0)
    run = Run(heard((1.0, QUIET), (10.0, LOUD)), settings=settings)
    assert run.states.index(E) == frames_in(1.0) + frames_in(5.0) - 1
    assert run.detector.speech is not None and run.detector.speech.at_maximum


def test_ended_stays_ended_whatever_is_heard() -> None:
    run = Run(heard((1.0, LOUD), (1.0, QUIET), (2.0, LOUD)), [0.9])
    assert set(run.states[run.states.index(E) :]) == {E}


def test_smart_turn_hears_the_turn_from_just_before_its_first_sound() -> None:
    run = Run(heard((2.0, QUIET), (1.0, LOUD), (0.4, QUIET)), [0.9])
    (asked,) = run.smart_turn.asked
    assert asked[0] == frames_in(2.0) - frames_in(0.3)
    assert asked[-1] == frames_in(2.0) + frames_in(1.0) + frames_in(0.3) - 1


def test_smart_turn_never_hears_more_than_eight_seconds() -> None:
    run = Run(heard((20.0, LOUD), (0.4, QUIET)), [0.9])
    assert len(run.smart_turn.asked[0]) == 8 * 16_000


def test_a_reopened_turn_goes_on_and_ends_only_after_more_speech() -> None:
    script = heard((1.0, LOUD), (0.8, QUIET), (6.0, QUIET), (0.5, LOUD), (1.0, QUIET))
    smart_turn = ScriptedEndOfTurn([0.9, 0.9])
    detector = AudioTurnDetector(ScriptedVoiceActivity(script), smart_turn)
    states = []
    for _ in script:
        states.append(detector.update(np.zeros(FRAME_SAMPLES, np.float32)))
        if states[-1] is E and states.count(E) == 1:
            detector.reopen()
    assert states.count(E) > 1
    second = states.index(E, states.index(E) + 1)
    assert second * FRAME_S > 8.0
    assert detector.speech is not None
    assert detector.speech.start == 0
    assert detector.speech.spoken == (frames_in(1.0) + frames_in(0.5)) * FRAME_SAMPLES


def test_reopening_after_the_longest_turn_counts_anew() -> None:
    detector = AudioTurnDetector(
        ScriptedVoiceActivity([LOUD] * 400), ScriptedEndOfTurn([]), TurnSettings(longest_s=2.0)
    )
    ends = 0
    for _ in range(400):
        if detector.update(np.zeros(FRAME_SAMPLES, np.float32)) is E:
            ends += 1
            detector.reopen()
    assert ends == 400 // frames_in(2.0)


def test_a_reused_buffer_does_not_change_what_was_heard() -> None:
    smart_turn = ScriptedEndOfTurn([0.9])
    script = heard((1.0, LOUD), (0.4, QUIET))
    detector = AudioTurnDetector(ScriptedVoiceActivity(script), smart_turn)
    buffer = np.zeros(FRAME_SAMPLES, np.float32)
    for number in range(len(script)):
        buffer[:] = number
        detector.update(buffer)
    assert len(set(smart_turn.asked[0])) > 20
